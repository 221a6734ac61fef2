/** What a change of the site's footer, and of how it reads names of emoji, does to what is published. */
import { expect, test } from "vitest";
import { packsOf } from "../support/packs.ts";
import { NOW, SITE, world } from "../support/world.ts";

test("a new footer is in every feed, renders no post anew, and moves no date", async () => {
  const site = await world({ "posts/2024-03-01-a.md": "---\ntitle: A\ntags: [weirs]\n---\nWords.\n" });
  await site.publish({ now: NOW });
  const before = JSON.parse(await site.read("feed.json")).items[0];
  const written = await packsOf(site);

  await site.write("site.yaml", `${SITE}footer: "[{title}]({url})"\n`);
  const later = new Date("2026-07-01T12:00:00Z");
  const report = await site.publish({ now: later });
  const footer = '<p><a href="https://example.com/2024/03/01/a/">A</a></p>';
  for (const path of ["rss.xml", "atom.xml", "tags/weirs/rss.xml", "tags/weirs/atom.xml"]) {
    expect(await site.read(path)).toContain(footer);
  }
  expect(JSON.parse(await site.read("feed.json")).items[0]).toEqual({
    ...before,
    content_html: `<p>Words.</p>\n${footer}`,
  });
  expect(report.put).toHaveLength(6);
  expect(await packsOf(site)).toEqual(written);
  expect((await site.publish({ now: later })).put).toEqual([]);
});

test("emoji: false renders posts anew that have names of emoji, and no others, and moves no date", async () => {
  const site = await world({
    "posts/2024-03-01-a.md": "---\ntitle: A\ntags: [weirs]\n---\nDone :tada:\n",
    "posts/2024-03-02-b.md": "---\ntitle: B\ntags: [fords]\n---\nAt 10:30:45, `no` name.\n",
  });
  await site.publish({ now: NOW });
  const before = JSON.parse(await site.read("tags/weirs/feed.json")).items[0];
  await site.write("site.yaml", `${SITE}emoji: false\n`);
  const later = new Date("2026-07-01T12:00:00Z");
  const report = await site.publish({ now: later });
  expect(JSON.parse(await site.read("tags/weirs/feed.json")).items[0]).toEqual({
    ...before,
    content_html: "<p>Done :tada:</p>",
    summary: "Done :tada:",
  });
  expect(report.entries.rendered).toBe(1);
  expect(report.put.map(({ path }) => path).filter((path) => path.startsWith("tags/fords/"))).toEqual([]);
  expect((await site.publish({ now: later })).put).toEqual([]);
});
