/** Taxonomies of the owner's own: channels that come with `site.yaml`, and are there again when the ledger was lost. */
import { expect, test } from "vitest";
import { post, SITE, world } from "../support/world.ts";
import { loseState } from "./load/past.ts";

const OWN = SITE.replace("kinds:", "taxonomies: [series]\nkinds:");
const inSeries = (paths: readonly string[]) =>
  paths.filter((path) => path.startsWith("series/") && path.endsWith("feed.json"));

test("a taxonomy that the owner adds later has the channels of the posts that are there already", async () => {
  const site = await world({
    "posts/a.md": post({ title: "A", series: "Weirs, and how they break" }),
    "posts/b.md": post({ title: "B", series: '["Weirs, and how they break", "Rural video"]' }),
    "posts/c.md": post({ title: "C" }),
  });
  await site.publish();
  expect(inSeries(await site.paths())).toEqual([]);
  await site.write("site.yaml", OWN);
  await site.publish();
  const [rural = "", weirs = ""] = inSeries(await site.paths());
  expect([rural, weirs]).toEqual(["series/rural-video/feed.json", expect.stringMatching(/^series\/weirs-and-how/)]);
  expect(
    JSON.parse(await site.read(weirs))
      .items.map(({ title }: { title: string }) => title)
      .sort(),
  ).toEqual(["A", "B"]);
  expect(await site.read("feeds.opml")).toContain('<outline text="Series" title="Series">');
  expect((await site.publish()).put).toEqual([]);
});

test("a post that has moved to another name leaves a tombstone, also after the ledger was lost", async () => {
  const site = await world({
    "site.yaml": OWN,
    "posts/a.md": post({ title: "A", series: "Weirs" }),
    "posts/b.md": post({ title: "B", series: "Weirs" }),
  });
  await site.publish();
  const before = await site.dump(site.public);
  await loseState(site);
  await site.publish({ rebuild: true });
  expect(await site.dump(site.public)).toEqual(before);
  await site.remove("posts/a.md");
  await site.publish();
  expect(await site.read("series/weirs/atom.xml")).toMatch(/<at:deleted-entry[^>]*posts\/a"/);
});
