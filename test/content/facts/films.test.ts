/** Films on other sites that front matter names, and photos: pages show them above the text. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderEntry } from "../../../lib/content/entry.ts";
import { brief, parseWith, postWith, siteOf } from "../helpers.ts";

const ID = "AbCdEfGhIjK";
const YOUTUBE = `https://www.youtube.com/watch?v=${ID}`;

const entryOf = (front: string, body = "Text.\n") => renderEntry(postWith(front, { body }));
const hrefs = (front: string, body?: string) =>
  [...entryOf(front, body).html.matchAll(/ href="([^"]*)"/g)].map(([, href]) => href);

describe("a film", () => {
  test.each([
    [`youtube: ${ID}`, [YOUTUBE]],
    [`youtubeId: ${ID}`, [YOUTUBE]],
    [`youtube: https://youtu.be/${ID}?t=30`, [`${YOUTUBE}&amp;t=30s`]],
    [`youtube: [${ID}, -bcd_fghij1]`, [YOUTUBE, "https://www.youtube.com/watch?v=-bcd_fghij1"]],
    ["vimeo: 12345678", ["https://vimeo.com/12345678"]],
    ["bilibili: BV1xx411c7mD", ["https://www.bilibili.com/video/BV1xx411c7mD/"]],
    ["bvid: BV1xx411c7mD", ["https://www.bilibili.com/video/BV1xx411c7mD/"]],
    ["video_id: 12345678\nvideo_provider: vimeo", ["https://vimeo.com/12345678"]],
    [`video_id: ${ID}\nprovider: YouTube`, [YOUTUBE]],
    [`video_id: ${ID}`, [YOUTUBE]],
    [`video: //www.youtube.com/embed/${ID}`, [YOUTUBE]],
    [`video: { id: ${ID}, provider: youtube }`, [YOUTUBE]],
    [`video: { youtube: ${ID} }`, [YOUTUBE]],
    [`header:\n  video: { id: ${ID}, provider: youtube }`, [YOUTUBE]],
    [`params: { youtube: ${ID} }`, [YOUTUBE]],
    [
      "spotify: https://open.spotify.com/episode/0123456789abcdefABCDEF",
      ["https://open.spotify.com/episode/0123456789abcdefABCDEF"],
    ],
    ["youtube: riverchannel\nbilibili: 1234567\nvimeo: someone\nspotify: river", []],
    ["youtube: '@river'\nvideo: true\nembed: false", []],
    ["video_id: AbCdEfGhIjK\nvideo_provider: constructor", []],
    ["youtube: https://www.youtube.com/@river", []],
  ])("of %j is shown above the text, and told of by nobody", (front, addresses) => {
    expect(hrefs(front)).toEqual(addresses);
    expect(brief(parseWith(front).problems)).toEqual([]);
  });

  test("is shown as in a text", () => {
    const { html, summary } = entryOf(`youtube: ${ID}`);
    const picture = `<img src="https://i.ytimg.com/vi/${ID}/hqdefault.jpg" alt="YouTube">`;
    expect(html).toBe(`<p><a href="${YOUTUBE}">${picture}</a></p>\n<p>Text.</p>`);
    expect(summary).toBe("Text.");
  });

  test("that the text shows or leads to is not shown again", () => {
    const frame = `<iframe src="https://www.youtube-nocookie.com/embed/${ID}?start=3"></iframe>\n`;
    expect(hrefs(`youtube: ${ID}`, frame)).toHaveLength(1);
    expect(hrefs(`youtube: ${ID}`, `[The film](https://youtu.be/${ID})\n`)).toHaveLength(1);
    expect(hrefs("bilibili: BV1xx411c7mD", "<https://www.bilibili.com/video/BV1xx411c7mD>\n")).toHaveLength(1);
    expect(hrefs(`youtube: ${ID}`, "[Another](https://youtu.be/aaaaaaaaaa1)\n")).toHaveLength(2);
  });

  test("moves what counts as an update", () => {
    const digests = ["", `youtube: ${ID}`, "youtube: aaaaaaaaaa1"].map((front) => postWith(front).sourceDigest);
    expect(new Set(digests).size).toBe(3);
    const hashes = ["", `youtube: ${ID}`, "youtube: aaaaaaaaaa1"].map((front) => postWith(front).inputHash);
    expect(new Set(hashes).size).toBe(3);
  });
});

describe("photos", () => {
  const sources = (front: string, body?: string) =>
    [...entryOf(front, body).html.matchAll(/<img src="([^"]*)"(?: alt="([^"]*)")?/g)].map(([, src, alt]) => [src, alt]);

  test.each([
    ["photo: /a.jpg", [["https://example.org/a.jpg", ""]]],
    [
      "photos: [a.jpg, //x.example/d.jpg]",
      [
        ["https://example.org/2024/10/15/hello/a.jpg", ""],
        ["https://x.example/d.jpg", ""],
      ],
    ],
    [
      "photo:\n- { url: /a.jpg, alt: A heron }\n- { src: /b.jpg, title: The weir }\n- { image: /c.jpg, caption: Reeds }",
      [
        ["https://example.org/a.jpg", "A heron"],
        ["https://example.org/b.jpg", "The weir"],
        ["https://example.org/c.jpg", "Reeds"],
      ],
    ],
    [
      "photos: { url: /a.jpg, alt: 'One <b> \"two\"' }",
      [["https://example.org/a.jpg", "One &lt;b&gt; &quot;two&quot;"]],
    ],
    ["photos: [/a.jpg, /a.jpg]", [["https://example.org/a.jpg", ""]]],
    ["gallery: [/a.jpg]", [["https://example.org/a.jpg", ""]]],
    ["photo: [{ value: /a.jpg, alt: A heron }]", [["https://example.org/a.jpg", "A heron"]]],
    ["photo: '#ffffff'\nphotos: true\ngallery: ~", []],
    ["images: [/a.jpg]", []],
  ])("of %j are shown above the text", (front, shown) => expect(sources(front)).toEqual(shown));

  test("that the text shows, or to which a smaller picture leads, are not shown again", () => {
    const body = "![c](/c.jpg)\n\n[![d](/d-small.jpg)](/d.jpg)\n\n[e](/e.jpg)\n";
    const shown = sources("photos: [/c.jpg, /d.jpg, /e.jpg]", body).map(([src]) => src);
    expect(shown).toEqual(["e", "c", "d-small"].map((name) => `https://example.org/${name}.jpg`));
  });

  test("give a post without words its summary and its picture", () => {
    const entry = entryOf("photo: [{ url: /a.jpg, alt: A heron }, { url: /b.jpg, alt: B }]", "");
    expect(entry).toMatchObject({ summary: "A heron, B", image: "https://example.org/a.jpg" });
    expect(entryOf("photo: [{ url: /a.jpg, alt: A heron }]")).toMatchObject({ summary: "Text." });
  });

  test("are below the root of the site in Hexo, and in Jekyll a gallery is where the text includes it", () => {
    const hexo = siteOf({ url: "https://user.example/blog/", dialect: "hexo" });
    expect(renderEntry(postWith("photos: [/img/p.jpg]", { site: hexo })).html).toContain(
      '<img src="https://user.example/blog/img/p.jpg"',
    );
    expect(renderEntry(postWith("gallery: [/g.jpg]", { site: siteOf({ dialect: "jekyll" }) })).html).toBe(
      "<p>Text.</p>",
    );
  });
});

test("nothing that an author writes under such keys breaks an entry, and its HTML stays safe", () => {
  const keys = fc.constantFrom("youtube", "video", "video_id", "photo", "photos", "gallery", "bilibili");
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.webUrl(), fc.stringMatching(/^[\w-]{11}$/));
  const value = fc.oneof(text, fc.array(text), fc.dictionary(fc.constantFrom("id", "url", "alt", "provider"), text));
  fc.assert(
    fc.property(keys, value, (key, written) => {
      const { html } = entryOf(`${key}: ${JSON.stringify(written)}`);
      expect(html).toMatch(/<p>Text\.<\/p>$/);
      expect(html).not.toMatch(/<script|javascript:/i);
    }),
  );
});
