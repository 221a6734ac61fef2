/** `ids.jsonl` beside `site.yaml`: the ids of posts that have no record, as runs use them. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeLedger } from "../../lib/adopt/ledger.ts";
import { IDS_KEY } from "../../lib/base/problems.ts";
import { emptyWarmCache } from "../../lib/publish/warmcache.ts";
import { knownLedger } from "../../lib/state/adopted.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import { StoreUnreadable } from "../../lib/stores/store.ts";
import { elementsOf } from "../formats/documents.ts";
import { codes, ids as idsIn, post, SITE, type World, world, worldOn } from "../support/world.ts";

const HEAD = `{"dripfeed":"ids","format":1}`;
const file = (...lines: readonly object[]) => [HEAD, ...lines.map((line) => JSON.stringify(line)), ""].join("\n");

const KEY = "posts/a.md";
const URL_OF_A = "https://example.com/2026/01/02/a/";

const ids = async (site: World) => [...idsIn(await site.read("feed.json"))].toSorted();
const updates = async (site: World) => (await site.catalog()).records.map(({ facts }) => facts?.updated);

/** The same content, and nothing else. */
async function elsewhere(site: World): Promise<World> {
  return worldOn({ content: site.content, public: memoryStore("public"), state: memoryStore("state") });
}

/** What `dripfeed ids export` writes. */
const exported = async (site: World) => encodeLedger(knownLedger(await site.catalog(), new Map()).values());

/** How often the file was read. */
function reads(site: World): { readonly world: World; count(): number } {
  let count = 0;
  const content = {
    ...site.content,
    async get(...[key, ...rest]: Parameters<World["content"]["get"]>) {
      if (key === IDS_KEY) count += 1;
      return site.content.get(key, ...rest);
    },
  };
  return { world: { ...worldOn({ ...site, content }), write: site.write, remove: site.remove }, count: () => count };
}

