/** The site as a podcast over several runs: its guid stays. */
import { expect, test } from "vitest";
import { post, SITE, type World, world } from "../../support/world.ts";

const podcastSite = (rest = "", base = SITE) => `${base}podcast: { categories: [Technology]${rest} }\n`;
const EPISODE = { audio: '{ url: "https://cdn.example.org/1.mp3", length: 5 }', tags: "[show]" };

const guidIn = async (site: World, path = "rss.xml") => /<podcast:guid>([^<]*)</.exec(await site.read(path))?.[1];

test("a podcast's guid stays when its address, channel or title changes, unless site.yaml gives one", async () => {
  const site = await world({ "posts/a.md": post(EPISODE) }, podcastSite());
  await site.publish();
  const guid = await guidIn(site);
  expect(guid).toBeDefined();
  await site.write(
    "site.yaml",
    podcastSite(", channel: tags/show", SITE.replace("feeds.example.com", "other.example")),
  );
  await site.publish();
  expect(await guidIn(site, "tags/show/rss.xml")).toBe(guid);
  expect(await guidIn(site)).toBeUndefined();

  const own = "917393e3-1b1e-5cef-ace4-edaa54e1f810";
  await site.write("site.yaml", podcastSite(`, guid: ${own.toUpperCase()}`));
  await site.publish();
  expect(await guidIn(site)).toBe(own);
});

test("only the channel that is the podcast has its categories, while episodes are marked in every channel", async () => {
  const site = await world({ "posts/a.md": post({ ...EPISODE, episode: "3" }) }, podcastSite(", channel: tags/show"));
  await site.publish();
  expect(await site.read("tags/show/rss.xml")).toContain('<itunes:category text="Technology"/>');
  expect(await site.read("rss.xml")).not.toContain("itunes:category");
  expect(await site.read("rss.xml")).toContain("<itunes:episode>3</itunes:episode>");
});
