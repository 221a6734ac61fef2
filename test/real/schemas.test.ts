/** Documents against schemas: what RFC 4287, RSS 2.0 and its modules, OPML 2.0 and JSON Feed 1.1 say, as jing and ajv read it. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { beforeAll, describe, expect, test } from "vitest";
import {
  type Documents,
  exampleDocuments,
  goldenDocuments,
  nastyDocuments,
  richDocuments,
  withNames,
} from "../support/documents.ts";

const SCHEMAS = "test/real/schemas";

let documents: Documents;

beforeAll(async () => {
  const [example, nasty] = await Promise.all([exampleDocuments(), nastyDocuments(200)]);
  documents = new Map([...example, ...goldenDocuments(), ...richDocuments(), ...nasty]);
});

interface Break {
  /** What is wrong with it, to end "refuses …". */
  readonly name: string;
  /** Of a document that is valid. */
  readonly path: string;
  readonly mutate: (document: string) => string;
}

/** A way to break a document: the first match of a pattern becomes something else. */
const breaks = (name: string, path: string, pattern: string | RegExp, replacement: string): Break => ({
  ...{ name, path },
  mutate(document) {
    const broken = document.replace(pattern, replacement);
    if (broken === document) throw new Error(`${path} has no ${pattern} to break`);
    return broken;
  },
});

const broken = ({ path, mutate }: Break): string => mutate(documents.get(path) ?? "");

// ── RELAX NG ───────────────────────────────────────────────────────────────────────────────────────────────────────

const ATOM = "example/atom.xml";
const RSS = "example/rss.xml";
const OPML = "example/feeds.opml";