describe("a post without a record", () => {
  test("has the ids of its line, in each format", async () => {
    const site = await world({ [KEY]: post({}), "posts/b.md": post({ title: "B" }) });
    await site.write(IDS_KEY, file({ key: KEY, id: "urn:a", rss: "17", json: "seventeen" }));
    await site.publish();
    expect(elementsOf(await site.read("rss.xml"), "guid").map(({ text }) => text)).toContain("17");
    expect(await ids(site)).toEqual(["seventeen", "tag:example.com,2020:posts/b"]);
    expect((await site.catalog()).records[0]?.facts).toMatchObject({ id: "urn:a", ids: { rss: "17" } });
  });

  test("has the id of its front matter before that of its line, and the latter is told as different", async () => {
    const site = await world({ [KEY]: post({ id: "urn:mine" }) });
    await site.write(IDS_KEY, file({ key: KEY, id: "urn:a" }));
    const { problems } = await site.publish();
    expect(await ids(site)).toEqual(["urn:mine"]);
    expect(problems).toMatchObject([{ code: "ids-differ", severity: "warning", file: IDS_KEY, line: 2 }]);
  });

  test("keeps its ids and its `updated` when the state is lost, though it was edited", async () => {
    const site = await world({ [KEY]: post({}), "posts/b.md": post({ id: "urn:b" }) });
    await site.publish();
    await site.write(KEY, post({}, "Other words.\n"));
    await site.publish({ now: new Date("2026-07-01T00:00:00Z") });
    await site.write(IDS_KEY, await exported(site));
    const after = await elsewhere(site);
    await after.publish({ now: new Date("2026-08-01T00:00:00Z") });
    expect(await ids(after)).toEqual(await ids(site));
    expect(await updates(after)).toEqual(await updates(site));
    expect(await after.read("atom.xml")).toBe(await site.read("atom.xml"));
  });

  test("keeps its id when the state is lost and its file was renamed since: it is known by its address", async () => {
    const site = await world({ [KEY]: post({ url: "/here/" }), "posts/b.md": post({ title: "B" }) });
    await site.publish();
    await site.write(IDS_KEY, await exported(site));
    await site.remove(KEY);
    await site.write("posts/renamed.md", post({ url: "/here/" }));
    const after = await elsewhere(site);
    await after.publish();
    expect(await ids(after)).toEqual(await ids(site));
  });

  test("has its line's id when it comes later, though the run is told of it alone", async () => {
    const site = await world({ "posts/b.md": post({ title: "B" }) });
    await site.publish();
    await site.write(IDS_KEY, file({ key: KEY, json: "17" }));
    await site.write(KEY, post({}));
    await site.publish({ hints: [KEY] });
    expect(await ids(site)).toEqual(["17", "tag:example.com,2020:posts/b"]);
  });

  test("does not get the id of a line that is a renamed post's by now", async () => {
    const site = await world({ [KEY]: post({ title: "First" }, "The words of the first one.\n") });
    await site.publish();
    await site.write(IDS_KEY, await exported(site));
    await site.remove(KEY);
    await site.write("posts/renamed.md", post({ title: "First" }, "The words of the first one.\n"));
    await site.publish();
    await site.write(KEY, post({ title: "Second", date: "2026-03-03" }, "Quite another text.\n"));
    await site.publish();
    expect(await ids(site)).toEqual(["tag:example.com,2020:posts/a", "tag:example.com,2020:posts/a-2"]);
  });

  test("is known by its address, though another post has the name that its file had", async () => {
    const url = (path: string) => `https://example.com${path}`;
    const site = await world({
      [KEY]: post({ title: "New", url: "/new/" }),
      "posts/b.md": post({ title: "D", url: "/d/" }),
      "posts/c.md": post({ title: "A", url: "/a/" }),
      "posts/d.md": post({ title: "B", url: "/b/" }),
    });
    const lines = [
      { key: KEY, url: url("/a/"), id: "urn:a" },
      { key: "posts/b.md", url: url("/b/"), id: "urn:b" },
      { key: "posts/d.md", url: url("/d/"), id: "urn:d" },
    ];
    await site.write(IDS_KEY, file(...lines));
    await site.publish();
    const known = (await site.catalog()).records.map(({ facts }) => [facts?.title, facts?.id]);
    expect(known).toEqual([
      ["New", "tag:example.com,2020:posts/a"],
      ["D", "urn:d"],
      ["A", "urn:a"],
      ["B", "urn:b"],
    ]);
  });

  test("keeps the ids of its line though its address has changed, and is another's that readers know", async () => {
    const site = await world({ [KEY]: post({ draft: "true" }), "posts/b.md": post({ title: "B", url: "/a/" }) });
    await site.publish();
    await site.write(IDS_KEY, file({ key: KEY, url: "https://example.com/a/", id: "urn:a" }));
    await site.write(KEY, post({ url: "/elsewhere/" }));
    await site.write("posts/b.md", post({ title: "Edited", url: "/a/" }));
    await site.publish();
    expect(await ids(site)).toEqual(["tag:example.com,2020:posts/b", "urn:a"]);
  });

  test("keeps its id wherever its file is, as long as each has an address of its own", async () => {
    const names = ["a", "b", "c", "d", "e"];
    const urls = fc.shuffledSubarray(names, { minLength: 3 });
    await fc.assert(
      fc.asyncProperty(urls, fc.shuffledSubarray(names, { minLength: 5 }), async (carried, files) => {
        const line = (url: string, i: number) => ({
          key: `posts/${carried.toSorted()[i]}.md`,
          url: `https://example.com/${url}/`,
          id: `urn:${url}`,
        });
        const posts = files.map((url, i) => [`posts/${names[i]}.md`, post({ title: url, url: `/${url}/` })] as const);
        const site = await world(Object.fromEntries(posts));
        await site.write(IDS_KEY, file(...carried.map(line)));
        await site.publish();
        const known = (await site.catalog()).records.flatMap(({ facts }) => (facts ? [[facts.title, facts.id]] : []));
        const adopted = known.filter(([, id]) => id?.startsWith("urn:"));
        expect(adopted.toSorted()).toEqual(carried.toSorted().map((url) => [url, `urn:${url}`]));
      }),
      { numRuns: 30 },
    );
  });

  test("is known by its key where its address is another now, which no line has", async () => {
    const site = await world({ [KEY]: post({}) });
    await site.write(IDS_KEY, file({ key: KEY, url: "https://former.example/a/", id: "urn:a" }));
    await site.publish();
    expect(await ids(site)).toEqual(["urn:a"]);
  });

  test("keeps its id in a rebuild, though no feed carries it", async () => {
    const site = await world(
      {
        "posts/new.md": post({ title: "New", date: "2026-05-05" }),
        "posts/old.md": post({ title: "Old", url: "/old/" }),
      },
      `${SITE}limit: 1\n`,
    );
    await site.publish();
    await site.write(IDS_KEY, await exported(site));
    await site.remove("posts/old.md");
    await site.write("posts/renamed.md", post({ title: "Old", url: "/old/" }));
    for (const key of Object.keys(await site.dump(site.state))) await site.state.delete(key);
    expect((await site.publish({ rebuild: true })).refused).toBeUndefined();
    const known = (await site.catalog()).records.map(({ key, facts }) => [key, facts?.id, facts?.updated]);
    expect(known).toEqual([
      ["posts/new.md", "tag:example.com,2020:posts/new", "2026-05-05T00:00:00Z"],
      ["posts/renamed.md", "tag:example.com,2020:posts/old", "2026-01-02T03:04:05Z"],
    ]);
  });

  test("has a new id where there is no file", async () => {
    const site = await world({ [KEY]: post({}) });
    expect((await site.publish()).problems).toEqual([]);
    expect(await ids(site)).toEqual(["tag:example.com,2020:posts/a"]);
  });

  test("has the id that the file names at last, when that changes while the posts are read", async () => {
    const site = await world({ [KEY]: post({}) });
    await site.write(IDS_KEY, file({ key: KEY, id: "urn:old" }));
    let isChanged = false;
    const content = {
      ...site.content,
      async get(...args: Parameters<World["content"]["get"]>) {
        const found = await site.content.get(...args);
        if (args[0] === IDS_KEY && !isChanged) {
          isChanged = true;
          await site.write(IDS_KEY, file({ key: KEY, id: "urn:new" }));
        }
        return found;
      },
    };
    await site.publish({ content });
    expect(await ids(site)).toEqual(["urn:new"]);
  });
});

