/** Feeds as other systems write them: what is read from them, and their ids byte for byte. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FeedError } from "../../lib/adopt/feeds.ts";
import { agreedEntries, distinctEntries, type FormerEntry, parseFormerFeed } from "../../lib/adopt/former.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const sample = (name: string, address?: string) => parseFormerFeed(readFileSync(`test/adopt/feeds/${name}`), address);
const rss = (items: string, head = "") =>
  `<rss version="2.0"><channel><title>t</title><link>https://example.com/</link>${head}${items}</channel></rss>`;
const rssIds = (items: string) => parseFormerFeed(bytes(rss(items))).entries.map(({ id }) => id);

describe("a feed of", () => {
  const tea: Partial<FormerEntry> = { published: "2024-02-01T07:30:00Z" };
  const cases: readonly (readonly [name: string, first: Partial<FormerEntry>])[] = [
    [
      "wordpress.xml",
      {
        ...tea,
        format: "rss",
        id: "https://example.com/?p=42&lang=en",
        link: "https://example.com/2024/02/01/tea-water/",
      },
    ],
    [
      "jekyll.xml",
      {
        ...{ ...tea, format: "atom", id: "https://example.com/2024/02/01/tea-water" },
        ...{ link: "https://example.com/2024/02/01/tea-water.html", updated: "2024-02-01T01:00:00Z" },
      },
    ],
    ["hugo.xml", { ...tea, format: "rss", id: "https://example.com/posts/tea-water/", isPermaLink: true }],
    ["ghost.xml", { ...tea, format: "rss", id: "65b9f0c1a2b3c4d5e6f70819", title: `Tea & "water"` }],
    [
      "hexo.xml",
      {
        ...{ format: "atom", id: "https://example.com/2024/01/15/%E6%98%A5%E8%8C%B6/", title: "春茶" },
        ...{ published: "2024-01-15T00:00:00Z", updated: "2024-01-20T01:02:03Z" },
      },
    ],
    ["eleventy.json", { ...tea, format: "json", id: " 17 ", updated: "2024-02-03T00:00:00Z" }],
    ["rdf.xml", { ...tea, format: "rss", id: "https://example.com/tea-water.html" }],
  ];

  test.each(cases)("%s is read", (name, first) => {
    expect(sample(name).entries[0]).toMatchObject(first);
  });

  test("WordPress has no guid that is an address", () => {
    expect(sample("wordpress.xml").entries.filter(({ isPermaLink }) => isPermaLink)).toEqual([]);
  });

  test("WordPress continues at the numbered page, if it came from the web", () => {
    expect(sample("wordpress.xml").next).toBeUndefined();
    const first = sample("wordpress.xml", "https://example.com/feed/");
    expect(first).toMatchObject({ next: "https://example.com/feed/?paged=2", isGuess: true });
    expect(sample("wordpress.xml", "https://example.com/feed/?paged=2").next).toBe("https://example.com/feed/?paged=3");
  });

  test("JSON continues at its next_url, and a number as id is read as text", () => {
    const { entries, next } = sample("eleventy.json", "https://example.com/feed.json");
    expect(next).toBe("https://example.com/feed-2.json");
    expect(entries[1]).toEqual({ format: "json", id: "18", link: "https://example.com/spring-tea/" });
  });
});

describe("an id", () => {
  test("keeps the spaces that XML keeps", () => {
    expect(rssIds("<item><guid isPermaLink='false'>\n  a  b\t</guid></item>")).toEqual(["\n  a  b\t"]);
    expect(rssIds("<item><guid>a\r\nb&#13;c&#xA0;</guid></item>")).toEqual(["a\nb\rc\u00a0"]);
  });

  test("is decoded exactly once", () => {
    expect(rssIds("<item><guid>&amp;amp;&lt;&#38;lt;</guid></item>")).toEqual(["&amp;<&lt;"]);
    expect(rssIds("<item><guid>x<![CDATA[ y&amp; ]]>z<!-- no -->!</guid></item>")).toEqual(["x y&amp; z!"]);
  });

  test("with an entity that only HTML defines is decoded, as lenient readers do", () => {
    expect(rssIds("<item><guid>a&eacute;b</guid></item><item><guid> c</guid></item>")).toEqual(["aéb", " c"]);
  });

  test("that is missing, empty or blank is replaced by the link, by which readers know the entry", () => {
    const link = "<link>https://example.com/a</link>";
    for (const guid of ["", "<guid></guid>", "<guid/>", "<guid> \n </guid>"]) {
      const { entries } = parseFormerFeed(bytes(rss(`<item><title>t</title>${guid}${link}</item>`)));
      expect(entries).toMatchObject([{ id: "https://example.com/a", isPermaLink: true }]);
    }
  });

  test("of an entry that has no link either is missing, and such entries are counted", () => {
    const feed = parseFormerFeed(bytes(rss("<item><title>t</title></item><item><guid>b</guid></item>")));
    expect(feed).toMatchObject({ entries: [{ id: "b" }], nameless: 1 });
  });

  test("belongs to its entry, even if the neighbours have none", () => {
    expect(
      rssIds("<item><guid> a</guid></item><item/><item><title>x</title></item><item><guid>b </guid></item>"),
    ).toEqual([...[" a", "b "]]);
  });

  test("of the source element is not the id of the entry", () => {
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><id>f</id><title>t</title><entry><source><id>s</id></source>
      <id>e </id><title>x</title></entry></feed>`;
    expect(parseFormerFeed(bytes(atom)).entries.map(({ id }) => id)).toEqual(["e "]);
  });

  test("in JSON is kept, whatever characters it has", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary", minLength: 1 })), (ids) => {
        const filled = ids.filter((id) => id.trim() !== "");
        const items = filled.map((id) => ({ id, content_text: "x" }));
        const feed = {
          version: "https://jsonfeed.org/version/1.1",
          title: "t",
          items: [...items, { content_text: "y" }],
        };
        const { entries } = parseFormerFeed(bytes(JSON.stringify(feed)));
        expect(entries.map(({ id }) => id)).toEqual(filled);
      }),
    );
  });
});

describe("a feed", () => {
  test("is read in the encoding that it names", () => {
    const head = `<?xml version="1.0" encoding="gbk"?>`;
    const [before = "", after = ""] = rss("<item><guid>春茶</guid></item>").split("春茶");
    const gbk = Buffer.concat([Buffer.from(head + before), Buffer.from([0xb4, 0xba, 0xb2, 0xe8]), Buffer.from(after)]);
    expect(parseFormerFeed(gbk).entries[0]?.id).toBe("春茶");
    const utf16 = Buffer.from(`\ufeff${rss("<item><guid>春茶</guid></item>")}`, "utf16le");
    expect(parseFormerFeed(utf16).entries[0]?.id).toBe("春茶");
  });

  test("is refused if it is not a feed or has an unknown encoding", () => {
    const inGreek = `<?xml version="1.0" encoding="klingon"?><rss/>`;
    for (const text of ["", "<html><body>404</body></html>", "{}", "{", "[1]", "plain", inGreek, "<rss><channel>"]) {
      expect(() => parseFormerFeed(bytes(text)), text).toThrow(FeedError);
    }
    expect(() => parseFormerFeed(Uint8Array.of(0x3c, 0xff))).toThrow("it is not in the encoding that it names (utf-8)");
  });

  test("that ends within an entry is refused, since its last id may be part of one", () => {
    const half = rss("<item><guid>a</guid></item><item><guid>https://example.com/?p=12</guid></item>").split(
      "2</guid>",
    )[0];
    expect(() => parseFormerFeed(bytes(half ?? ""))).toThrow("it is broken, or ends in the middle of an entry");
  });

  test("without an entry and with tags that are not closed is refused: the entries may be in what is broken", () => {
    for (const broken of [rss("<itm><guid>a</guid></item>"), "<rss><channel><title>t", rss("<title>t<title><item>")]) {
      expect(() => parseFormerFeed(bytes(broken)), broken).toThrow("it is broken");
    }
    expect(parseFormerFeed(bytes(rss("<title>t</title>"))).entries).toEqual([]);
  });

  test("never throws anything else", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.constantFrom("", "{", "<rss>", "<feed>", "<?xml "),
        (text, start) => {
          try {
            parseFormerFeed(bytes(start + text));
          } catch (error) {
            expect(error).toBeInstanceOf(FeedError);
          }
        },
      ),
    );
  });

  test("has no address where a link is blank", () => {
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><link rel="next" href=" "/>
      <entry><link href=""/><title>x</title></entry></feed>`;
    const read = parseFormerFeed(bytes(atom), "https://example.com/feed/");
    expect([read.entries, read.nameless, read.next]).toEqual([[], 1, undefined]);
    const item = { url: "", external_url: " https://e.example/ ", title: 7 };
    const json = { version: "https://jsonfeed.org/version/1.1", title: "t", next_url: "", items: item };
    const { entries, next } = parseFormerFeed(bytes(JSON.stringify(json)), "https://example.com/feed.json");
    expect([entries, next]).toEqual([
      [{ format: "json", id: "https://e.example/", link: "https://e.example/", title: "7" }],
      undefined,
    ]);
  });

  test("links to older entries by next, else by prev-archive, in any order", () => {
    const link = (rel: string, href: string) =>
      `<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="${rel}" href="${href}"/>`;
    const next = (links: string) =>
      parseFormerFeed(bytes(rss("<item><guid>a</guid></item>", links)), "https://example.com/feeds/rss.xml").next;
    expect(next(link("prev-archive", "../old.xml"))).toBe("https://example.com/old.xml");
    expect(next(link("prev-archive", "old.xml") + link("next", "?page=2"))).toBe(
      "https://example.com/feeds/rss.xml?page=2",
    );
  });

  test("that overlaps with another gives each entry once", () => {
    const one = parseFormerFeed(bytes(rss("<item><guid>a</guid><title>new</title></item><item><guid>b</guid></item>")));
    const two = parseFormerFeed(bytes(rss("<item><guid>a</guid><title>old</title></item><item><guid>c</guid></item>")));
    expect(distinctEntries([one, two]).map(({ id, title = "" }) => id + title)).toEqual(["anew", "b", "c"]);
  });

  test("that gives a page another id than one named before is not believed, unless its entries share their link", () => {
    const feed = (...items: readonly (readonly [id: string, link: string])[]) => [
      parseFormerFeed(
        bytes(rss(items.map(([id, link]) => `<item><guid>${id}</guid><link>${link}</link></item>`).join(""))),
      ),
    ];
    const [page, home] = ["https://example.com/a/", "https://example.com/"];
    const sources = [
      feed(["a", page], ["b", home], ["c", home]),
      feed(["a", page], ["d", home]),
      feed(["other", page.replace("https", "http")]),
    ];
    const { entries, contradicted } = agreedEntries(sources);
    expect(entries.map(({ id }) => id)).toEqual(["a", "b", "c", "d"]);
    expect(contradicted.map(({ entry, by }) => [entry.id, by.id])).toEqual([["other", "a"]]);
  });
});
