/** What a program may import, name by name: a name that goes breaks those who use it. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as library from "../../lib/index.ts";
import { NOW, post, SITE } from "../support/world.ts";

const VALUES = [
  ...["StateError", "StoreConflict", "StoreError", "StoreNotDurable", "StoreUnknown", "StoreUnreadable"],
  ...["folderStore", "memoryStore", "parseSite", "publish", "s3Store"],
];
const TYPES = [
  ...["DeleteOptions", "Etag", "HeldBack", "Instant", "ObjectInfo", "Problem", "PublishOptions", "PutOptions"],
  ...["PutReason", "RecordState", "Recovered", "Refusal", "RemoveReason", "Report", "S3Options", "Site", "SiteResult"],
  ...["Store", "StoredObject"],
];

const text = readFileSync("lib/index.ts", "utf8");

test("the functions and errors are these", () => expect(Object.keys(library).toSorted()).toEqual(VALUES.toSorted()));

test("the types are these", () => {
  const lists = [...text.matchAll(/^export (type )?\{([^}]*)\}/gm)].flatMap(([, isType, list = ""]) =>
    list.split(",").flatMap((each) => (isType || /^\s*type /.test(each) ? [each] : [])),
  );
  const names = lists.map((each) =>
    each
      .trim()
      .replace(/^type /, "")
      .replace(/^\w+ as /, ""),
  );
  expect(names.filter((name) => name !== "").toSorted()).toEqual(TYPES.toSorted());
});

test("docs/library.md names each of them, and no other, as what stays", () => {
  const [, stays = ""] = readFileSync("docs/library.md", "utf8").split("## What stays");
  const [, lists = ""] = stays.split(/^(?=Functions: )/m);
  const named = [...lists.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name);
  expect(named.toSorted()).toEqual([...VALUES, ...TYPES].toSorted());
});

/** The options of `publish` but `now`. */
const REQUEST = readFileSync("lib/publish/request.ts", "utf8");

test("docs/library.md has each option of publish in its table", () => {
  const kept = [...REQUEST.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, name = ""]) => name);
  expect(kept.length).toBeGreaterThan(8);
  const [table = ""] = readFileSync("docs/library.md", "utf8").split("| of the report |");
  const rows = [...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, name = ""]) => name);
  expect(rows.toSorted()).toEqual([...kept, "now"].toSorted());
});

test("docs/library.md tells of fields that the report has", () => {
  const [, table = ""] = readFileSync("docs/library.md", "utf8").split("| of the report |");
  const [, report = ""] =
    /^export interface Report \{([\s\S]*?)^\}/m.exec(readFileSync("lib/publish/types.ts", "utf8")) ?? [];
  const [rows = ""] = table.split("\n\n");
  const names = [...rows.matchAll(/^\| (.*?) \|/gm)].flatMap(([, cell = ""]) => cell.match(/\w+/g) ?? []);
  expect(names.length).toBeGreaterThan(8);
  expect(names.filter((name) => !report.includes(`readonly ${name}`))).toEqual([]);
});

test("publish takes three stores and nothing else, and does nothing twice", async () => {
  const { memoryStore, publish } = library;
  const stores = { content: memoryStore(), public: memoryStore(), state: memoryStore() };
  for (const [key, text] of [
    ["site.yaml", SITE],
    ["posts/weir.md", post({})],
  ] as const) {
    await stores.content.put(key, new TextEncoder().encode(text), { contentType: "text/plain" });
  }
  const first = await publish(stores);
  expect(first.put.map(({ path }) => path)).toContain("rss.xml");
  expect(await publish({ ...stores, now: NOW })).toMatchObject({ put: [], removed: [], problems: [] });
});

test("publish refuses stores that would make the state public, or write over the content, and a date that does not exist", async () => {
  const { folderStore, memoryStore, publish, s3Store } = library;
  const content = memoryStore("the content");
  const other = memoryStore("the state");
  const bucket = { bucket: "feeds", endpoint: "http://127.0.0.1:1" };
  const elsewhere = { ...bucket, prefix: "a/", endpoint: "http://127.0.0.1:2", requestTimeout: 1 };
  const stores = { content, public: memoryStore(), state: other };
  const served = "it is private, so name another as `state`";
  await expect(publish({ ...stores, public: other })).rejects.toThrow(`lies in the public store the state: ${served}`);
  await expect(
    publish({ ...stores, public: folderStore("no/public"), state: folderStore("no/x/../public/state") }),
  ).rejects.toThrow(`the state store no/x/../public/state lies in the public store no/public: ${served}`);
  await expect(
    publish({ ...stores, public: s3Store({ ...bucket, prefix: "" }), state: s3Store({ ...bucket, prefix: "state/" }) }),
  ).rejects.toThrow(served);
  await expect(
    publish({ ...stores, public: s3Store({ ...bucket, prefix: "" }), state: s3Store(elsewhere) }),
  ).rejects.toThrow(library.StoreError);
  await expect(publish({ ...stores, public: content })).rejects.toThrow("name another store as `public`");
  const [given] = JSON.parse("[{}]");
  await expect(publish({ ...given, content })).rejects.toThrow("no store public: give one");
  await expect(publish({ ...stores, now: new Date("soon") })).rejects.toThrow("now is not a date that exists");
  expect(() => s3Store({ ...bucket, prefix: "state" })).toThrow("write state/");
});

test("editors show what each function and option is for", () => {
  const documented = /\*\/\n(?:export )(?:async )?function (\w+)/g;
  const texts = ["lib/index.ts", "lib/stores/memory.ts", "lib/site/site.ts"].map((file) => readFileSync(file, "utf8"));
  const names = texts.flatMap((each) => [...each.matchAll(documented)].map(([, name]) => name));
  expect(names).toEqual(expect.arrayContaining(["folderStore", "memoryStore", "parseSite", "publish", "s3Store"]));
  for (const [, name] of REQUEST.matchAll(/^ {2}readonly (\w+)\??:/gm))
    expect(REQUEST).toMatch(new RegExp(`\\*/\\n  readonly ${name}\\??:`));
});
