/** The page of a channel: its content, its language, and that it is small and well-formed whatever authors write. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { Parser } from "htmlparser2";
import { describe, expect, test } from "vitest";
import { present } from "../../lib/base/optional.ts";
import { oneLine } from "../../lib/base/text.ts";
import type { CountedListing } from "../../lib/formats/directory.ts";
import { wordsOf } from "../../lib/formats/page/words/lookup.ts";
import { renderPage } from "../../lib/formats/page.ts";
import type { PageDocument } from "../../lib/formats/types.ts";
import type { Media } from "../../lib/model.ts";
import { elementsOf } from "../support/markup.ts";
import { anyText } from "../support/nasty.ts";
import { FEEDS, sampleChannel, sampleItem, sampleListing, samplePage, samplePodcast } from "./samples.ts";

const textsOf = (html: string, name: string) =>
  elementsOf(html).flatMap((each) => (each.name === name ? [each.text] : []));
const linksOf = (html: string) =>
  elementsOf(html).flatMap(({ name, attributes: { href = "" } }) => (name === "a" ? [href] : []));
const addressesOf = (html: string) =>
  elementsOf(html).flatMap(({ attributes }) => (attributes["class"] === "address" ? [attributes["href"]] : []));
const sizeOf = (html: string) => Buffer.byteLength(html);

/** The names of elements, and all text, as an HTML parser reads them. */
function readAsHtml(html: string): { readonly names: readonly string[]; readonly texts: readonly string[] } {
  const names: string[] = [];
  const texts: string[] = [];
  const parser = new Parser(
    { onopentagname: (name) => names.push(name), ontext: (text) => texts.push(text) },
    { decodeEntities: true },
  );
  parser.end(html);
  return { names, texts };
}

