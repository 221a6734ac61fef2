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
      { code: "site-podcast", message: expect.stringContaining("its limit leaves out the oldest 10 of its episodes") },
    ]);
    expect(await itemsIn(site)).toBe(20);
  });

  test("carries all episodes, and of posts without a recording the newest; those are in the archives", async () => {
    const texts = Object.fromEntries(
      Array.from({ length: 10 }, (_, i) => [
        `posts/t${i}.md`,
        post({ title: `Text ${i}`, date: `2023-0${1 + (i % 9)}-10` }),
      ]),
    );
    const site = await world({ ...texts, ...episodes(25) }, podcastSite("", ARCHIVED));
    await site.publish();
    expect(await itemsIn(site)).toBe(25);
    expect(await site.read("rss.xml")).not.toContain("Text ");
    expect(await site.read("rss.xml")).toContain("prev-archive");
    expect(await site.read("archive/2023-01/rss.xml")).toContain("Text 0");
    await site.write("posts/t0.md", post({ title: "Text 0", date: "2026-05-30" }));
    await site.publish();
    expect(await itemsIn(site)).toBe(26);
  });

  test("leaves out its oldest episodes where a document has no room for them, and its owner is told", async () => {
    const long = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [
        `posts/e${i}.md`,
        episode(i).replace("Some words.", "Some words. ".repeat(50)),
      ]),
    );
    const site = await world(long, `${podcastSite("", ARCHIVED)}guard: { bytes: 60000 }\n`);
    const report = await site.publish();
    expect(report.refused).toBeUndefined();
    const carried = (await itemsIn(site)) ?? 0;
    expect(carried).toBeGreaterThan(25);
    expect(carried).toBeLessThan(60);
    expect(report.problems.map(({ message }) => message).join()).toContain(
      `it has no room for the oldest ${60 - carried} of its episodes`,
    );
    expect(await site.read("rss.xml")).toContain("prev-archive");
    expect(await site.read("rss.xml")).not.toContain("fh:complete");
  });
});
