/** What a change of the site's footer does to what is published. */
import { expect, test } from "vitest";
import { NOW, SITE, world } from "../support/world.ts";

test("a new footer is in every feed, renders no post anew, and moves no date", async () => {
  const site = await world({ "posts/2024-03-01-a.md": "---\ntitle: A\ntags: [weirs]\n---\nWords.\n" });
  await site.publish({ now: NOW });
  const before = JSON.parse(await site.read("feed.json")).items[0];
  const written = Object.keys(await site.dump(site.state)).filter((key) => key.startsWith("entries/"));

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
  expect(Object.keys(await site.dump(site.state)).filter((key) => key.startsWith("entries/"))).toEqual(written);
  expect((await site.publish({ now: later })).put).toEqual([]);
});