describe("a page", () => {
  test("describes its channel and has the address of each feed", () => {
    const html = renderPage(
      samplePage({ channel: sampleChannel("tags/water", { description: "All about water" }), total: 12 }),
    );
    expect(textsOf(html, "title")).toEqual(["Field notes: water"]);
    expect(textsOf(html, "h1")).toEqual(["water"]);
    expect(textsOf(html, "p")).toEqual(expect.arrayContaining(["Tag · 12 entries", "All about water"]));
    expect(addressesOf(html)).toEqual(["rss.xml", "atom.xml", "feed.json"].map((file) => `${FEEDS}tags/water/${file}`));
  });

  test("links to its feeds and its canonical URL in its head", () => {
    const links = elementsOf(renderPage(samplePage())).filter(({ name }) => name === "link");
    expect(links.map(({ attributes: { rel, type, href } }) => [rel, type, href]).slice(0, -1)).toEqual([
      ["canonical", undefined, FEEDS],
      ["alternate", "application/rss+xml", `${FEEDS}rss.xml`],
      ["alternate", "application/atom+xml", `${FEEDS}atom.xml`],
      ["alternate", "application/feed+json", `${FEEDS}feed.json`],
    ]);
  });

  test("of the site links to one feed of each language in its head, as far as they fit, where there are several", () => {
    const hrefs = (listings: ReturnType<typeof sampleListing>[]) =>
      elementsOf(renderPage(samplePage({ listings })))
        .filter(({ attributes }) => attributes["hreflang"])
        .map(({ attributes: { hreflang, href } }) => [hreflang, href]);
    const listing = (language: string) => sampleListing(`languages/${language}`, 1, { language });
    expect(hrefs(["en", "zh-CN"].map(listing))).toEqual([
      ["en", `${FEEDS}languages/en/rss.xml`],
      ["zh-CN", `${FEEDS}languages/zh-CN/rss.xml`],
    ]);
    expect(hrefs([listing("en")])).toEqual([]);
    const many = Array.from({ length: 200 }, (_, i) => listing(`en-x-${i}`));
    expect(hrefs(many).length).toBeGreaterThan(10);
    expect(sizeOf(renderPage(samplePage({ listings: many })))).toBeLessThan(30_000);
  });

  test("has the owner's first format as its address, and of a podcast RSS; the others are folded", () => {
    const formats = ["json", "atom", "rss"] as const;
    const channel = sampleChannel("site", { formats });
    const files = (html: string) => addressesOf(html).map((url) => url?.slice(FEEDS.length));
    const isFolded = (html: string) => html.split("<details>").map((part) => part.match(/class="address"/g)?.length);
    const plain = renderPage(samplePage({ channel }));
    expect(files(plain)).toEqual(["feed.json", "atom.xml", "rss.xml"]);
    expect(isFolded(plain)).toEqual([1, 2]);
    const podcast = renderPage(samplePage({ channel, site: { podcast: samplePodcast("site") } }));
    expect(files(podcast)).toEqual(["rss.xml", "atom.xml", "feed.json"]);
    expect(renderPage(samplePage({ channel: sampleChannel("site", { formats: ["atom"] }) }))).not.toContain(
      "<details>",
    );
  });

  test("shows addresses decoded, and links to them as they are", () => {
    const channel = sampleChannel("tags/灌溉");
    const html = renderPage(samplePage({ channel, feeds: "https://xn--5cxq2a.example/" }));
    const [address] = elementsOf(html).filter(({ attributes }) => attributes["class"] === "address");
    expect(address?.text).toBe("https://滴灌.example/tags/灌溉/rss.xml");
    expect(address?.attributes["href"]).toBe(`https://xn--5cxq2a.example/tags/${encodeURIComponent("灌溉")}/rss.xml`);
  });

  test("has links to readers and a QR code only where others can reach the feed", () => {
    expect(renderPage(samplePage())).toMatch(/feed:https:.*Feedly.*<svg/s);
    expect(renderPage(samplePage({ feeds: "http://localhost:4000/" }))).not.toMatch(/feed:|Feedly|<svg/);
  });

  test("leads to the site, to the page of its feeds, and from a category to those above it", () => {
    const wayOf = (key: string, site = {}) => {
      const html = renderPage(samplePage({ site, channel: sampleChannel(key) }));
      const nav = /<nav>.*<\/nav>/s.exec(html)?.[0] ?? "";
      return elementsOf(nav).flatMap(({ name, text, attributes }) =>
        name === "a" ? [[text, attributes["href"]]] : [],
      );
    };
    const home = ["Field notes", "https://example.com/"];
    expect(wayOf("site")).toEqual([["example.com", "https://example.com/"]]);
    expect(wayOf("site", { url: "https://example.com/a/b/" })).toEqual([
      ["example.com/a/b", "https://example.com/a/b/"],
    ]);
    expect(wayOf("tags/a")).toEqual([home, ["Feeds", "../../index.html"]]);
    expect(wayOf("categories/a/b c/d")).toEqual([
      home,
      ["Feeds", "../../../../index.html"],
      ["a", "../../../../categories/a/index.html"],
      ["b c", "../../../../categories/a/b%20c/index.html"],
    ]);
    for (const key of ["site", "tags/a"]) {
      expect(renderPage(samplePage({ channel: sampleChannel(key) }))).toMatch(
        /<footer><a href="https:\/\/example.com\/">Field notes</,
      );
    }
  });

  test("links to the site's page, however deep its folder is", () => {
    expect(linksOf(renderPage(samplePage({ channel: sampleChannel("tags/water") })))).toContain("../../index.html");
    expect(linksOf(renderPage(samplePage({ channel: sampleChannel("channels/rural-video") })))).toContain(
      "../index.html",
    );
    const deep = sampleChannel("categories/a/b");
    expect(linksOf(renderPage(samplePage({ channel: deep })))).toContain("../../../index.html");
  });

  test("does not show the site's description as that of a tag", () => {
    expect(renderPage(samplePage({ channel: sampleChannel("tags/water") }))).not.toContain('<p class="lead">');
    expect(renderPage(samplePage())).toContain('<p class="lead">Notes from a field</p>');
  });

  test("of a podcast mentions podcast apps instead of feed readers", () => {
    const html = renderPage(samplePage({ site: { podcast: samplePodcast("site") } }));
    expect(html).toContain("your podcast app");
    expect(html).not.toContain("feed reader");
  });

  test("of a podcast counts and lists episodes", () => {
    const html = renderPage(samplePage({ site: { podcast: samplePodcast("site") }, total: 3 }));
    expect(html).toContain('<p class="kind">Podcast · 3 episodes</p>');
    expect(textsOf(html, "h2")).toContain("Newest episodes");
    expect(textsOf(renderPage(samplePage()), "h2")).toContain("Newest entries");
  });

  test("allows only its own style and script, by their hashes", () => {
    const html = renderPage(samplePage());
    const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    const policy = elementsOf(html).find(({ attributes }) => attributes["http-equiv"])?.attributes["content"];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`style-src ${textsOf(html, "style").map(hashOf)};`);
    expect(policy).toContain(`script-src ${textsOf(html, "script").map(hashOf)};`);
    expect(html).not.toMatch(/ style=| on[a-z]+=| src=/);
    const coloured = renderPage(samplePage({ site: { color: "#c2185b" } }));
    const ofColoured = elementsOf(coloured).find(({ attributes }) => attributes["http-equiv"])?.attributes["content"];
    expect(ofColoured).toContain(`style-src ${textsOf(coloured, "style").map(hashOf)};`);
    expect(textsOf(coloured, "style")).not.toEqual(textsOf(html, "style"));
  });

  test("has the site's icons, and allows those pictures alone; without one, a drop of its own", () => {
    const iconOf = (favicon?: string, language = "en") => {
      const site = present({ favicon });
      const html = renderPage(samplePage({ site, channel: sampleChannel("site", { language }) }));
      const elements = elementsOf(html);
      const icon = elements.find(({ attributes }) => attributes["rel"] === "icon")?.attributes["href"];
      const policy = elements.find(({ attributes }) => attributes["http-equiv"])?.attributes["content"];
      return [icon, /img-src ([^;]*);/.exec(policy ?? "")?.[1]];
    };
    const small = "https://example.com/favicon.ico";
    expect(iconOf(small)).toEqual([small, small]);
    expect(iconOf(small, "ar")).toEqual([small, small]);
    const odd = "https://cdn.example:8443/a;b,c%20d.png?v=1;2";
    expect(iconOf(odd)).toEqual([odd, "https://cdn.example:8443/a%3Bb%2Cc%20d.png"]);
    expect(iconOf()).toEqual([expect.stringMatching(/^data:image\/svg/), "data:"]);
    const pictures = (site: { icon?: string; favicon?: string }) => {
      const html = renderPage(samplePage({ site }));
      return [/<img src="([^"]*)" alt=""/.exec(html)?.[1], /img-src ([^;]*);/.exec(html)?.[1]];
    };
    const square = "https://example.com/square.png";
    expect(pictures({ icon: square, favicon: small })).toEqual([square, `${small} ${square}`]);
    expect(pictures({ icon: square })).toEqual([square, `data: ${square}`]);
    expect(pictures({ favicon: small })).toEqual([small, small]);
    expect(pictures({})).toEqual([undefined, "data:"]);
  });

  test("does not depend on the machine's time zone or locale, even in a language that `Intl` does not know", () => {
    const render = () => renderPage(samplePage({ channel: sampleChannel("site", { language: "tlh" }) }));
    const zone = process.env["TZ"];
    const first = render();
    process.env["TZ"] = "Pacific/Apia";
    expect(render()).toBe(first);
    expect(textsOf(first, "time")).toEqual(["May 31, 2026"]);
    process.env["TZ"] = zone ?? "";
  });
});

