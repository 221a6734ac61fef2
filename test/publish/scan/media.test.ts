/** Media in the content store: their lengths, and what a change of one does to posts that refer to it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Changed } from "../../../lib/state/types.ts";
import { folderStore } from "../../../lib/stores/folder.ts";
import { entriesOf, packsOf } from "../../support/packs.ts";
import { codes, NOW, post, putPaths, type World, world } from "../../support/world.ts";

const KEY = "static/audio/a.mp3";
const EPISODE = post({ title: "An episode", tags: "[show]", audio: "/audio/a.mp3" });
const OTHER = post({ title: "Another", tags: "[talk]", date: "2026-01-03T03:04:05Z" });

const withEpisode = async (): Promise<World> => {
  const site = await world({ "posts/a.md": EPISODE, "posts/b.md": OTHER });
  await site.write(KEY, "twelve bytes");
  return site;
};

/** The length of the enclosure in the entry that documents were rendered from. */
const lengthOf = async (site: World): Promise<number | undefined> => {
  const record = (await site.catalog()).records.find(({ key }) => key === "posts/a.md");
  return (await entriesOf(site)).get(record?.facts?.inputHash ?? "")?.media?.[0]?.length;
};

const isFeed = (path: string) => /\.(?:xml|json)$/.test(path) && path !== "feeds.json";

describe("a length", () => {
  test("is that of the object in the content store, with and without hints", async () => {
    const site = await withEpisode();
    expect(codes(await site.publish())).toEqual([]);
    expect(await lengthOf(site)).toBe(12);
    await site.write("posts/a.md", EPISODE.replace("Some words", "Other words"));
    expect(codes(await site.publish({ hints: ["posts/a.md"] }))).toEqual([]);
    expect(await lengthOf(site)).toBe(12);
  });

  test("is read again when the cached entry was lost and the post is rendered again", async () => {
    const site = await withEpisode();
    await site.publish();
    for (const key of await packsOf(site)) await site.state.delete(key);
    await site.public.delete("rss.xml");
    expect(putPaths(await site.publish())).toContain("rss.xml");
    expect(await lengthOf(site)).toBe(12);
  });
});

describe.each([
  ["a hint of its key", [KEY]],
  ["a full run", undefined],
] as const)("a media object, at %s,", (_, keys) => {
  const hints = keys ? { hints: keys } : {};

  test("that was replaced makes the documents of its post be put, and no others", async () => {
    const site = await withEpisode();
    await site.publish();
    await site.write(KEY, "rather more bytes");
    const report = await site.publish(hints);
    const folders = putPaths(report)
      .filter(isFeed)
      .map((path) => path.replace(/[^/]*$/, ""));
    expect([...new Set(folders)].sort()).toEqual(["", "tags/show/"]);
    expect(await lengthOf(site)).toBe(17);
    const [record] = (await site.catalog()).records;
    expect(record?.facts?.updated).toBe("2026-01-02T03:04:05Z");
    for (const again of [hints, {}]) expect((await site.publish(again)).operations.state.put).toBe(0);
  });

  test("that was removed leaves its post published, with a warning", async () => {
    const site = await withEpisode();
    await site.publish();
    await site.remove(KEY);
    const report = await site.publish(hints);
    expect(codes(report)).toEqual(["media-length"]);
    expect(report.records.public).toBe(2);
    expect(await lengthOf(site)).toBe(0);
  });

  test("that is added after its post ends the warning", async () => {
    const site = await world({ "posts/a.md": EPISODE });
    expect(codes(await site.publish())).toEqual(["media-length"]);
    await site.write(KEY, "twelve bytes");
    expect(codes(await site.publish(hints))).toEqual([]);
    expect(await lengthOf(site)).toBe(12);
  });

  test("that did not change needs no write", async () => {
    const site = await withEpisode();
    await site.publish();
    const report = await site.publish(hints);
    expect(report.put).toEqual([]);
    expect(report.operations.state.put + report.operations.public.put).toBe(0);
  });

  test("that was replaced by one of the same length changes no document, and needs no write", async () => {
    const site = await withEpisode();
    await site.publish();
    await site.write(KEY, "TWELVE BYTES");
    const report = await site.publish(hints);
    expect(report.put).toEqual([]);
    expect(report.operations.state.put + report.operations.public.put).toBe(0);
  });

  test("that is added while its post is in the future is in the entry when the post is due", async () => {
    const site = await world({ "posts/a.md": EPISODE.replace("2026-01-02", "2026-06-02"), "posts/b.md": OTHER });
    await site.publish();
    await site.write(KEY, "twelve bytes");
    await site.publish(hints);
    await site.publish({ hints: [], now: new Date(NOW.getTime() + 3 * 86_400_000) });
    expect(await lengthOf(site)).toBe(12);
  });
});