describe("a line that differs from the record", () => {
  test.each([
    [{ id: "urn:other" }, "id"],
    [{ atom: "urn:other" }, "atom"],
  ])("changes nothing that readers know, and is told with its line: %j", async (given, field) => {
    const site = await world({ [KEY]: post({}) });
    await site.publish();
    await site.write(IDS_KEY, file({ key: "posts/0.md" }, { key: KEY, ...given }));
    await site.write("posts/b.md", post({ title: "B" }));
    const { problems } = await site.publish();
    expect(await ids(site)).toEqual(["tag:example.com,2020:posts/a", "tag:example.com,2020:posts/b"]);
    const message = `${KEY}: readers know the post as tag:example.com,2020:posts/a, not as urn:other (${field})`;
    expect(problems).toMatchObject([{ code: "ids-differ", severity: "warning", file: IDS_KEY, line: 3, message }]);
  });

  test("of a post that was edited since is none, whatever its `updated` is", async () => {
    const site = await world({ [KEY]: post({}) });
    await site.publish();
    await site.write(IDS_KEY, await exported(site));
    await site.write(KEY, post({}, "Other words.\n"));
    await site.write("posts/b.md", post({ title: "B" }));
    expect((await site.publish({ now: new Date("2026-07-01T00:00:00Z") })).problems).toEqual([]);
  });
});

