/** Whatever an author writes: strict parsers accept every document, and read back what was written. */
import fc from "fast-check";
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from "feedsmith";
import { describe, expect, test } from "vitest";
import { escapeText } from "../../lib/base/text.ts";
import type { Window } from "../../lib/channels/types.ts";
import { documentRenderer } from "../../lib/formats/document.ts";
import { feedSources } from "../../lib/formats/inputs.ts";
import type { Author, Entry, Facts, Format, ListedRecord } from "../../lib/model.ts";
import { siteOf } from "../content/helpers.ts";
import {
  atomOf,
  attributesOf,
  type DocumentParts,
  elementsOf,
  jsonOf,
  mediaOf,
  rssOf,
  textsOf,
  wellFormed,
} from "./documents.ts";

const SITE = siteOf({
  title: "Notes",
  url: "https://example.com/",
  feeds: "https://example.com/feeds/",
  description: "Of a field",
  hubs: ["https://hub.example/?a=1&b=2"],
});

interface Written {
  readonly title: string;
  readonly html: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly authors: readonly Author[];
  readonly channel: string;
}

function render({ title, html, summary, tags, authors, channel }: Written, format: Format): string {
  const facts: Facts = {
    title,
    id: "tag:example.com,2020:posts/a&b",
    url: "https://example.com/a?b=1&c=%E6",
    language: "zh-CN",
    published: "2020-10-15T00:20:25Z",
    updated: "2021-01-02T03:04:05Z",
    sourceDigest: "s",
    wordsDigest: "w",
    inputHash: "h",
    tags,
    categories: [],
    authors: authors.map(({ name }) => name),
    size: html.length,
  };
  const entry: Entry = { title, html, summary, authors, language: "zh-CN" };
  const record: ListedRecord = { key: "posts/a.md", state: "public", etag: "e", problems: [], deps: [], facts };
  const window: Window = {
    channel: {
      key: "tags/x",
      kind: "tags",
      path: "tags/x/",
      name: [channel],
      title: channel,
      description: channel,
      language: "en",
      content: "full",
      formats: [format],
    },
    records: [record],
    deleted: [],
    total: 1,
    live: {},
  };
  const { updated } = facts;
  const id = "tag:example.com,2020:feeds:tags/x";
  const [source] = feedSources({ site: SITE, window, updated, id, podcastGuid: "" });
  if (!source) throw new Error("the channel has no feed");
  const renderDocument = documentRenderer(new Map([["h", { entry }]]));
  const bytes = renderDocument({ path: "tags/扶贫/feed", source, contentType: "", updated, fingerprint: "f" });
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

/**
 * One line, as `lib/content` returns titles and names: any Unicode that XML allows, often with syntax of XML or our
 * forms.
 */
const nasty = fc.constantFrom(
  "]]>",
  "]]]]>>",
  "<![CDATA[",
  "&amp;",
  "&lt;b&gt;",
  "<b>",
  "&",
  "<",
  ">",
  '"',
  "'",
  "%title%",
  "%html%",
  "https://blank.invalid/url",
);
const piece = fc.oneof(
  nasty,
  fc.string({ unit: "grapheme", maxLength: 6 }),
  fc.constantFrom("扶贫", "👩‍🌾", "مرحبا", "हिन्दी", "\u200f", "$&", "$1"),
);
const line = fc
  .array(piece, { minLength: 1, maxLength: 6 })
  .map((pieces) => `x${pieces.join("")}y`.replace(/[\s\p{Cc}\p{Surrogate}\ufffe\uffff]+/gu, " "));
const written: fc.Arbitrary<Written> = fc.record({
  title: line,
  html: line.map((text) => `<p>${escapeText(text)}</p>`),
  summary: line,
  tags: fc.uniqueArray(line, { maxLength: 4 }),
  authors: fc.uniqueArray(
    fc.record(
      { name: line, email: fc.constant("a@example.com"), url: fc.constant("https://a.example/?b=1&c") },
      { requiredKeys: ["name"] },
    ),
    { maxLength: 3, selector: ({ name }) => name },
  ),
  channel: line,
});

const RUNS = { numRuns: 1000 };

describe("any text in title, tag, author, summary and body", () => {
  test("gives RSS that is well-formed and reads back as written", () => {
    fc.assert(
      fc.property(written, (post) => {
        const xml = render(post, "rss");
        wellFormed(xml);
        const feed = parseRssFeed(xml);
        expect(feed.title).toBe(post.channel);
        expect(feed.items).toHaveLength(1);
        const item = feed.items?.[0];
        expect(item?.title).toBe(post.title);
        expect(item?.content?.encoded).toBe(post.html);
        expect(item?.description).toBe(escapeText(post.summary));
        expect(item?.guid).toEqual({ value: "tag:example.com,2020:posts/a&b", isPermaLink: false });
        expect(item?.link).toBe("https://example.com/a?b=1&c=%E6");
        expect(item?.categories?.map(({ name }) => name) ?? []).toEqual(post.tags);
        expect(item?.dc?.creators ?? []).toEqual(post.authors.map(({ name }) => name));
        expect(item?.pubDate).toBe("Thu, 15 Oct 2020 00:20:25 GMT");
      }),
      RUNS,
    );
  });

  test("gives Atom that is well-formed and reads back as written", () => {
    fc.assert(
      fc.property(written, (post) => {
        const xml = render(post, "atom");
        wellFormed(xml);
        const feed = parseAtomFeed(xml);
        expect(feed.title?.value ?? feed.title).toBe(post.channel);
        const entry = feed.entries?.[0];
        expect(entry?.title?.value ?? entry?.title).toBe(post.title);
        expect(entry?.content?.value ?? entry?.content).toBe(post.html);
        expect(entry?.summary?.value ?? entry?.summary).toBe(post.summary);
        expect(entry?.id).toBe("tag:example.com,2020:posts/a&b");
        expect(entry?.updated).toBe("2021-01-02T03:04:05Z");
        expect(entry?.published).toBe("2020-10-15T00:20:25Z");
        expect(entry?.categories?.map(({ term }) => term) ?? []).toEqual(post.tags);
        expect(entry?.authors?.map(({ name }) => name) ?? []).toEqual(post.authors.map(({ name }) => name));
      }),
      RUNS,
    );
  });

  test("gives JSON Feed 1.1 that reads back as written", () => {
    fc.assert(
      fc.property(written, (post) => {
        const feed = parseJsonFeed(JSON.parse(render(post, "json")));
        expect(feed.title).toBe(post.channel);
        const item = feed.items?.[0];
        expect(item).toMatchObject({
          id: "tag:example.com,2020:posts/a&b",
          title: post.title,
          summary: post.summary,
          content_html: post.html,
          language: "zh-CN",
        });
        expect(item?.tags ?? []).toEqual(post.tags);
        expect(item?.authors?.map(({ name }) => name) ?? []).toEqual(post.authors.map(({ name }) => name));
      }),
      RUNS,
    );
  });
});

/** Places for text beside title and body, each with its own text. */
const PLACES = ["media", "form", "subtitle", "person", "role", "funding", "rights", "author", "term"] as const;
type Texts = { readonly [place in (typeof PLACES)[number] | "markdown" | "url"]: string };
const texts: fc.Arbitrary<Texts> = fc.record({
  ...(Object.fromEntries(PLACES.map((place) => [place, line])) as { [place in (typeof PLACES)[number]]: typeof line }),
  markdown: fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => `${lines.join("\n\n")}\n`),
  url: fc.constantFrom("https://a.example/?b=1&c=2", "https://a.example/%title%", "https://a.example/'\"<>"),
});