describe("the newest entries", () => {
  const titles = (page: Parameters<typeof samplePage>[0]) => textsOf(renderPage(samplePage(page)), "h3");

  test("are called by their titles, else by their first words, else by their dates", () => {
    const items = [{}, { title: "" }, { title: "", summary: "" }].map((entry) => sampleItem({ entry }));
    expect(titles({ items, channel: sampleChannel("tags/a") })).toEqual(["A walk", "Words.", "May 31, 2026"]);
  });

  test("are dated in the site's time zone and the channel's language", () => {
    const html = renderPage(
      samplePage({ site: { timezone: "Asia/Shanghai" }, channel: sampleChannel("tags/水", { language: "zh-CN" }) }),
    );
    expect(textsOf(html, "time")).toEqual(["2026年6月1日"]);
    expect(html).toContain('<time datetime="2026-05-31T20:00:00Z">');
  });

  test("are in their order, each with the status of its stream, and when a coming stream begins", () => {
    const live = { start: "2026-06-07T11:30:00Z", url: "https://example.com/l", type: "video/mp4" };
    const items = [
      sampleItem({ entry: { title: "Later", live }, live: "pending" }),
      sampleItem({ entry: { title: "Now", live }, live: "live" }),
      sampleItem({ entry: { title: "Over", live }, live: "ended" }),
    ];
    expect(titles({ items, channel: sampleChannel("tags/a") })).toEqual(["Later", "Now", "Over"]);
    const html = renderPage(samplePage({ items }));
    for (const word of ["Live now", "Upcoming stream", "Stream ended"]) expect(html).toContain(word);
    expect(html).toContain('<time datetime="2026-06-07T11:30:00Z">June 7, 2026 at 11:30');
  });

  test("name audio and video with their duration, and link to those that are not played here", () => {
    const media = { url: "https://elsewhere.example/m", length: 1, alternates: [] };
    const items = [
      sampleItem({ entry: { media: [{ ...media, type: "audio/mp4", medium: "audio", duration: 1925 }] } }),
      sampleItem({ entry: { media: [{ ...media, type: "video/mp4", medium: "video", duration: 2 }] } }),
      sampleItem({ entry: { media: [{ ...media, type: "video/mp4", medium: "video" }] } }),
    ];
    const html = renderPage(samplePage({ items }));
    const marks = elementsOf(html).filter(({ attributes }) => attributes["class"] === "mark");
    expect(marks.map(({ text }) => text)).toEqual(["Audio · 32 min", "Video · 2 sec", "Video"]);
    expect(marks.map(({ attributes: { href } }) => href)).toEqual(Array(3).fill(media.url));
    expect(elementsOf(html).filter(({ name }) => name === "audio" || name === "video")).toEqual([]);
  });

  test("of link posts link to what they are about, unless its address is long", () => {
    const about = (external: string) => renderPage(samplePage({ items: [sampleItem({ entry: { external } })] }));
    expect(about("https://www.other.example/?a&b")).toContain(
      '<a href="https://www.other.example/?a&amp;b">other.example</a>',
    );
    const long = `https://other.example/${"a".repeat(500)}`;
    expect(linksOf(about(long))).not.toContain(long);
    expect(textsOf(about(long), "bdi")).toEqual(["other.example"]);
    expect(textsOf(about(long), "h3")).toEqual(["A walk"]);
  });

  test("have `lang` and `dir` where their language or direction is not the page's", () => {
    const items = ["en", "zh-CN", "ar"].map((language) => sampleItem({ entry: { language } }));
    const html = renderPage(samplePage({ items, channel: sampleChannel("tags/a") }));
    const headings = elementsOf(html).filter(({ name }) => name === "h3");
    expect(headings.map(({ attributes }) => attributes)).toEqual([{}, { lang: "zh-CN" }, { lang: "ar", dir: "rtl" }]);
  });
});

