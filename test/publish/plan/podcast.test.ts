/** The site as a podcast over several runs: its guid stays. */
import { describe, expect, test } from "vitest";
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

describe("a podcast", () => {
  const episode = (n: number, rest: { readonly [key: string]: string } = {}) =>
    post({
      title: `Talk ${n}`,
      date: new Date(Date.UTC(2024, 0, 1) + n * 14 * 86_400_000).toISOString(),
      audio: `{ url: "https://cdn.example.org/${n}.mp3", length: 1000 }`,
      ...rest,
    });
  const episodes = (count: number, rest?: { readonly [key: string]: string }) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`posts/e${i}.md`, episode(i, rest)]));
  const ARCHIVED = SITE.replace("archives: false\n", "");
  const itemsIn = async (site: World, path = "rss.xml") => (await site.read(path)).match(/<item>/g)?.length;

  test("carries every episode, says that it is complete, and has no archives", async () => {
    const site = await world(episodes(45), podcastSite("", ARCHIVED));
    expect((await site.publish()).problems.map(({ code }) => code)).toEqual(["site-podcast"]); // of the picture
    expect(await itemsIn(site)).toBe(45);
    expect(await site.read("rss.xml")).toContain("<fh:complete/>");
    expect(await site.read("rss.xml")).not.toContain("prev-archive");
    expect((await site.paths()).filter((path) => path.startsWith("archive/"))).toEqual([]);
  });

  test("that is a tag does so, beside a site that keeps to its limit", async () => {
    const site = await world(
      episodes(30, { tags: "[show, other]" }),
      `${podcastSite(", channel: tags/show")}limit: 5\n`,
    );
    await site.publish();
    expect([await itemsIn(site, "tags/show/rss.xml"), await itemsIn(site, "tags/other/rss.xml")]).toEqual([30, 5]);
    expect(await itemsIn(site)).toBe(5);
    expect(await site.read("tags/show/atom.xml")).toContain("<fh:complete/>");
  });

  test("keeps to a limit of its own, and its owner is told what is left out", async () => {
    const site = await world(episodes(30), `${podcastSite(", image: https://example.org/c.png")}limit: 20\n`);
    const { problems } = await site.publish();
    expect(problems).toMatchObject([
      { code: "site-podcast", message: expect.stringContaining("its limit leaves out its oldest 10 episodes") },
    ]);
    expect(await itemsIn(site)).toBe(20);
  });

  test("carries posts without a recording too, so that it stays complete and its archives do not come and go", async () => {
    const texts = Object.fromEntries(
      Array.from({ length: 10 }, (_, i) => [
        `posts/t${i}.md`,
        post({ title: `Text ${i}`, date: `2023-0${1 + (i % 9)}-10` }),
      ]),
    );
    const site = await world({ ...texts, ...episodes(25) }, podcastSite("", ARCHIVED));
    await site.publish();
    expect(await itemsIn(site)).toBe(35);
    expect(await site.read("rss.xml")).toContain("<fh:complete/>");
    expect((await site.paths()).filter((path) => path.startsWith("archive/"))).toEqual([]);
  });

  test("leaves out what it has no room for, and its owner is told: posts without a recording, then the oldest episodes", async () => {
    const rich = {
      cover: "https://cdn.example.org/covers/a.jpg",
      transcript: "https://cdn.example.org/transcripts/a.vtt",
      chapters: "https://cdn.example.org/chapters/a.json",
      guests: "[{ name: Lin, url: https://example.org/lin }, { name: Ann, url: https://example.org/ann }]",
    };
    const text = post({ title: "Text", date: "2023-05-05" });
    const site = await world({ ...episodes(60, rich), "posts/t.md": text }, podcastSite("", ARCHIVED));
    for (const [bytes, least] of [
      [100_000, 25],
      [60_000, 20],
    ] as const) {
      await site.write("site.yaml", `${podcastSite("", ARCHIVED)}guard: { bytes: ${bytes} }\n`);
      const report = await site.publish();
      expect(report.refused).toBeUndefined();
      const rss = await site.read("rss.xml");
      const carried = (await itemsIn(site)) ?? 0;
      expect(carried).toBeGreaterThan(least);
      expect(carried).toBeLessThan(60);
      expect(rss.length).toBeLessThan(bytes);
      expect(report.problems.map(({ message }) => message).join()).toContain(
        `it has no room for its oldest ${60 - carried} episodes`,
      );
      expect(rss).toContain("prev-archive");
      expect(rss).not.toContain("fh:complete");
      expect(rss).not.toContain("<title>Text</title>");
      expect(await site.read("archive/2023-05/rss.xml")).toContain("<title>Text</title>");
    }
  });
});