describe("media that the CDN serves", () => {
  const [ONE, TWO] = ["media/one.mp3", "media/two.mp3"] as const;
  const two = async (): Promise<World> => {
    const site = await world({
      "posts/a.md": post({ tags: "[show]", audio: `[/${ONE}, /${TWO}]` }),
      "posts/b.md": OTHER,
    });
    for (const key of [ONE, TWO]) await site.write(key, "twelve bytes");
    await site.publish();
    return site;
  };
  const outbox = async (site: World) => (await site.head()).outbox.media;

  test("are in no outbox when they appear with their post", async () => {
    expect(await outbox(await two())).toBeUndefined();
  });

  test.each([
    ["hints", { hints: [TWO] }],
    ["a full run", {}],
  ])("are in the outbox when their bytes are others, with %s, and no others with them; once", async (_, how) => {
    const site = await two();
    await site.write(TWO, "TWELVE BYTES");
    const report = await site.publish(how);
    expect([report.put, await outbox(site)]).toEqual([[], [TWO]]);
    for (const again of [how, {}]) expect((await site.publish(again)).operations.state.put).toBe(0);
  });

  test("are in the outbox when their author gives their length", async () => {
    const site = await two();
    await site.write("posts/a.md", post({ tags: "[show]", audio: `{ src: /${ONE}, length: 12 }` }));
    await site.publish();
    await site.write(ONE, "TWELVE BYTES");
    await site.publish({ hints: [ONE] });
    expect(await outbox(site)).toEqual([ONE]);
  });

  test("are in the outbox when they were removed, and not when they come back", async () => {
    const site = await two();
    await site.publish({ announce: async () => undefined });
    await site.remove(ONE);
    const given: Changed[] = [];
    await site.publish({ announce: async (changes) => void given.push(changes) });
    await site.write(ONE, "another text");
    await site.publish({ announce: async (changes) => void given.push(changes) });
    expect(given.map(({ media }) => media)).toEqual([[ONE], []]);
  });

  test("are in no outbox when their post is edited, renamed, or names more of them", async () => {
    const site = await two();
    await site.write("posts/a.md", post({ tags: "[show]", audio: `[/${ONE}, /${TWO}]` }, "Other words.\n"));
    await site.publish();
    await site.write("media/three.mp3", "twelve bytes");
    await site.write("posts/a.md", post({ tags: "[show]", audio: `[/media/three.mp3, /${ONE}, /${TWO}]` }));
    await site.publish();
    await site.write("posts/c.md", post({ tags: "[show]", audio: `[/media/three.mp3, /${ONE}, /${TWO}]` }));
    await site.remove("posts/a.md");
    await site.publish();
    expect(await outbox(site)).toBeUndefined();
  });

  test("are in the outbox when the run that saw them replaced wrote documents in batches", async () => {
    const site = await two();
    await site.write(TWO, "other bytes, and more");
    await site.publish({ batchSize: 1 });
    expect(await outbox(site)).toEqual([TWO]);
  });
});

test("a hint of an object that no post refers to is ignored", async () => {
  const site = await withEpisode();
  await site.publish();
  await site.write("static/audio/b.mp3", "x");
  const report = await site.publish({ hints: ["static/audio/b.mp3", "static/audio"] });
  expect(report.operations.content).toMatchObject({ get: 1, list: 0 });
  expect(report.put).toEqual([]);
});

test("a run over posts without media lists nothing", async () => {
  const site = await world({ "posts/b.md": OTHER });
  await site.publish();
  await site.write("posts/b.md", OTHER.replace("Some", "More"));
  expect((await site.publish({ hints: ["posts/b.md"] })).operations.content.list).toBe(0);
  expect(JSON.stringify((await site.catalog()).records)).not.toContain("depsDigest");
});

describe("in folders", () => {
  const folders: string[] = [];
  afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

  test.each(["/audio/a.mp3", "a.mp3", "/no/such/a.mp3", "/posts/a.md/x.mp3", `/${"a".repeat(250)}/x.mp3`])(
    "the path %s does no harm",
    async (path) => {
      const site = await withEpisode();
      const folder = await mkdtemp(join(tmpdir(), "media-"));
      folders.push(folder);
      const content = folderStore(folder);
      const put = (key: string, text: string) =>
        content.put(key, new TextEncoder().encode(text), { contentType: "text/plain" });
      await put("site.yaml", await site.dump(site.content).then((dump) => dump["site.yaml"] ?? ""));
      await put("posts/a.md", EPISODE.replace("/audio/a.mp3", path));
      await put(KEY, "twelve bytes");
      await put("posts/a.mp3", "twelve bytes");
      for (const hints of [undefined, ["posts/a.md"], [KEY]]) {
        const report = await site.publish({ content, hints });
        expect(report.refused).toBeUndefined();
        expect(report.records.public).toBe(1);
      }
      const later = await site.publish({ content });
      expect(later.operations.state.put).toBe(0);
    },
  );
});