describe("the page's words", () => {
  test.each([
    ["en-GB", "Subscribe"],
    ["zh", "订阅"],
    ["zh-CN", "订阅"],
    ["zh-Hans-HK", "订阅"],
    ["zh-TW", "訂閱"],
    ["zh-HK", "訂閱"],
    ["zh-Hant", "訂閱"],
    ["ja", "購読する"],
    ["ko-KR", "구독하기"],
    ["de-AT", "Abonnieren"],
    ["fr", "S’abonner"],
    ["es-MX", "Suscribirse"],
    ["pt-BR", "Assinar"],
    ["ru", "Подписаться"],
  ])("are those of %s", (language, subscribe) => {
    const html = renderPage(samplePage({ channel: sampleChannel("site", { language }) }));
    expect(textsOf(html, "h2")[0]).toBe(subscribe);
    expect(elementsOf(html)[0]?.attributes).toMatchObject({ lang: language, dir: "ltr" });
    expect(html).not.toContain("<bdi");
  });

  test("are English, and marked as English, in a language without a translation", () => {
    const html = renderPage(samplePage({ channel: sampleChannel("site", { language: "fa" }) }));
    expect(elementsOf(html)[0]?.attributes).toMatchObject({ lang: "fa", dir: "rtl" });
    expect(html).toContain('<h2 id="subscribe"><bdi lang="en">Subscribe</bdi></h2>');
  });

  test("have the placeholders that are filled in", () => {
    for (const language of ["en", "de", "fr", "es", "pt", "ru", "ja", "ko", "zh", "zh-TW"]) {
      const { words, isTranslated } = wordsOf(language);
      expect(isTranslated).toBe(true);
      expect([words.rest, words.opml, words.list, words.since].map((text) => text.match(/\{\w+\}/g))).toEqual([
        ["{count}", "{file}"],
        ["{file}"],
        ["{file}"],
        ["{time}"],
      ]);
    }
  });
});

