/** Whatever an author types: documents that strict parsers accept and that say what was written. */
import fc from "fast-check";
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from "feedsmith";
import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import { escapeText } from "../../lib/content/html/html.ts";
import { documentRenderer } from "../../lib/formats/document.ts";
import type { Author, Entry, Facts, Format, ListedRecord, Window } from "../../lib/model.ts";
import { siteOf } from "../content/helpers.ts";

const SITE = siteOf({
  ...{ title: "Notes", url: "https://example.com/", feeds: "https://example.com/feeds/", description: "Of a field" },
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
    ...{ id: "tag:example.com,2020:posts/a&b", url: "https://example.com/a?b=1&c=%E6", language: "zh-CN" },
    ...{ published: "2020-10-15T00:20:25Z", updated: "2021-01-02T03:04:05Z", sourceDigest: "s", inputHash: "h" },
    ...{ tags, categories: [], authors: authors.map(({ name }) => name) },
  };
  const entry: Entry = { title, html, summary, authors, language: "zh-CN" };
  const record: ListedRecord = { key: "posts/a.md", state: "public", etag: "e", problems: [], deps: [], facts };
  const renderDocument = documentRenderer(SITE, (key) => `tag:example.com,2020:feeds:${key}`, new Map([["h", entry]]));
  const window: Window = {
    channel: {
      ...{ key: "tags/x", path: "tags/x/", title: channel, description: channel, language: "en", home: SITE.url },
      content: "full",
    },
    records: [record],
  };
  const bytes = renderDocument({ path: "tags/扶贫/feed", format, window, updated: facts.updated, fingerprint: "f" });
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

function assertWellFormed(xml: string): void {
  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(xml).close();
}

/** Text as the content room hands it on: any Unicode that XML can carry, on one line, with the worst in it often. */
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
        assertWellFormed(xml);
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
        assertWellFormed(xml);
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
          ...{ id: "tag:example.com,2020:posts/a&b", title: post.title, summary: post.summary },
          ...{ content_html: post.html, language: "zh-CN" },
        });
        expect(item?.tags ?? []).toEqual(post.tags);
        expect(item?.authors?.map(({ name }) => name) ?? []).toEqual(post.authors.map(({ name }) => name));
      }),
      RUNS,
    );
  });
});