const documentWith = ({ media, form, url, ...text }: Texts): DocumentParts => ({
  site: { rights: text.rights, image: url, icon: url },
  deleted: [{ id: url, when: "2021-01-02T03:04:05Z" }],
  podcast: {
    author: text.author,
    owner: { name: text.person, email: "a@example.com" },
    funding: [{ url, text: text.funding }],
    persons: [{ name: text.person, role: text.role, url }],
  },
  items: [
    {
      live: "live",
      facts: { categories: [[text.term, "inner"]] },
      entry: {
        title: media,
        image: url,
        markdown: text.markdown,
        live: { start: "2021-01-02T03:04:05Z", url, type: "audio/mpeg" },
        media: [
          {
            url,
            type: "video/mp4",
            length: 1,
            medium: "video",
            title: media,
            duration: 1,
            alternates: [{ url, type: "video/webm", length: 2, title: form }],
          },
        ],
        episode: {
          subtitle: text.subtitle,
          transcripts: [{ url, type: "text/vtt" }],
          persons: [{ name: text.person, role: text.role }],
        },
      },
    },
  ],
});

describe("any text in media, episodes, podcasts and the head of a feed", () => {
  test("reads back from RSS as written", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const xml = rssOf(documentWith(text));
        const elements = elementsOf(xml);
        const texts = (name: string) => elements.filter((one) => one.name === name).map((one) => one.text);
        expect(texts("copyright")).toEqual([text.rights]);
        expect(texts("itunes:author")).toEqual([text.author]);
        expect(texts("itunes:name")).toEqual([text.person]);
        expect(texts("itunes:subtitle")).toEqual([text.subtitle]);
        expect(texts("podcast:funding")).toEqual([text.funding]);
        expect(texts("podcast:person")).toEqual([text.person, text.person, text.person]);
        expect(texts("podcast:contentLink")).toEqual([text.media]);
        expect(texts("media:title")).toEqual([text.form, text.media]);
        expect(texts("source:markdown")).toEqual([text.markdown]);
        expect(texts("category")).toEqual([...new Set([text.term, "inner"])]);
        expect(attributesOf(xml, "podcast:person").map(({ role }) => role)).toEqual([text.role, text.role, text.role]);
        expect(attributesOf(xml, "media:content").map(({ url }) => url)).toEqual([text.url, text.url]);
        expect(attributesOf(xml, "enclosure").map(({ url }) => url)).toEqual([text.url, text.url]);
        expect(attributesOf(xml, "podcast:alternateEnclosure").map(({ title }) => title)).toEqual([
          undefined,
          text.media,
          text.form,
        ]);
      }),
      RUNS,
    );
  });

  test("reads back from Atom as written", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const xml = atomOf(documentWith(text));
        expect(textsOf(xml, "rights")).toEqual([text.rights]);
        expect(textsOf(xml, "logo")).toEqual([text.url]);
        expect(attributesOf(xml, "at:deleted-entry").map(({ ref }) => ref)).toEqual([text.url]);
        expect(attributesOf(xml, "media:thumbnail")).toEqual([{ url: text.url }]);
        expect(attributesOf(xml, "category").map(({ label, term }) => [label, term])).toEqual([
          [text.term, text.term],
          ["inner", `${text.term}/inner`],
        ]);
        const links = attributesOf(xml, "link");
        expect(links.filter(({ rel }) => rel === "enclosure")).toMatchObject([
          { href: text.url, title: text.media },
          { href: text.url, title: text.form },
        ]);
      }),
      RUNS,
    );
  });

  test("reads back from JSON as written", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { items, icon } = jsonOf(documentWith(text));
        expect(icon).toBe(text.url);
        expect(items[0]).toMatchObject({ image: text.url, tags: [...new Set([text.term, "inner"])] });
        expect(items[0].attachments).toMatchObject([
          { url: text.url, title: text.media },
          { url: text.url, title: text.media },
        ]);
      }),
      RUNS,
    );
  });

  test("loses the characters that XML does not allow", () => {
    const markdown = "a\u0000b\u0008c\ud800d\ufffee\r\nf";
    const xml = rssOf({ items: [{ entry: { markdown, media: [mediaOf({ title: "g\u0001h" })] } }] });
    expect(textsOf(xml, "source:markdown")).toEqual(["abcde\nf"]);
    expect(textsOf(xml, "media:title")).toEqual(["gh"]);
  });
});