describe("the directory", () => {
  test("lists channels by kind, the largest first, each with its number of entries", () => {
    const listings = [
      sampleListing("authors/Ada", 3),
      sampleListing("channels/weekly", 2, { title: "The weekly letter" }),
      sampleListing("tags/rare", 1),
      sampleListing("tags/滴灌", 1234),
    ];
    const html = renderPage(samplePage({ items: [], listings }));
    expect(textsOf(html, "h3")).toEqual(["Selections 1", "Tags 2", "Authors 1"]);
    const links = elementsOf(html).filter(
      ({ name, attributes }) => name === "a" && /index\.html$/.test(attributes["href"] ?? ""),
    );
    expect(links.map(({ text, attributes }) => [text, attributes["href"]])).toEqual([
      ["The weekly letter 2", "weekly/index.html"],
      ["滴灌 1,234", `tags/${encodeURIComponent("滴灌")}/index.html`],
      ["rare 1", "tags/rare/index.html"],
      ["Ada 3", "authors/Ada/index.html"],
    ]);
  });

  test("has the count of a language in the page's direction, whatever that of the language's name is", () => {
    const languages = [sampleListing("languages/ar", 2, { language: "ar" }), sampleListing("languages/en", 3)];
    const html = renderPage(samplePage({ items: [], listings: languages }));
    expect(html).toMatch(
      /<a href="languages\/ar\/index\.html"><bdi lang="ar" dir="rtl">[^<]+<\/bdi><span class="count"> 2</,
    );
  });

  test("lists categories as a tree, each by its last name", () => {
    const keys = ["categories/a", "categories/a/b", "categories/a/b/c", "categories/d"];
    const html = renderPage(samplePage({ items: [], listings: keys.map((key, i) => sampleListing(key, 9 - i)) }));
    const tree = html
      .slice(html.indexOf("<h3>Categories"), html.indexOf('<ul class="note'))
      .replace(/<(?!\/?(?:ul|li)\b)[^>]*>|\s/g, "");
    expect(tree).toBe("Categories4<ul><li>a9<ul><li>b8<ul><li>c7</li></ul></li></ul></li><li>d6</li></ul>");
  });

  test("lists the 40 largest channels of a kind, and links to the list of all", () => {
    const listings = Array.from({ length: 10_000 }, (_, i) => sampleListing(`tags/标签${i}`, i));
    const html = renderPage(samplePage({ listings }));
    const tags = linksOf(html).filter((href) => href.startsWith("tags/"));
    expect(tags).toHaveLength(40);
    expect(tags[0]).toBe(`tags/${encodeURIComponent("标签9999")}/index.html`);
    expect(html).toContain('All 10,000 are in <a href="feeds.opml">feeds.opml</a>');
    expect(sizeOf(html)).toBeLessThan(30_000);
  });

  test("lists every channel while there is room: what small kinds leave goes to large ones, wherever they are", () => {
    const listings = [
      ...Array.from({ length: 40 }, (_, i) => sampleListing(`tags/${"滴灌".repeat(10)}${i}`, i + 1)),
      ...["channels/one", "sections/notes", "authors/ada", "languages/en"].map((key) => sampleListing(key, 1)),
    ];
    const html = renderPage(samplePage({ items: [], listings }));
    expect(linksOf(html).filter((href) => href.startsWith("tags/"))).toHaveLength(40);
    expect(html).not.toContain("All 40 are in");
  });

  test("has no channel that is the whole site, and is not there without others", () => {
    const all = ["authors/ada", "languages/en"].map((key) => sampleListing(key, 5));
    const headings = (listings: readonly CountedListing[]) => {
      const html = renderPage(samplePage({ total: 5, listings }));
      return [...textsOf(html, "h2"), ...textsOf(html, "h3")];
    };
    expect(headings([...all, sampleListing("tags/a", 2)])).toContain("Tags 1");
    expect(headings([...all, sampleListing("authors/lin", 1)])).toContain("Authors 2");
    expect(headings([...all, sampleListing("tags/a", 2)])).not.toContain("Authors 1");
    expect(headings(all)).not.toContain("Follow only a part");
  });

  test("is only on the site's page, with links to the lists of all channels", () => {
    const listings = [sampleListing("tags/a", 3)];
    expect(linksOf(renderPage(samplePage({ listings })))).toEqual(expect.arrayContaining(["feeds.opml", "feeds.json"]));
    expect(linksOf(renderPage(samplePage({ channel: sampleChannel("tags/a") })))).not.toContain("feeds.opml");
  });
});

