/** Rules of feed validators beyond schemas: every document keeps each rule, and a document that breaks it is found. */
import { Parser } from "htmlparser2";
import { SaxesParser } from "saxes";
import { parseSrcset } from "srcset";
import { beforeAll, describe, expect, test } from "vitest";
import {
  type Documents,
  exampleDocuments,
  goldenDocuments,
  nastyDocuments,
  richDocuments,
  withNames,
} from "../support/documents.ts";

interface Element {
  /** With its prefix. */
  readonly name: string;
  readonly attributes: { readonly [name: string]: string };
  readonly children: Element[];
  text: string;
}

function parseXml(xml: string): Element {
  const root: Element = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const element: Element = { name, attributes, children: [], text: "" };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("closetag", () => open.pop());
  const onText = (text: string) => {
    const element = open.at(-1);
    if (element) element.text += text;
  };
  parser.on("text", onText);
  parser.on("cdata", onText);
  parser.write(xml).close();
  const [document] = root.children;
  if (!document) throw new Error("there is no element");
  return document;
}

const within = (element: Element): readonly Element[] => [element, ...element.children.flatMap(within)];
const named = ({ children }: Element, ...names: readonly string[]) =>
  children.filter(({ name }) => names.includes(name));
const all = (root: Element, ...names: readonly string[]) => within(root).filter(({ name }) => names.includes(name));
const twice = (values: readonly string[]) => values.filter((value, i) => values.indexOf(value) !== i);

/** The element that describes the channel. */
const headOf = (root: Element): Element => (root.name === "rss" ? (named(root, "channel")[0] ?? root) : root);
const itemsOf = (root: Element) => named(headOf(root), "item", "podcast:liveItem", "entry");
const linksOf = (element: Element, rel: string) =>
  named(element, "atom:link", "link").filter(({ attributes }) => attributes["rel"] === rel);

// ── HTML ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const htmlOf = (root: Element): readonly string[] =>
  root.name === "rss"
    ? itemsOf(root).flatMap((item) => named(item, "description", "content:encoded").map(({ text }) => text))
    : all(root, "content", "summary").flatMap(({ attributes, text }) => (attributes["type"] === "html" ? [text] : []));

interface Tag {
  readonly name: string;
  readonly attributes: { readonly [name: string]: string };
}

function tagsOf(html: string): readonly Tag[] {
  const tags: Tag[] = [];
  const parser = new Parser({ onopentag: (name, attributes) => tags.push({ name, attributes }) });
  parser.end(html);
  return tags;
}

const tagsIn = (root: Element) => htmlOf(root).flatMap(tagsOf);

/** Elements that run code, change the reader's style, load another page or ask for input. */
const UNSAFE = new Set(
  "script style iframe frame frameset object embed applet form input button select textarea link meta base".split(" "),
);
const ADDRESSES = ["href", "src", "poster", "cite", "longdesc"];
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const ACTIVE = /^\s*(?:javascript|vbscript|data:text)/i;

function addressesOf({ attributes }: Tag): readonly string[] {
  const { srcset } = attributes;
  const several = srcset === undefined ? [] : parseSrcset(srcset).map(({ url }) => url);
  return [...ADDRESSES.flatMap((name) => attributes[name] ?? []), ...several];
}

// ── Rules ──────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Rule {
  readonly name: string;
  /** Empty if the document keeps the rule. */
  readonly faults: (root: Element, path: string, xml: string) => readonly string[];
  /** Documents that break the rule: a valid document, and a replacement in it. */
  readonly broken: readonly (readonly [path: string, pattern: string | RegExp, replacement: string])[];
}

const RSS = "example/rss.xml";
const ATOM = "example/atom.xml";
const HTML = "<content:encoded><![CDATA[";
const inHtml = (html: string) => [RSS, HTML, HTML + html] as const;

