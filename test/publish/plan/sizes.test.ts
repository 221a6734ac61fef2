/** Sites of every size: empty, small, at the limit, and with thousands of channels. */
import { describe, expect, test } from "vitest";
import { ids, post, WHOLE_SITE, world } from "../../support/world.ts";

const LIMIT = 5;

/** One post in each month before June 2026, so that all their months are over. */
const postsOf = (count: number, front: (i: number) => { readonly [key: string]: string } = () => ({})) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => {
      const date = new Date(Date.UTC(2026, 4 - i, 10)).toISOString();
      return [`posts/${String(i).padStart(5, "0")}.md`, post({ date, tags: "[all]", ...front(i) })];
    }),
  );

describe.each([0, 1, LIMIT - 1, LIMIT, LIMIT + 1])("a site of %s posts", (count) => {
  const carried = Math.min(count, LIMIT);

  test("carries its posts up to the limit, and archives every month", async () => {
    const site = await world(postsOf(count), `${WHOLE_SITE}limit: ${LIMIT}\n`);
    const report = await site.publish();
    expect(report.problems.filter(({ severity }) => severity === "error")).toEqual([]);
    const paths = await site.paths();
    expect(ids(await site.read("feed.json"))).toHaveLength(carried);
    expect(paths.filter((path) => /^archive\/[^/]*\/feed\.json$/.test(path))).toHaveLength(count);
    expect(paths.filter((path) => path === "tags/all/feed.json")).toHaveLength(count > 0 ? 1 : 0);
    expect(paths).toEqual(expect.arrayContaining(["index.html", "feeds.opml", "feeds.json", "autodiscovery.html"]));
  });

  test("marks a channel as complete exactly when it carries all its posts, and links to no archive", async () => {
    const site = await world(postsOf(count), `${WHOLE_SITE}limit: ${LIMIT}\narchives: false\n`);
    await site.publish();
    const atom = await site.read("atom.xml");
    expect([atom.includes("<fh:complete/>"), atom.includes("prev-archive")]).toEqual([count <= LIMIT, false]);
    if (count === 0) return;
    expect((await site.read("tags/all/rss.xml")).includes("<fh:complete/>")).toBe(count <= LIMIT);
  });
});

test("a tag that all posts have has a page that counts them all, and feeds to the limit", async () => {
  const site = await world(postsOf(40), `${WHOLE_SITE}limit: ${LIMIT}\n`);
  await site.publish();
  expect(ids(await site.read("tags/all/feed.json"))).toHaveLength(LIMIT);
  expect(await site.read("tags/all/index.html")).toContain("40");
});

test("a site of two thousand tags has a feed for each, lists each in the OPML, and keeps its page small", async () => {
  const tags = (i: number) => ({ tags: JSON.stringify(Array.from({ length: 20 }, (_, k) => `标签 ${i * 20 + k}`)) });
  const site = await world(postsOf(100, tags), WHOLE_SITE);
  await site.publish();
  const paths = await site.paths();
  expect(paths.filter((path) => /^tags\/[^/]*\/atom\.xml$/.test(path))).toHaveLength(2000);
  expect((await site.read("feeds.opml")).match(/xmlUrl="[^"]*\/tags\//g)).toHaveLength(2000);
  expect(Buffer.byteLength(await site.read("index.html"))).toBeLessThan(30_000);
});
