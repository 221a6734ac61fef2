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

test("docs/library.md has each option of publish in its table", () => {
  const [, options = ""] = /type Kept =([\s\S]*?);/.exec(text) ?? [];
  const kept = [...options.matchAll(/"(\w+)"/g)].map(([, name = ""]) => name);
  expect(kept.length).toBeGreaterThan(8);
  const rows = [...readFileSync("docs/library.md", "utf8").matchAll(/^\| `(\w+)` \|/gm)].map(([, name = ""]) => name);
  expect(rows.toSorted()).toEqual([...kept, "now"].toSorted());
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
