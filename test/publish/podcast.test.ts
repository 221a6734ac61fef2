/** The site as a podcast, over runs: what apps know it by stays. */
import { expect, test } from "vitest";
import { mintPodcastGuid } from "../../lib/state/ids.ts";
import { post, SITE, type World, world } from "../support/world.ts";

const podcastSite = (rest = "", base = SITE) => `${base}podcast: { categories: [Technology]${rest} }\n`;
const EPISODE = { audio: '{ url: "https://cdn.example.org/1.mp3", length: 5 }', tags: "[show]" };

const guidIn = async (site: World, path = "rss.xml") => /<podcast:guid>([^<]*)</.exec(await site.read(path))?.[1];

test("a podcast's guid is the UUIDv5 of its feed's address without the scheme", () => {
  // The example of the podcast namespace's own specification.
  expect(mintPodcastGuid("https://mp3s.nashownotes.com/pc20rss.xml")).toBe("917393e3-1b1e-5cef-ace4-edaa54e1f810");
});

test("a podcast's guid stays when its address, its channel or its title change, unless its owner names one", async () => {
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

test("only the channel that is the podcast says so; its episodes are episodes everywhere", async () => {
  const site = await world({ "posts/a.md": post({ ...EPISODE, episode: "3" }) }, podcastSite(", channel: tags/show"));
  await site.publish();
  expect(await site.read("tags/show/rss.xml")).toContain('<itunes:category text="Technology"/>');
  expect(await site.read("rss.xml")).not.toContain("itunes:category");
  expect(await site.read("rss.xml")).toContain("<itunes:episode>3</itunes:episode>");
});
