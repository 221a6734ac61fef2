/** How much of a post a feed carries: the whole text, or the summary. */
import { describe, expect, test } from "vitest";
import { post, putPaths, SITE, siteAndTags, type World, world } from "../../support/world.ts";

const itemsOf = async (site: World, path: string) => JSON.parse(await site.read(path)).items;
const BODY = "First words.\n\nAnd the rest.\n";

describe("the content of a feed", () => {
  test("is the whole text, or the summary if site.yaml, the channel or the post say so, the post overriding both", async () => {
    const posts = {
      "posts/a.md": post({ tags: "x" }, BODY),
      "posts/b.md": post({ tags: "x", content: "full", date: "2026-01-01" }, BODY),
      "posts/c.md": post({ tags: "x", content: "summary", date: "2025-01-01" }, BODY),
    };
    const site = await world(posts);
    const shown = async (path: string) =>
      (await itemsOf(site, path)).map((item: object) => ("content_html" in item ? "full" : "summary"));
    await site.publish();
    expect(await shown("feed.json")).toEqual(["full", "full", "summary"]);
    await site.write("site.yaml", SITE.replace("kinds: {", "kinds: { tags: { content: summary },"));
    const report = await site.publish();
    expect(putPaths(report)).toEqual(siteAndTags("x").filter((path) => path.startsWith("tags/")));
    expect(await shown("feed.json")).toEqual(["full", "full", "summary"]);
    expect(await shown("tags/x/feed.json")).toEqual(["summary", "full", "summary"]);
    await site.write("site.yaml", `${SITE.replace("kinds: {", "kinds: { tags: { content: full },")}content: summary\n`);
    await site.publish();
    expect(await shown("feed.json")).toEqual(["summary", "full", "summary"]);
    expect(await shown("tags/x/feed.json")).toEqual(["full", "full", "summary"]);
  });

  test("as a summary has the description and nothing of the rest, in every format", async () => {
    const site = await world({ "posts/a.md": post({}, BODY) }, `${SITE}content: summary\n`);
    await site.publish();
    const documents = await site.dump(site.public);
    for (const [path, text] of Object.entries(documents)) {
      if (siteAndTags().includes(path)) expect(text).toContain("First words.");
      expect(text).not.toContain("And the rest.");
    }
    expect(documents["atom.xml"]).not.toContain("<content");
    expect(documents["rss.xml"]).not.toContain("<content:encoded");
    expect((await itemsOf(site, "feed.json"))[0]).toMatchObject({ content_text: "First words." });
  });

  test("as a summary has the pictures and films of a post without words, wherever these are named, and its description", async () => {
    const film = '<video controls="" src="https://example.com/weir.mp4"></video>';
    const posts = {
      "posts/a.md": post({}, "![A weir](https://example.com/weir.jpg)\n"),
      "posts/b.md": post({ photos: "[https://example.com/gate.jpg]", date: "2026-01-01" }, ""),
      "posts/c.md": post({ date: "2025-12-31" }, `${film}\n`),
      "posts/d.md": post({ date: "2025-12-30", description: "Dawn, R&D" }, "![](https://example.com/dawn.jpg)\n"),
    };
    const site = await world(posts, `${SITE}content: summary\n`);
    await site.publish();
    expect(
      (await itemsOf(site, "feed.json")).map(({ content_html }: { content_html: string }) => content_html),
    ).toEqual([
      expect.stringContaining('<img src="https://example.com/weir.jpg" alt="A weir"'),
      expect.stringContaining('<img src="https://example.com/gate.jpg"'),
      expect.stringContaining('src="https://example.com/weir.mp4"'),
      '<p><img src="https://example.com/dawn.jpg" alt=""></p>\n<p>Dawn, R&amp;D</p>',
    ]);
  });

  test("has as its summary the first paragraph with words beside those of links to recordings", async () => {
    const posts = {
      "posts/a.md": post({}, "[Interview](https://example.org/a.mp3?x=1)\n\nAt the weir.\n"),
      "posts/b.md": post({ date: "2026-01-01" }, "[Listen](https://example.org/a.mp3), or read.\n\nAt the weir.\n"),
      "posts/c.md": post({ date: "2025-12-31" }, "[The program](https://example.org/a.ts)\n\nAt the weir.\n"),
    };
    const site = await world(posts);
    await site.publish();
    const items = await itemsOf(site, "feed.json");
    expect(items.map(({ summary }: { summary: string }) => summary)).toEqual([
      "At the weir.",
      "Listen, or read.",
      "The program",
    ]);
  });

  test("of a link post names the page that it links to, beside its own address", async () => {
    const site = await world({ "posts/a.md": post({ external_url: "https://other.example/a?b=1&c=2" }) });
    await site.publish();
    expect((await itemsOf(site, "feed.json"))[0]).toMatchObject({
      url: "https://example.com/2026/01/02/a/",
      external_url: "https://other.example/a?b=1&c=2",
    });
    expect(await site.read("atom.xml")).toContain('<link rel="related" href="https://other.example/a?b=1&amp;c=2"/>');
  });
});
