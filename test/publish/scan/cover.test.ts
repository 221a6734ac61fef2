/** The podcast's picture, where it is a file of the content. */
import { describe, expect, test } from "vitest";
import { jpeg, png } from "../../support/pictures.ts";
import { post, SITE, world } from "../../support/world.ts";

const podcast = (image: string) => `${SITE}podcast: { categories: [Technology], image: "${image}" }\n`;
const IMAGE = podcast("https://example.com/media/cover.png");

/** The warnings about the podcast, with a file in the content. */
async function warnings(yaml: string, key: string, body: Uint8Array): Promise<readonly string[]> {
  const site = await world({ "posts/a.md": post({}) }, yaml);
  await site.content.put(key, body, { contentType: "image/png" });
  const { problems } = await site.publish();
  return problems.filter(({ code }) => code === "site-podcast").map(({ message, file }) => `${file}: ${message}`);
}

describe("the podcast's picture", () => {
  test.each([
    ["a PNG of 1400 pixels", png(1400, 1400)],
    ["a JPEG of 3000 pixels", jpeg(3000, 3000)],
  ])("may be %s", async (_, body) => expect(await warnings(IMAGE, "media/cover.png", body)).toEqual([]));

  test.each([
    ["media/cover.png is 1399 × 1399 pixels, which directories refuse", png(1399, 1399)],
    ["media/cover.png is 3001 × 3001 pixels, which directories refuse", jpeg(3001, 3001)],
    ["media/cover.png is 1400 × 1500 pixels, which directories refuse", jpeg(1400, 1500)],
    ["media/cover.png is neither JPEG nor PNG, which directories demand", Buffer.from("RIFFxxxxWEBPVP8 ")],
  ])("is a warning: %s", async (message, body) => {
    expect(await warnings(IMAGE, "media/cover.png", body)).toEqual([`site.yaml: podcast.image: ${message}`]);
  });

  test("is missed below media/, where the content is served from, and nowhere else", async () => {
    expect(await warnings(IMAGE, "media/other.png", png(9, 9))).toEqual([
      "site.yaml: podcast.image: the content store has no https://example.com/media/cover.png",
    ]);
    const elsewhere = ["https://example.com/images/cover.png", "https://other.example/media/cover.png"];
    for (const image of elsewhere) expect(await warnings(podcast(image), "media/other.png", png(9, 9))).toEqual([]);
  });

  test.each([
    ["static/media/cover.png", "https://example.com/media/cover.png", ""],
    ["media/封面 1.png", "https://example.com/media/封面 1.png", ""],
    ["images/cover.png", "https://example.com/images/cover.png", ""],
    ["media/cover.png", "https://feeds.example.com/media/cover.png", ""],
    ["media/cover.png", "https://media.example.net/media/cover.png", "media: https://media.example.net/\n"],
  ])("is found at %s for %s", async (key, image, more) => {
    expect(await warnings(podcast(image) + more, key, png(600, 600))).toEqual([
      `site.yaml: podcast.image: ${key} is 600 × 600 pixels, which directories refuse`,
    ]);
  });

  test("is the site's icon where the podcast has none of its own", async () => {
    const yaml = `${SITE}icon: https://example.com/media/icon.png\npodcast: { categories: [Technology] }\n`;
    expect(await warnings(yaml, "media/icon.png", png(512, 512))).toEqual([
      "site.yaml: icon, the podcast's picture: media/icon.png is 512 × 512 pixels, which directories refuse",
    ]);
  });

  test("is not looked at by a run with hints that do not name it", async () => {
    const site = await world({ "posts/a.md": post({}) }, IMAGE);
    await site.content.put("media/cover.png", png(600, 600), { contentType: "image/png" });
    await site.publish();
    const read: string[] = [];
    const content = {
      ...site.content,
      list(prefix: string) {
        read.push(prefix);
        return site.content.list(prefix);
      },
      get(key: string, known?: string) {
        read.push(key);
        return site.content.get(key, known);
      },
    };
    const codesFor = async (hints: readonly string[]) =>
      (await site.publish({ content, hints })).problems.map(({ code }) => code);
    expect(await codesFor(["posts/a.md"])).toEqual([]);
    expect(read.filter((key) => key.includes("cover"))).toEqual([]);
    expect(await codesFor(["media/cover.png"])).toEqual(["site-podcast"]);
  });
});
