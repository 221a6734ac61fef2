/** Every feed names the site as its website, to readers people use, each by the rule of its own. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { post, world } from "../support/world.ts";
import { READERS } from "./websites.ts";

const WEBSITE = "https://example.com/";
const SITE = `title: Field notes
url: ${WEBSITE}
feeds: https://example.com/feeds/
since: 2020
languages: [en, zh-CN]
favicon: https://example.com/favicon.ico
icon: https://example.com/icon.png
image: https://example.com/image.png
hubs: ["https://hub.example/"]
podcast: { channel: tags/listen, categories: [News], explicit: false }
`;

/** In two languages, with a podcast, a link post, and a month that is over. */
const POSTS = {
  "posts/furrow.md": post({ title: "A furrow", tags: "[water]", author: "Ada", categories: "[[Field, Rows]]" }),
  "posts/furrow.zh.md": post({ title: "一道沟", tags: "[water]" }),
  "posts/pump.md": post({ title: "The pump", date: "2026-05-30", tags: "[water]", link: "https://elsewhere.example/" }),
  "posts/heard.md": post({
    ...{ title: "Heard at the well", date: "2026-05-29", tags: "[listen]" },
    audio: '{ url: "https://example.com/a.mp3", length: 1000, duration: 60 }',
  }),
};

/** What a reader must not be given: a link to another form of the feed. */
const MISLEADING: { readonly [reader: string]: (xml: string) => string } = {
  feedparser: withAlternate("text/html", "https://example.com/feeds/"),
  SimplePie: withAlternate("application/atom+xml", "https://example.com/feeds/atom.xml"),
  newsboat: withAlternate("application/atom+xml", "https://example.com/feeds/languages/zh-CN/atom.xml"),
};

function withAlternate(type: string, href: string): (xml: string) => string {
  return (xml) =>
    xml.replace(
      /<(atom:)?link (?:href="[^"]*" )?rel="self"/,
      `<$1link rel="alternate" type="${type}" href="${href}"/>$&`,
    );
}

let folder: string;
let files: readonly string[];
const read = new Map<string, string>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dripfeed-websites-"));
  for (const [name, more] of [
    ["with-pages", ""],
    ["without-pages", "pages: false\n"],
  ] as const) {
    const site = await world(POSTS, SITE + more);
    const { refused } = await site.publish();
    if (refused) throw new Error(refused.message);
    for (const [path, text] of Object.entries(await site.dump(site.public))) {
      if (/(?:rss|atom)\.xml$/.test(path)) read.set(join(folder, name, path), text);
    }
  }
  const misleading = Object.entries(MISLEADING).flatMap(([reader, mislead]) => {
    return ["rss.xml", "atom.xml"].map((file) => {
      const text = read.get(join(folder, "with-pages", file)) ?? "";
      return [join(folder, "misleading", reader, file), mislead(text)] as const;
    });
  });
  files = [...read.keys()];
  for (const [path, text] of [...read, ...misleading]) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test("the feeds are those of the site, tags, categories, authors, languages and archives", () => {
  for (const place of [
    "",
    "tags/water/",
    "tags/listen/",
    "languages/zh-CN/",
    "archive/2026-05/",
    "authors/ada/",
    "categories/field/rows/",
  ]) {
    for (const name of ["rss.xml", "atom.xml"]) expect(files).toContain(join(folder, "with-pages", place, name));
  }
});

test.each(Object.entries(READERS))(
  "%s takes the site's address for the website of every feed",
  async (_, websitesOf) => {
    const found = await websitesOf(files);
    const others = files.map((file, i) => [file, found[i]]).filter(([, website]) => website !== WEBSITE);
    expect(others).toEqual([]);
  },
);

test.each(Object.keys(MISLEADING))("%s takes another from a feed that links to a form of itself", async (reader) => {
  const found = await READERS[reader]?.(
    ["rss.xml", "atom.xml"].map((file) => join(folder, "misleading", reader, file)),
  );
  expect(found).toHaveLength(2);
  expect(found?.some((website) => website !== WEBSITE)).toBe(true);
});
