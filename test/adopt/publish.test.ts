/** Ids of a former system in what is published: per format, byte for byte, from the first publication on. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { distinctEntries, parseFormerFeed } from "../../lib/adopt/former.ts";
import { type AdoptedPost, type Ledger, parseLedger } from "../../lib/adopt/ledger.ts";
import { matchEntries } from "../../lib/adopt/match.ts";
import { xmlSafe } from "../../lib/base/text.ts";
import type { Format } from "../../lib/model.ts";
import { setIds } from "../../lib/publish/adoption.ts";
import { writeAdopted } from "../../lib/state/adopted.ts";
import { readHead } from "../../lib/state/head.ts";
import { StateError } from "../../lib/state/objects.ts";
import { sealBytes } from "../../lib/state/sealed.ts";
import { elementsOf } from "../formats/documents.ts";
import { post, SITE, type World, world } from "../support/world.ts";

let names = 0;
async function adopt(site: World, ...posts: readonly AdoptedPost[]): Promise<void> {
  names += 1;
  const ledger: Ledger = new Map(posts.map((post) => [post.key, post]));
  if (!(await writeAdopted(site.state, await readHead(site.state), ledger, `a${names}`))) throw new Error("busy");
}

const textsOf = (xml: string, name: string, parent: string) =>
  elementsOf(xml, name)
    .filter((element) => element.parent === parent)
    .map(({ text }) => text);

async function idsOf(site: World, path = ""): Promise<{ readonly [format in Format]: readonly string[] }> {
  return {
    rss: textsOf(await site.read(`${path}rss.xml`), "guid", "item"),
    atom: textsOf(await site.read(`${path}atom.xml`), "id", "entry"),
    json: JSON.parse(await site.read(`${path}feed.json`)).items.map(({ id }: { readonly id: string }) => id),
  };
}

const KEY = "posts/a.md";
const OWN = "tag:example.com,2020:posts/a";
const URL_OF_A = "https://example.com/2026/01/02/a/";

describe("an adopted id", () => {
  test("is used in its format from the first publication on", async () => {
    const site = await world({ [KEY]: post({ tags: "[x]" }) });
    await adopt(site, { key: KEY, ids: { rss: " 17 & <18>\n", atom: "https://example.com/?p=17", json: "17" } });
    await site.publish();
    const ids = { rss: [" 17 & <18>\n"], atom: ["https://example.com/?p=17"], json: ["17"] };
    expect(await idsOf(site)).toEqual(ids);
    expect(await idsOf(site, "tags/x/")).toEqual(ids);
  });

  test("is also used in formats that had no feed, if they can carry it", async () => {
    const site = await world({ [KEY]: post({}), "posts/b.md": post({}) });
    await adopt(
      site,
      { key: KEY, ids: { atom: "https://example.com/中/" } },
      { key: "posts/b.md", ids: { rss: "5 6" } },
    );
    await site.publish();
    const [a, b] = ["https://example.com/中/", "tag:example.com,2020:posts/b"];
    expect(await idsOf(site)).toEqual({ rss: [a, "5 6"], atom: [a, b], json: [a, b] });
  });

  test("stays when the file is edited, renamed, hidden and shown again", async () => {
    const site = await world({ [KEY]: post({}), "posts/b.md": post({}) });
    await adopt(site, { key: KEY, ids: { rss: "seventeen", atom: "urn:17", json: "17" } });
    await site.publish();
    const rssIds = async () => (await idsOf(site)).rss;
    await site.write(KEY, post({}, "Other words.\n"));
    await site.publish();
    expect(await rssIds()).toContain("seventeen");
    await site.remove(KEY);
    await site.write("posts/renamed.md", post({}, "Other words.\n"));
    await site.publish();
    expect(await rssIds()).toContain("seventeen");
    await site.write("posts/renamed.md", post({ draft: "true" }, "Other words.\n"));
    await site.publish();
    expect(await rssIds()).not.toContain("seventeen");
    await site.write("posts/renamed.md", post({}, "Other words.\n"));
    await site.publish();
    expect(await rssIds()).toContain("seventeen");
  });

  test("is not given to a new post at the old key of a renamed one", async () => {
    const site = await world({ [KEY]: post({}), "posts/later.md": post({ date: "2026-07-01" }) });
    await adopt(site, { key: KEY, ids: { rss: "17" } }, { key: "posts/later.md", ids: { rss: "18" } });
    await site.publish();
    await site.remove(KEY);
    await site.write("posts/moved.md", post({}));
    await site.publish();
    await site.write(KEY, post({ title: "Another", slug: "another" }, "Quite other words.\n"));
    await site.publish();
    expect((await idsOf(site)).rss.toSorted()).toEqual(["17", `${OWN}-2`]);
  });

  test("is used for the tombstone in Atom", async () => {
    const site = await world({ [KEY]: post({}), "posts/b.md": post({}) });
    await adopt(site, { key: KEY, ids: { rss: "17", atom: ' a "b"\n\t<c>\r' } });
    await site.publish();
    await site.remove(KEY);
    await site.publish();
    const [tombstone] = elementsOf(await site.read("atom.xml"), "at:deleted-entry");
    expect(tombstone?.attributes).toMatchObject({ ref: ' a "b"\n\t<c>\r' });
  });

  test("is used for the item of a stream, and for the stream", async () => {
    const live = "{ start: 2026-06-01T11:00:00Z, url: 'https://example.com/live.m3u8' }";
    const site = await world({ [KEY]: post({ live }) });
    await adopt(site, { key: KEY, ids: { rss: "17" } });
    await site.publish();
    const guids = elementsOf(await site.read("rss.xml"), "guid").map(({ text }) => text);
    expect(guids.toSorted()).toEqual(["17", "17#live"]);
  });

  test("is kept for a post that is not public yet, though others were published long before", async () => {
    const site = await world({ [KEY]: post({ date: "2026-07-01" }), "posts/b.md": post({}) });
    await adopt(site, { key: KEY, ids: { rss: "17" }, updated: "2026-07-02T00:00:00Z" });
    await site.publish();
    await site.write("posts/b.md", post({}, "Other words.\n"));
    await site.publish();
    await site.publish({ now: new Date("2026-08-01T00:00:00Z"), hints: [] });
    expect((await idsOf(site)).rss).toEqual(["17", "tag:example.com,2020:posts/b"]);
    expect((await site.catalog()).records[0]?.facts?.updated).toBe("2026-07-02T00:00:00Z");
  });

  test("goes with its post if that is renamed before its first publication", async () => {
    const url = "https://example.com/2026/07/01/later/";
    const site = await world({ [KEY]: post({}), "posts/later.md": post({ date: "2026-07-01" }) });
    await adopt(
      site,
      { key: KEY, url: URL_OF_A, ids: { rss: "17" } },
      { key: "posts/later.md", url, ids: { rss: "18" } },
    );
    await site.remove(KEY);
    await site.write("posts/else.md", post({ permalink: "/2026/01/02/a/" }));
    await site.publish();
    expect((await idsOf(site)).rss).toEqual(["17"]);
    await site.remove("posts/later.md");
    await site.write("posts/sooner.md", post({ date: "2026-05-01", permalink: "/2026/07/01/later/" }));
    await site.publish();
    expect((await idsOf(site)).rss.toSorted()).toEqual(["17", "18"]);
    expect((await site.catalog()).adopted).toBeUndefined();
  });

  test.each([[["posts/drafts/b.md", "posts/b.md"]], [["posts/b.md", "posts/drafts/b.md"]]])(
    "goes with a draft that is renamed as it is published, whichever trigger comes first: %j",
    async (triggers) => {
      const draft = { title: "B", url: "/b/" };
      const site = await world({ [KEY]: post({ title: "A" }), "posts/drafts/b.md": post({ ...draft, draft: "true" }) });
      await adopt(site, {
        key: "posts/drafts/b.md",
        url: "https://example.com/b/",
        ids: { rss: "2", atom: "urn:x:2", json: "2" },
      });
      await site.publish();
      await site.remove("posts/drafts/b.md");
      await site.write("posts/b.md", post(draft));
      for (const trigger of triggers) await site.publish({ hints: [trigger] });
      expect((await idsOf(site)).json).toContain("2");
      expect((await site.publish()).put).toEqual([]);
    },
  );

  test("takes precedence over the id in front matter, since readers know the former one", async () => {
    const site = await world({ [KEY]: post({ id: "urn:mine" }) });
    await adopt(site, { key: KEY, ids: { atom: "urn:former" } });
    await site.publish();
    expect((await idsOf(site)).atom).toEqual(["urn:former"]);
  });

  test("cannot be claimed by the front matter of another post", async () => {
    const site = await world({ [KEY]: post({}), "posts/b.md": post({ id: "urn:17", date: "2025-01-01" }) });
    await adopt(site, { key: KEY, ids: { atom: "urn:17" } });
    const { problems, records } = await site.publish();
    expect(records).toMatchObject({ public: 1, conflicting: 1 });
    expect(problems).toMatchObject([
      { code: "id-taken", file: "posts/b.md", message: "the id urn:17 is that of posts/a.md" },
    ]);
  });
});

describe("whether a guid is the address", () => {
  const guidOf = async (site: World) =>
    elementsOf(await site.read("rss.xml"), "guid").map(({ attributes }) => attributes);

  test.each([
    [URL_OF_A, true, "true"],
    [URL_OF_A, false, "false"],
    ["https://old.example/2026/01/02/a/", true, "false"],
    ["17", true, "false"],
  ])("%s, adopted with isPermaLink %s, is published with %s", async (rss, isPermaLink, published) => {
    const site = await world({ [KEY]: post({}) });
    await adopt(site, { key: KEY, ids: { rss, ...(isPermaLink && { isPermaLink }) } });
    await site.publish();
    expect(await guidOf(site)).toEqual([{ isPermaLink: published }]);
  });
});

describe("the moment of the last change", () => {
  const updatedOf = async (site: World) => (await site.catalog()).records.map(({ facts }) => facts?.updated);

  test.each([
    ["is the former one", {}, "2026-02-03T00:00:00Z", "2026-02-03T00:00:00Z"],
    [
      "is the author's where the post gives one",
      { updated: "2026-03-01" },
      "2026-02-03T00:00:00Z",
      "2026-03-01T00:00:00Z",
    ],
    ["is never before the post's date", {}, "2025-01-01T00:00:00Z", "2026-01-02T03:04:05Z"],
  ])("%s", async (_, front, updated, published) => {
    const site = await world({ [KEY]: post(front) });
    await adopt(site, { key: KEY, ids: { atom: "urn:17" }, updated });
    await site.publish();
    expect(await updatedOf(site)).toEqual([published]);
  });
});

describe("the state store", () => {
  test("is no longer read for adopted ids once every post has a record", async () => {
    const site = await world({ [KEY]: post({}) });
    await adopt(site, { key: KEY, ids: { rss: "17" } });
    await site.publish();
    expect((await site.catalog()).adopted).toBeUndefined();
    expect((await site.head()).adopted).toBeUndefined();
    const never = await world({ [KEY]: post({}) });
    await never.publish();
    for (const one of [site, never]) await one.write("posts/new.md", post({}));
    const [after, other] = [await site.publish(), await never.publish()];
    expect(after.operations.state).toEqual(other.operations.state);
  });

  test("is not read for unused adopted ids, unless a post is new", async () => {
    const site = await world({ [KEY]: post({ date: "2026-07-01" }), "posts/b.md": post({}) });
    await adopt(site, { key: KEY, ids: { rss: "17" } });
    await site.publish();
    expect((await site.catalog()).adopted).toMatch(/^adopted\//);
    expect((await site.publish()).operations.state).toMatchObject({ get: 2, put: 0 });
    expect((await site.publish({ hints: ["posts/b.md"] })).operations.state).toMatchObject({ get: 2, put: 0 });
  });

  test("a second run over unchanged content writes nothing", async () => {
    const site = await world({ [KEY]: post({}) });
    await adopt(site, { key: KEY, ids: { rss: "17" } });
    await site.publish();
    expect(await site.publish()).toMatchObject({
      ...{ put: [], removed: [], operations: { public: { put: 0, delete: 0 }, state: { put: 0, delete: 0 } } },
    });
  });

  test("of which one byte is another are an error, and can be given again", async () => {
    const site = await world({ [KEY]: post({}) });
    await adopt(site, { key: KEY, ids: { rss: "17" } });
    const { adopted = "" } = await site.head();
    const text = (await site.dump(site.state))[adopted] ?? "";
    const damaged = new TextEncoder().encode(text.replace('"17"', '"18"'));
    await site.state.put(adopted, damaged, { contentType: "application/x-ndjson" });
    await expect(site.publish()).rejects.toThrow(
      /is damaged: .*give these ids again: dripfeed ids import <file> --force/,
    );
    expect(await site.paths()).toEqual([]);
    const next = () => new Map([[KEY, { key: KEY, ids: { rss: "17" } }]]);
    const given = { dryRun: false, force: true, clock: site.clock, log: () => undefined, run: "again", next };
    expect(await setIds(site.state, given)).toBeUndefined();
    await site.publish();
    expect((await idsOf(site)).rss).toEqual(["17"]);
  });

  test.each([true, false])(
    "are found again when the head that named them is lost (published before: %s)",
    async (published) => {
      const site = await world(published ? { "posts/z.md": post({ title: "Z" }) } : {});
      if (published) await site.publish();
      await site.write(KEY, post({}));
      await adopt(site, { key: KEY, ids: { rss: "17" } });
      await site.state.put("head.json", new TextEncoder().encode("?"), { contentType: "text/plain" });
      await expect(site.publish()).rejects.toThrow(/dripfeed publish --rebuild/);
      expect((await site.publish({ rebuild: true })).refused).toBeUndefined();
      expect((await idsOf(site)).rss).toContain("17");
      // Once they were used, they are not given to another post that has the key later.
      await site.remove(KEY);
      await site.write("posts/y.md", post({ title: "Y" }));
      await site.publish();
      await site.write(KEY, post({ title: "Another", date: "2026-04-04" }, "Other words.\n"));
      await site.publish();
      const before = await idsOf(site);
      await site.state.put("head.json", new TextEncoder().encode("?"), { contentType: "text/plain" });
      expect((await site.publish({ rebuild: true })).refused).toBeUndefined();
      expect(await idsOf(site)).toEqual(before);
    },
  );

  test.each([
    ["damaged", `{"dripfeed":"ids","format":1}\n{"key":1}`, /is damaged: line 2: key cannot be 1; bring back a copy/],
    ["newer", `{"dripfeed":"ids","format":2}`, /was written by a newer Dripfeed \(format 2\)/],
  ])("that is %s is an error, and nothing is published without it", async (_, text, message) => {
    const site = await world({ [KEY]: post({}) });
    await adopt(site, { key: KEY, ids: { rss: "17" } });
    const { adopted = "" } = await site.head();
    const body = sealBytes(adopted, new TextEncoder().encode(text));
    await site.state.put(adopted, body, { contentType: "application/x-ndjson" });
    await expect(site.publish()).rejects.toThrow(StateError);
    await expect(site.publish()).rejects.toThrow(message);
    await site.state.delete(adopted);
    await expect(site.publish()).rejects.toThrow(/is gone; bring back a copy of the state store/);
    expect(await site.paths()).toEqual([]);
  });
});

describe("ids that are adopted after the first publication", () => {
  test("replace the ids that readers know, and no date", async () => {
    const site = await world({ [KEY]: post({}), "posts/b.md": post({}) });
    await site.publish();
    await adopt(site, { key: KEY, ids: { rss: "17", atom: "urn:17" }, updated: "2026-02-03T00:00:00Z" });
    const { put } = await site.publish({ hints: [] });
    expect(put.map(({ path }) => path).sort()).toEqual(["atom.xml", "feed.json", "rss.xml"]);
    expect((await idsOf(site)).rss.toSorted()).toEqual(["17", "tag:example.com,2020:posts/b"]);
    expect((await site.catalog()).records[0]?.facts?.updated).toBe("2026-01-02T03:04:05Z");
    expect((await site.head()).adopted).toBeUndefined();
  });

  test("are stored once, even if they change nothing", async () => {
    const site = await world({ [KEY]: post({}) });
    await site.publish();
    await adopt(site, { key: KEY });
    await site.publish();
    expect((await site.head()).adopted).toBeUndefined();
    expect((await site.publish()).operations.state.put).toBe(0);
  });

  test("are still found after the run that used them was interrupted", async () => {
    const site = await world({ [KEY]: post({}) });
    await site.publish();
    await adopt(site, { key: KEY, ids: { rss: "17" } });
    const broken = { ...site.public, put: () => Promise.reject(new Error("cut off")) };
    await expect(site.publish({ public: broken })).rejects.toThrow("cut off");
    await site.publish();
    expect((await idsOf(site)).rss).toEqual(["17"]);
  });
});

test("any id survives its way from a former feed into ours, in each format, byte for byte", async () => {
  const anyId = fc.string({ unit: "binary", minLength: 1, maxLength: 12 }).filter((id) => id.trim() !== "");
  const xmlId = anyId.map((id) => id.split("\r").map(xmlSafe).join("\r")).filter((id) => id.trim() !== "");
  const escaped = (text: string) => text.replace(/[&<>\r]/g, (char) => `&#${char.charCodeAt(0)};`);
  const link = URL_OF_A;
  await fc.assert(
    fc.asyncProperty(xmlId, xmlId, anyId, fc.boolean(), async (rss, atom, json, isCdata) => {
      const inCdata = isCdata && !/[\r]|\]\]>/.test(rss);
      const guid = inCdata ? `<![CDATA[${rss}]]>` : escaped(rss);
      const feeds = [
        `<rss version="2.0"><channel><title>t</title><item><link>${link}</link><guid isPermaLink="false">${guid}</guid></item></channel></rss>`,
        `<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><link href="${link}"/><id>${escaped(atom)}</id><title>t</title></entry></feed>`,
        JSON.stringify({ version: "https://jsonfeed.org/version/1.1", title: "t", items: [{ id: json, url: link }] }),
      ].map((text) => parseFormerFeed(new TextEncoder().encode(text)));
      const matchable = { key: KEY, url: link, title: "A post", published: "2026-01-02T03:04:05Z" };
      const { ledger } = matchEntries(distinctEntries(feeds), [matchable]);
      const site = await world({ [KEY]: post({}) }, SITE);
      await adopt(site, ...ledger.values());
      await site.publish();
      expect(await idsOf(site)).toEqual({ rss: [rss], atom: [atom], json: [json] });
    }),
    { numRuns: 150 },
  );
});

test("the state store keeps the file of `ids export`, which people can read", async () => {
  const site = await world({ [KEY]: post({}) });
  await adopt(site, { key: KEY, ids: { rss: "17" } });
  const { adopted = "" } = await site.head();
  const text = (await site.dump(site.state))[adopted] ?? "";
  expect(parseLedger(text).posts.get(KEY)).toEqual({ key: KEY, ids: { rss: "17" } });
});