/** Of each schema: the files it is for, and documents that it must refuse. */
const GRAMMARS: readonly { readonly schema: string; readonly file: string; readonly breaks: readonly Break[] }[] = [
  {
    schema: "atom.rnc",
    file: "atom.xml",
    breaks: [
      breaks("a feed without an id", ATOM, /<id>.*?<\/id>/, ""),
      breaks("two titles", ATOM, /<title>.*?<\/title>/, "$&$&"),
      breaks("a second updated of an entry", ATOM, /(<entry[\s\S]*?)(<updated>.*?<\/updated>)/, "$1$2$2"),
      breaks("a feed and entries without an author", ATOM, /<author>[\s\S]*?<\/author>/g, ""),
      breaks("a person without a name", ATOM, /<name>.*?<\/name>/, ""),
      breaks("an id that is no IRI", ATOM, /<id>tag:/, "<id>"),
      breaks("a moment without a zone", ATOM, /Z<\/updated>/, "</updated>"),
      breaks("a day that no month has", ATOM, /<updated>\d{4}-\d\d-\d\d/, "<updated>2026-02-30"),
      breaks("a link without an address", ATOM, /<link rel="alternate" type="text\/html" href="[^"]*"/, "<link"),
      breaks("a category without a term", ATOM, / term="[^"]*"/, ""),
      breaks("content of an unknown kind", ATOM, /<content type="html">/, `<content type="markdown">`),
      breaks("markup where text is meant", ATOM, /<title>/, "<title><b/>"),
      breaks("an element of Atom that does not exist", ATOM, /<generator>/, "<pubDate/><generator>"),
      breaks("text between entries", ATOM, "<entry", "and<entry"),
      breaks(
        "a document that is complete twice",
        ATOM,
        "<entry",
        `${"<f:complete xmlns:f='http://purl.org/syndication/history/1.0'/>".repeat(2)}<entry`,
      ),
      breaks(
        "a deleted entry without its moment",
        ATOM,
        "<entry",
        "<d:deleted-entry xmlns:d='http://purl.org/atompub/tombstones/1.0' ref='tag:a'/><entry",
      ),
    ],
  },
  {
    schema: "rss.rnc",
    file: "rss.xml",
    breaks: [
      breaks("a channel without a description", RSS, /<description>.*?<\/description>/, ""),
      breaks("a channel with two titles", RSS, /<title>.*?<\/title>/, "$&$&"),
      breaks("a channel with two languages", RSS, /<language>.*?<\/language>/, "$&$&"),
      breaks("a head after the items", RSS, /(<generator>.*?<\/generator>)([\s\S]*)(<\/channel>)/, "$2$1$3"),
      breaks(
        "an item with neither title nor description",
        RSS,
        /<item>[\s\S]*?<\/item>/,
        "<item><link>https://example.com/</link></item>",
      ),
      breaks(
        "content before its description",
        RSS,
        /(<description><!\[CDATA[\s\S]*?<\/description>)(\s*)(<content:encoded>[\s\S]*?<\/content:encoded>)/,
        "$3$2$1",
      ),
      breaks("two contents", RSS, /<content:encoded>[\s\S]*?<\/content:encoded>/, "$&$&"),
      breaks("an hour that no day has", RSS, "<item>", "<skipHours><hour>24</hour></skipHours><item>"),
      breaks("a date of Atom's", RSS, /<pubDate>.*?</, "<pubDate>2026-01-02T03:04:05Z<"),
      breaks("a year of two digits", RSS, /<pubDate>.*?</, "<pubDate>Fri, 02 Jan 26 03:04:05 GMT<"),
      breaks("a permanent link that is none", RSS, `<guid isPermaLink="false">`, "<guid>"),
      breaks("an author who is only a name", RSS, "<pubDate>", "<author>Ada</author><pubDate>"),
      breaks(
        "an enclosure without a length",
        RSS,
        "<pubDate>",
        `<enclosure url="https://a.example/a.mp3" type="audio/mpeg"/><pubDate>`,
      ),
      breaks(
        "an enclosure whose length is empty",
        RSS,
        "<pubDate>",
        `<enclosure url="https://a.example/a" type="audio/mpeg" length=""/><pubDate>`,
      ),
      breaks(
        "an enclosure whose type is no media type",
        RSS,
        "<pubDate>",
        `<enclosure url="https://a.example/a" type="mp3" length="1"/><pubDate>`,
      ),
      breaks(
        "two enclosures",
        RSS,
        "<pubDate>",
        `${`<enclosure url="https://a.example/a" type="audio/mpeg" length="1"/>`.repeat(2)}<pubDate>`,
      ),
      breaks("a ttl in words", RSS, "<generator>", "<ttl>an hour</ttl><generator>"),
      breaks(
        "an image without a link",
        RSS,
        "<generator>",
        "<image><url>https://a.example/a.png</url><title>A</title></image><generator>",
      ),
      breaks(
        "an image that is too wide",
        RSS,
        "<generator>",
        "<image><url>https://a.example/a.png</url><title>A</title><link>https://a.example/</link><width>145</width></image><generator>",
      ),
      breaks("a language that is none", RSS, /<language>.*?</, "<language>zh_CN<"),
      breaks("an address without a scheme", RSS, /(<item>[\s\S]*?<link>)https:\/\//, "$1//"),
      breaks("an element that RSS does not know", RSS, "<pubDate>", "<published/><pubDate>"),
      breaks("a namespace that was not meant", RSS, "<pubDate>", "<a:b xmlns:a='https://a.example/'/><pubDate>"),
      breaks(
        "a podcast without a picture",
        RSS,
        "<generator>",
        `<i:category xmlns:i="http://www.itunes.com/dtds/podcast-1.0.dtd" text="Arts"/><generator>`,
      ),
      breaks(
        "a live item in a state of its own",
        RSS,
        "<item>",
        `<p:liveItem xmlns:p="https://podcastindex.org/namespace/1.0" status="soon" start="2026-01-02T03:04:05Z"><title>A</title></p:liveItem><item>`,
      ),
      breaks(
        "a live item that does not say when",
        RSS,
        "<item>",
        `<p:liveItem xmlns:p="https://podcastindex.org/namespace/1.0" status="live"><title>A</title></p:liveItem><item>`,
      ),
      breaks(
        "an accent colour with a number sign",
        RSS,
        "<generator>",
        `<w:accentColor xmlns:w="http://webfeeds.org/rss/1.0">#2a9d83</w:accentColor><generator>`,
      ),
      breaks(
        "a transcript without a type",
        RSS,
        "<pubDate>",
        `<p:transcript xmlns:p="https://podcastindex.org/namespace/1.0" url="https://a.example/a.vtt"/><pubDate>`,
      ),
    ],
  },
  {
    schema: "opml.rnc",
    file: "feeds.opml",
    breaks: [
      breaks("a body before the head", OPML, /(<head>[\s\S]*<\/head>)([\s\S]*<\/body>)/, "$2$1"),
      breaks("no outline", OPML, /<body>[\s\S]*<\/body>/, "<body></body>"),
      breaks("an outline without a text", OPML, / text="[^"]*"/, ""),
      breaks("a subscription without an address", OPML, / xmlUrl="[^"]*"/, ""),
      breaks("an address that is none", OPML, / xmlUrl="[^"]*"/, ` xmlUrl="rss.xml"`),
      breaks("another version", OPML, `version="2.0"`, `version="3.0"`),
      breaks("two titles", OPML, /<title>.*?<\/title>/, "$&$&"),
    ],
  },
];

/** What jing says of each document, by its place in the list: it starts once, for it starts slowly. */
function jing(schema: string, texts: readonly string[]): readonly (readonly string[])[] {
  const folder = mkdtempSync(join(tmpdir(), "dripfeed-jing-"));
  try {
    const names = texts.map((text, i) => {
      writeFileSync(join(folder, `${i}.xml`), text);
      return `${i}.xml`;
    });
    const { stdout, status } = spawnSync("jing", ["-c", join(process.cwd(), SCHEMAS, schema), ...names], {
      ...{ cwd: folder, encoding: "utf8", maxBuffer: 2 ** 28 },
    });
    const said: string[][] = texts.map(() => []);
    for (const line of stdout.split("\n").filter((line) => line !== "")) {
      const [, name = "", message = line] = /([0-9]+)\.xml:(.*)$/.exec(line) ?? [];
      const about = said[Number(name || Number.NaN)];
      if (!about) throw new Error(`jing: ${line}`);
      about.push(message);
    }
    if (status !== (said.some((messages) => messages.length > 0) ? 1 : 0)) throw new Error(`jing ended with ${status}`);
    return said;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.each(GRAMMARS)("$schema", ({ schema, file, breaks }) => {
  let said: readonly (readonly string[])[];
  let paths: readonly string[];

  beforeAll(() => {
    const valid = withNames(documents, file);
    paths = [...valid.keys()];
    said = jing(schema, [...valid.values(), ...breaks.map(broken)]);
  });

  test(`accepts every ${file}`, () => {
    expect(paths.filter((path) => path.startsWith("example/")).length).toBeGreaterThan(0);
    expect(paths.filter((path) => path.startsWith("nasty/")).length).toBeGreaterThan(0);
    const refused = paths.map((path, i) => [path, ...(said[i] ?? [])]).filter(([, ...messages]) => messages.length > 0);
    expect(refused).toEqual([]);
  });

  test.each(breaks.map(({ name }, i) => [name, i] as const))("refuses %s", (_, i) => {
    expect(said[paths.length + i]).not.toEqual([]);
  });
});

// ── JSON Schema ────────────────────────────────────────────────────────────────────────────────────────────────────

const JSON_FEED = "example/feed.json";

describe("jsonfeed.schema.json", () => {
  const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: false });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(join(SCHEMAS, "jsonfeed.schema.json"), "utf8")));
  const errorsOf = (text: string) => (validate(JSON.parse(text)) ? [] : (validate.errors ?? []));

  test("accepts every feed.json", () => {
    const refused = [...withNames(documents, "feed.json")]
      .map(([path, text]) => [path, ...errorsOf(text)] as const)
      .filter(([, ...errors]) => errors.length > 0);
    expect(refused).toEqual([]);
  });

  test.each([
    breaks("another version", JSON_FEED, "version/1.1", "version/1"),
    breaks("a feed without a title", JSON_FEED, /"title": ".*",/, ""),
    breaks("a feed without items", JSON_FEED, `"items":`, `"_items":`),
    breaks("the one author of version 1", JSON_FEED, `"items":`, `"author": { "name": "Ada" }, "items":`),
    breaks("a key that is not the specification's", JSON_FEED, `"items":`, `"subtitle": "", "items":`),
    breaks("an extension that is no object", JSON_FEED, `"items":`, `"_ours": true, "items":`),
    breaks("an address without a scheme", JSON_FEED, `"feed_url": "https:`, `"feed_url": "`),
    breaks("an address with a space", JSON_FEED, `"feed_url": "https://`, `"feed_url": "https:// `),
    breaks("a hub without a type", JSON_FEED, `"type": "WebSub",`, ""),
    breaks("an id that is a number", JSON_FEED, /"id": ".*"/, `"id": 1`),
    breaks("an item without content", JSON_FEED, /"content_html": .*/, ""),
    breaks("a date that is none", JSON_FEED, /"date_published": ".*"/, `"date_published": "2026-02-30T00:00:00Z"`),
    breaks("a date without a zone", JSON_FEED, /"date_published": ".*"/, `"date_published": "2026-02-03T00:00:00"`),
    breaks("an author of whom nothing is said", JSON_FEED, /"authors": \[[\s\S]*?\]/, `"authors": [{}]`),
    breaks("a tag that is no text", JSON_FEED, /"tags": \[/, `"tags": [1,`),
    breaks(
      "an attachment without a type",
      JSON_FEED,
      /"id":/,
      `"attachments": [{ "url": "https://a.example/" }], "id":`,
    ),
    breaks(
      "a length in text",
      JSON_FEED,
      /"id":/,
      `"attachments": [{ "url": "https://a.example/", "mime_type": "a/b", "size_in_bytes": "1" }], "id":`,
    ),
  ])("refuses $name", (each) => {
    expect(errorsOf(broken(each))).not.toEqual([]);
  });
});