describe("a file that cannot be read", () => {
  const DAMAGED: readonly (readonly [what: string, text: string | Uint8Array, line: number])[] = [
    ["a line that was cut", `${file({ key: KEY, id: "urn:a" })}{"key":"posts/b.m`, 3],
    ["marks of a merge", file({ key: KEY, id: "urn:a" }).replace("\n", "\n<<<<<<< HEAD\n"), 2],
    ["nothing", "", 1],
    ["bytes that are no UTF-8", new Uint8Array([0x7b, 0xff]), 1],
    ["another format", `{"dripfeed":"ids","format":9}\n`, 1],
  ];

  test.each(DAMAGED)("gives no new id to posts that it may name: %s", async (_, text, line) => {
    const site = await world({
      [KEY]: post({}),
      "posts/b.md": post({ title: "B" }),
      "posts/c.md": post({ title: "C" }),
    });
    const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
    await site.content.put(IDS_KEY, bytes, { contentType: "text/plain" });
    const { problems, records } = await site.publish();
    const isNamed = typeof text === "string" && text.includes("urn:a");
    expect(records).toMatchObject({ public: isNamed ? 1 : 0, broken: isNamed ? 2 : 3 });
    expect(problems).toMatchObject([{ code: "ids-unreadable", severity: "error", file: IDS_KEY, line }]);
    expect(await ids(site)).toEqual(isNamed ? ["urn:a"] : []);
    expect((await site.publish()).put).toEqual([]);

    // Corrected: a hint of the file alone is enough.
    const corrected = { key: "posts/b.md", id: "urn:b" };
    await site.write(IDS_KEY, file({ key: KEY, id: "urn:a" }, corrected));
    const fixed = await site.publish({ hints: [IDS_KEY] });
    expect(fixed.problems).toEqual([]);
    expect(await ids(site)).toEqual(["tag:example.com,2020:posts/c", "urn:a", "urn:b"]);
    expect((await site.publish()).put).toEqual([]);
  });

  test.each([
    ["marks of a merge", [{ key: KEY, id: "urn:1" }, "=======", { key: KEY, id: "urn:2" }]],
    [
      "one id for two posts",
      [
        { key: KEY, id: "urn:1" },
        { key: "posts/0.md", id: "urn:1" },
      ],
    ],
  ])("gives no id where two lines contradict each other: %s", async (_, lines) => {
    const site = await world({ [KEY]: post({}), "posts/0.md": post({ title: "0" }) });
    const text = [HEAD, ...lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line)))].join("\n");
    await site.write(IDS_KEY, text);
    expect((await site.publish()).records).toMatchObject({ public: 0, broken: 2 });
  });

  test("gives no post the id of another that had its address, as long as its own line may be cut", async () => {
    const url = "https://example.com/2026/01/02/b/";
    const renamed = { key: KEY, url, id: "urn:renamed" };
    const whole = file(renamed, { key: "posts/b.md", url, id: "urn:b" });
    const site = await world({ [KEY]: post({ draft: "true" }), "posts/b.md": post({}), [IDS_KEY]: whole.slice(0, -4) });
    expect((await site.publish()).records).toMatchObject({ broken: 1, public: 0 });
    await site.write(IDS_KEY, whole);
    await site.publish();
    expect(await ids(site)).toEqual(["urn:b"]);
  });

  test("stops no other post, whoever may not read it", async () => {
    const site = await world({ [KEY]: post({}) });
    await site.publish();
    const content = {
      ...site.content,
      async get(...[key, ...rest]: Parameters<World["content"]["get"]>) {
        if (key === IDS_KEY) throw new StoreUnreadable("content", "get", IDS_KEY, "access denied");
        return site.content.get(key, ...rest);
      },
    };
    await site.write(KEY, post({ title: "Edited" }));
    await site.write("posts/b.md", post({ title: "B" }));
    const { records, problems } = await site.publish({ content });
    expect(records).toMatchObject({ public: 1, broken: 1 });
    expect(problems).toMatchObject([{ code: "ids-unreadable", file: IDS_KEY }]);
    expect(await site.read("feed.json")).toContain("Edited");
  });

  test("keeps no post back that has a record, renamed or edited", async () => {
    const site = await world({ [KEY]: post({ title: "First" }) });
    await site.publish();
    await site.write(IDS_KEY, "no file of ids\n");
    await site.remove(KEY);
    await site.write("posts/renamed.md", post({ title: "First" }));
    await site.publish();
    await site.write("posts/renamed.md", post({ title: "First" }, "Other words.\n"));
    const { records } = await site.publish();
    expect(records).toMatchObject({ public: 1, broken: 0, removed: 0 });
    expect(await ids(site)).toEqual(["tag:example.com,2020:posts/a"]);
  });
});

describe("the file", () => {
  test("is not read while no post is new, and concerns nothing by itself", async () => {
    const site = await world({ [KEY]: post({}) });
    await site.write(IDS_KEY, file({ key: KEY, id: "urn:a" }));
    await site.publish();
    const { world: counted, count } = reads(site);
    await site.write(KEY, post({}, "Other words.\n"));
    expect((await counted.publish()).problems).toEqual([]);
    await site.write(IDS_KEY, await exported(site));
    const { put, operations } = await counted.publish({ hints: [IDS_KEY] });
    expect([put, operations.content.put, operations.state.put, count()]).toEqual([[], 0, 0, 0]);
    await site.write("posts/b.md", post({ title: "B" }));
    await counted.publish({ hints: ["posts/b.md"] });
    expect(count()).toBeGreaterThan(0);
  });

  test("is sent once to a process that stays", async () => {
    const site = await world({ [KEY]: post({}) });
    await site.write(IDS_KEY, file({ key: KEY, id: "urn:a" }));
    const answers: unknown[] = [];
    const content = {
      ...site.content,
      async get(...args: Parameters<World["content"]["get"]>) {
        const found = await site.content.get(...args);
        if (args[0] === IDS_KEY && args[2] !== 0) answers.push(typeof found === "object" ? "sent" : found);
        return found;
      },
    };
    const warmCache = emptyWarmCache();
    await site.publish({ content, warmCache });
    await site.write("posts/b.md", post({ title: "B" }));
    await site.publish({ content, warmCache });
    expect(answers).toEqual(["sent", "unchanged"]);
  });

  test("is neither a post nor told as one in another markup, wherever posts lie", async () => {
    const site = await world({ "a.md": post({}) }, `title: t\nurl: https://example.com/\nsince: 2020\nposts: ["**"]\n`);
    await site.write(IDS_KEY, file({ key: "a.md", url: URL_OF_A, id: "urn:a" }));
    const report = await site.publish();
    expect([codes(report), report.records.public]).toEqual([[], 1]);
  });
});