const NAMESPACES = [
  "http://www.w3.org/2005/Atom",
  "http://purl.org/atompub/tombstones/1.0",
  "http://purl.org/dc/elements/1.1/",
  "http://purl.org/rss/1.0/modules/content/",
  "http://purl.org/rss/1.0/modules/syndication/",
  "http://purl.org/syndication/history/1.0",
  "http://search.yahoo.com/mrss/",
  "http://source.scripting.com/",
  "http://webfeeds.org/rss/1.0",
  "http://www.itunes.com/dtds/podcast-1.0.dtd",
  "https://podcastindex.org/namespace/1.0",
];

const RULES: readonly Rule[] = [
  {
    name: "a document begins with an XML declaration of UTF-8",
    faults: (_, __, xml) => (xml.startsWith(`<?xml version="1.0" encoding="utf-8"?>\n`) ? [] : [xml.slice(0, 50)]),
    broken: [[RSS, /<\?xml.*?>/, ""]],
  },
  {
    name: "a document has exactly one link to itself, with its own URL",
    faults(root, path) {
      const [self = "", ...more] = linksOf(headOf(root), "self").map(({ attributes }) => attributes["href"] ?? "");
      const place = path.slice(path.indexOf("/"));
      return SCHEME.test(self) && decodeURI(self).endsWith(place) && more.length === 0 ? [] : [self, ...more];
    },
    broken: [
      [RSS, "/rss.xml", "/feed.xml"],
      [ATOM, /<link rel="self".*?>/, ""],
      [ATOM, /<link rel="self".*?>/, "$&$&"],
    ],
  },
  {
    name: "a document names one website, and an entry one page, for readers take any alternate for it",
    faults: (root) =>
      [headOf(root), ...itemsOf(root)].flatMap((element) => {
        const texts = named(element, "link").filter(({ attributes }) => attributes["href"] === undefined);
        const alternates = linksOf(element, "alternate");
        const others = alternates.filter(({ attributes }) => attributes["type"] !== "text/html");
        const count = texts.length + alternates.length;
        return [...(count === 1 ? [] : [`${count} in ${element.name}`]), ...others.map(({ name }) => name)];
      }),
    broken: [
      [ATOM, /<link rel="alternate".*?>/, "$&$&"],
      [ATOM, /(<link rel="alternate" type=")text\/html/, "$1application/atom+xml"],
      [RSS, "<atom:link", '<atom:link rel="alternate" type="text/html" href="https://a.example/"/><atom:link'],
    ],
  },
  {
    name: "every item has one id, and no two items, nor an item and the feed, have the same",
    faults(root) {
      const ids = [...named(root, "id"), ...itemsOf(root).flatMap((item) => named(item, "guid", "id"))];
      const none = itemsOf(root).filter((item) => named(item, "guid", "id").length !== 1);
      return [...twice(ids.map(({ text }) => text)), ...none.map(({ name }) => name)];
    },
    broken: [
      [RSS, /<item>[\s\S]*?<\/item>/, "$&$&"],
      [ATOM, /(<entry[\s\S]*?<id>)[^<]*/, "$1tag:example.com,2024:feeds:site"],
      [RSS, /<guid.*?<\/guid>/, ""],
    ],
  },
  {
    name: "dates are RFC 822 with a year of four digits, on the right weekday, or RFC 3339 with a zone",
    faults(root) {
      const rfc822 = all(root, "pubDate", "lastBuildDate").map(({ text }) => text);
      const rfc3339 = all(root, "updated", "published", "atom:updated", "dc:date").map(({ text }) => text);
      const isRfc3339 = (text: string) => `${new Date(text).toJSON()?.slice(0, -5)}Z` === text;
      return [
        ...rfc822.filter((text) => new Date(text).toUTCString() !== text),
        ...rfc3339.filter((text) => !isRfc3339(text)),
      ];
    },
    broken: [
      [RSS, /<pubDate>.../, "<pubDate>Xyz"],
      [RSS, /(<pubDate>..., .. ... )20/, "$1"],
      [ATOM, "Z</updated>", "</updated>"],
    ],
  },
  {
    name: "language tags are those of BCP 47 in canonical form",
    faults(root) {
      const tags = [
        ...all(root, "language", "dc:language").map(({ text }) => text),
        ...within(root).flatMap(({ attributes }) => attributes["xml:lang"] ?? attributes["hreflang"] ?? []),
      ];
      return tags.filter((tag) => {
        try {
          return Intl.getCanonicalLocales(tag)[0] !== tag;
        } catch {
          return true;
        }
      });
    },
    broken: [
      [RSS, /<language>.*?</, "<language>zh_CN<"],
      [ATOM, /xml:lang="[^"]*"/, `xml:lang="zh-cn"`],
    ],
  },
  {
    name: "an RSS contact is an e-mail address with a name in brackets; a name alone is a creator",
    faults: (root) =>
      all(root, "author", "managingEditor", "webMaster")
        .filter(() => root.name === "rss")
        .map(({ text }) => text)
        .filter((text) => !/^[^@\s]+@[^@\s]+ \(.+\)$/.test(text)),
    broken: [
      [RSS, "<pubDate>", "<author>Ada</author><pubDate>"],
      [RSS, "<generator>", "<managingEditor>ada@example.com</managingEditor><generator>"],
    ],
  },
  {
    name: "a description comes before the content",
    faults: (root) =>
      itemsOf(root).flatMap((item) => {
        const names = named(item, "description", "content:encoded").map(({ name }) => name);
        return names.indexOf("description") > 0 ? names : [];
      }),
    broken: [
      [RSS, /(<description><!\[CDATA\[.*?<\/description>\s*)(<content:encoded>[\s\S]*?<\/content:encoded>)/, "$2$1"],
    ],
  },
  {
    name: "the image of a channel has the title and link of the channel",
    faults(root) {
      const channel = headOf(root);
      const textsOf = (element: Element) => named(element, "title", "link").map(({ name, text }) => `${name}: ${text}`);
      const own = textsOf(channel);
      return named(channel, "image").flatMap((image) => textsOf(image).filter((text) => !own.includes(text)));
    },
    broken: [[RSS, "<generator>", "<image><title>Logo</title></image><generator>"]],
  },
  {
    name: "no element of the head is empty",
    faults: (root) =>
      headOf(root)
        .children.filter(({ name }) => /^(?:title|link|description|subtitle|language|generator|id)$/.test(name))
        .filter(({ text, attributes }) => text.trim() === "" && attributes["href"] === undefined)
        .map(({ name }) => name),
    broken: [[RSS, /<title>.*?</, "<title><"]],
  },
  {
    name: "an item has each category once",
    faults: (root) =>
      itemsOf(root).flatMap((item) =>
        twice(named(item, "category").map(({ text, attributes }) => `${text}${attributes["term"]}`)),
      ),
    broken: [
      [RSS, /<category.*?<\/category>/, "$&$&"],
      [ATOM, /<category.*?>/, "$&$&"],
    ],
  },
  {
    name: "an RSS item has one enclosure at most, and every enclosure has a URL, a type and a length",
    faults: (root) => [
      ...itemsOf(root)
        .filter((item) => named(item, "enclosure").length > 1)
        .map(() => "two enclosures"),
      ...[...all(root, "enclosure"), ...all(root, "link").filter(({ attributes }) => attributes["rel"] === "enclosure")]
        .filter(({ attributes: { url, href, type = "", length = "0" } }) => {
          return (
            !/^https?:/.test(url ?? href ?? "") || !/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+/.test(type) || !/^\d+$/.test(length)
          );
        })
        .map(({ attributes }) => JSON.stringify(attributes)),
    ],
    broken: [
      [RSS, "<pubDate>", `${`<enclosure url="https://a.example/a" type="a/b" length="1"/>`.repeat(2)}<pubDate>`],
      [RSS, "<pubDate>", `<enclosure url="https://a.example/a" type="mp3" length="1"/><pubDate>`],
      [RSS, "<pubDate>", `<enclosure url="/a" type="a/b" length="1"/><pubDate>`],
    ],
  },
  {
    name: "every namespace is one that readers know",
    faults: (root) =>
      within(root).flatMap(({ attributes }) =>
        Object.entries(attributes).flatMap(([name, value]) =>
          /^xmlns(?::|$)/.test(name) && !NAMESPACES.includes(value) ? [value] : [],
        ),
      ),
    broken: [[RSS, "<rss", `<rss xmlns:x="https://a.example/"`]],
  },
  {
    name: "a complete document links to no archive, and an archive links to the current document (RFC 5005)",
    faults(root, path) {
      const head = headOf(root);
      const rels = ["prev-archive", "next-archive", "current"].filter((rel) => linksOf(head, rel).length > 0);
      const isArchive = named(head, "fh:archive").length > 0;
      return [
        ...(named(head, "fh:complete").length > 0 ? rels : []),
        ...(isArchive && !rels.includes("current") ? ["no current"] : []),
        ...(isArchive && !path.includes("/archive/") ? ["not an archive"] : []),
        ...itemsOf(root).flatMap((item) => (linksOf(item, "prev-archive").length > 0 ? ["in an item"] : [])),
      ];
    },
    broken: [
      [ATOM, "<entry", `<fh:complete/><link rel="prev-archive" href="https://a.example/"/><entry`],
      [ATOM, "<entry", "<fh:archive/><entry"],
      [ATOM, /<entry.*?>/, `$&<link rel="prev-archive" href="https://a.example/"/>`],
    ],
  },
  {
    name: "HTML has no element that runs code, loads a page, changes styles or asks for input",
    faults: (root) => tagsIn(root).flatMap(({ name }) => (UNSAFE.has(name) ? [name] : [])),
    broken: [
      inHtml("<script>1</script>"),
      inHtml(`<iframe src="https://a.example/"></iframe>`),
      inHtml("<style>p{}</style>"),
      [ATOM, /(<content type="html"><!\[CDATA\[)/, "$1<form></form>"],
    ],
  },
  {
    name: "HTML has no event handler, no style attribute and no `javascript:` URL",
    faults: (root) =>
      tagsIn(root).flatMap((tag) => [
        ...Object.keys(tag.attributes).filter((name) => name === "style" || name.startsWith("on")),
        ...addressesOf(tag).filter((address) => ACTIVE.test(address)),
      ]),
    broken: [
      inHtml(`<p onclick="a()">`),
      inHtml(`<p style="position: fixed">`),
      inHtml(`<a href="javascript:a()">a</a>`),
    ],
  },
  {
    name: "HTML has no relative URL",
    faults: (root) => tagsIn(root).flatMap((tag) => addressesOf(tag).filter((address) => !SCHEME.test(address))),
    broken: [
      inHtml(`<a href="about/">a</a>`),
      inHtml(`<img src="//a.example/a.png">`),
      inHtml(`<a href="#note">a</a>`),
      inHtml(`<img srcset="a.png 2x">`),
    ],
  },
];

let documents: Documents;

beforeAll(async () => {
  const [example, nasty] = await Promise.all([exampleDocuments(), nastyDocuments(50)]);
  const published = new Map([...example, ...goldenDocuments(), ...richDocuments(), ...nasty]);
  documents = withNames(published, "rss.xml", "atom.xml");
  expect(documents.size).toBeGreaterThan(100);
});

describe.each(RULES)("$name", ({ faults, broken }) => {
  test("is kept by every document", () => {
    const found = [...documents].flatMap(([path, xml]) => {
      const some = faults(parseXml(xml), path, xml);
      return some.length > 0 ? [[path, ...some]] : [];
    });
    expect(found).toEqual([]);
  });

  test("is broken by invalid documents", () => {
    for (const [path, pattern, replacement] of broken) {
      const valid = documents.get(path) ?? "";
      const xml = valid.replace(pattern, replacement);
      expect(xml, `${path} has no ${pattern}`).not.toBe(valid);
      expect(faults(parseXml(xml), path, xml), replacement).not.toEqual([]);
    }
  });
});