describe("whatever an author writes", () => {
  const long = fc.oneof(
    anyText,
    fc.constantFrom(
      "👩‍👩‍👧‍👦".repeat(200),
      "&".repeat(5000),
      "滴灌".repeat(300),
      "مرحبا ".repeat(100),
      "e\u0301".repeat(400),
    ),
    fc.array(anyText, { minLength: 20, maxLength: 40 }).map((parts) => parts.join("")),
  );
  /** One line, as `lib/content` returns titles and names. */
  const line = long.map((text) => oneLine(text));
  const recording = (medium: "audio" | "video", url: string): Media => {
    const form = { url, type: `${medium}/mp4`, length: 1 };
    return { ...form, medium, thumbnail: url, alternates: [form, form] };
  };
  const page: fc.Arbitrary<PageDocument> = fc
    .record({
      title: line,
      description: line,
      name: line,
      summary: line,
      author: line,
      kinds: fc.subarray(["tags", "categories", "authors", "sections"]),
      language: fc.constantFrom("en", "zh-CN", "ar", "ru", "tlh"),
      url: fc.constantFrom(
        "https://example.com/a?b=1&c=2",
        `https://example.com/${"%E6".repeat(100)}`,
        `https://example.com/${"x".repeat(4000)}`,
      ),
      isSite: fc.boolean(),
      hasMedia: fc.boolean(),
    })
    .map(({ title, description, name, summary, author, kinds, language, url, isSite, hasMedia }) => {
      const items = Array.from({ length: 10 }, (_, i) => {
        return sampleItem({
          entry: {
            ...{ title: i % 3 ? title : "", summary, external: url, authors: [{ name: author }], language: "he" },
            ...(hasMedia && {
              image: url,
              media: (["audio", "video"] as const).map((medium) => recording(medium, url)),
            }),
          },
          facts: { url },
        });
      });
      const live = { start: "2026-06-07T11:30:00Z", url, type: "text/html" };
      const streams = (["live", "pending"] as const).map((status) =>
        sampleItem({ entry: { title, live }, facts: { url }, live: status }),
      );
      const listings = kinds.flatMap((kind) =>
        Array.from({ length: 60 }, (_, i) =>
          sampleListing(`${kind}/${"滴".repeat(60)}${i}/${i}`, i, { name: [name, `${i}${name}`] }),
        ),
      );
      const channel = sampleChannel(isSite ? "site" : "tags/a", { title, description, language, name: [name] });
      return samplePage({ site: { title, description }, items, streams, listings, channel });
    });

  test("a page has less than 30,000 bytes, and XML and HTML parsers read the same elements", () => {
    fc.assert(
      fc.property(page, (document) => {
        const html = renderPage(document);
        expect(sizeOf(html)).toBeLessThan(30_000);
        expect(html.isWellFormed()).toBe(true);
        expect(readAsHtml(html).names).toEqual(elementsOf(html).map(({ name }) => name));
      }),
      { numRuns: 150 },
    );
  });

  test("a page with the longest addresses that a site may have is as small, and leads to the nearest categories", () => {
    const long = `https://example.com/${"a".repeat(478)}/`;
    const site = { url: long, feeds: long, media: long, icon: `${long}i`, favicon: `${long}f` };
    for (const key of [
      `categories/${Array.from({ length: 200 }, (_, i) => i % 10).join("/")}`,
      `tags/${"滴".repeat(66)}`,
    ]) {
      const channel = sampleChannel(key);
      const items = Array.from({ length: 50 }, () => sampleItem({ facts: { url: `${long}a`.slice(0, 500) } }));
      const html = renderPage(samplePage({ site, channel, items, feeds: long }));
      expect(sizeOf(html)).toBeLessThan(30_000);
      const above = `/${key.slice(0, key.lastIndexOf("/"))}/index.html`;
      expect(linksOf(html).some((href) => href.endsWith(above))).toBe(key.startsWith("categories"));
    }
  });

  test("short text reads back as it was written", () => {
    const short = fc.tuple(anyText, anyText).map(([a, b]) => oneLine(`t${a}${b}`).slice(0, 100).toWellFormed());
    fc.assert(
      fc.property(short, short, short, (title, summary, name) => {
        const items = [sampleItem({ entry: { title, summary, authors: [{ name: "Ada" }] } })];
        const html = renderPage(
          samplePage({ items, channel: sampleChannel("tags/a", { title: name, name: [title] }) }),
        );
        const written = {
          heading: textsOf(html, "h3")[0],
          title: textsOf(html, "title")[0],
          top: textsOf(html, "h1")[0],
        };
        expect(written).toEqual({ heading: oneLine(title), title: oneLine(name), top: oneLine(title) });
        const read = readAsHtml(html).texts.join("");
        expect(read).toContain(oneLine(title));
        expect(read).toContain(oneLine(summary));
      }),
      { numRuns: 300 },
    );
  });

  test("a title is cut between grapheme clusters", () => {
    const family = "👩‍👩‍👧‍👦";
    const [title = ""] = textsOf(
      renderPage(samplePage({ items: [sampleItem({ entry: { title: family.repeat(500) } })] })),
      "h3",
    );
    expect(title.replaceAll(family, "")).toBe("…");
    expect(sizeOf(title)).toBeLessThan(620);
    const [plain = ""] = textsOf(
      renderPage(samplePage({ items: [sampleItem({ entry: { title: "字".repeat(500) } })] })),
      "h3",
    );
    expect(plain).toBe(`${"字".repeat(120)}…`);
  });
});
