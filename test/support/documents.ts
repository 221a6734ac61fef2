/** Documents for strict parsers: of the example site, of the golden folders, of random posts, and of posts with every field. */
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import fc from "fast-check";
import { selectWindows } from "../../lib/channels/windows.ts";
import { documentRenderer } from "../../lib/formats/document.ts";
import { FORMATS } from "../../lib/formats/files.ts";
import type { Entry, Facts, ListedRecord, Media } from "../../lib/model.ts";
import { planDocuments } from "../../lib/publish/plan/documents.ts";
import { parseSite } from "../../lib/site/site.ts";
import { anyText, fileOf } from "./nasty.ts";
import { type World, world } from "./world.ts";

/** Texts by path; the name of the site comes first: `example/tags/rss/atom.xml`. */
export type Documents = ReadonlyMap<string, string>;

export const EXAMPLE_NOW = new Date("2026-12-01T00:00:00Z");

const named = (name: string, files: Iterable<readonly [path: string, text: string]>): Documents =>
  new Map([...files].map(([path, text]) => [`${name}/${path}`, text]));

function filesBelow(folder: string): readonly (readonly [path: string, text: string])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => [file.slice(folder.length + 1).replaceAll(sep, "/"), readFileSync(file, "utf8")]);
}

/** The example site, published as in the quick start. */
export async function exampleDocuments(): Promise<Documents> {
  const { "site.yaml": siteYaml, ...posts } = Object.fromEntries(filesBelow("content"));
  const site = await world(posts, siteYaml);
  const { refused } = await site.publish({ now: EXAMPLE_NOW });
  if (refused) throw new Error(refused.message);
  return named("example", Object.entries(await site.dump(site.public)));
}

export function goldenDocuments(): Documents {
  const folders = readdirSync("test/golden");
  return new Map(folders.flatMap((name) => [...named(name, filesBelow(`test/golden/${name}/public`))]));
}

/** A site of random posts with characters that break feeds, not published yet. */
export async function nastySite(count: number): Promise<World> {
  const posts = fc.sample(
    fc.record({
      title: anyText,
      tag: anyText,
      author: anyText,
      noise: anyText,
      code: anyText.map((text) => text.replace(/[\r\n`\0]/g, "")),
    }),
    count,
  );
  return world(
    Object.fromEntries(posts.map((post, i) => [`posts/${i}.md`, fileOf(post)])),
    `title: Nasty\nurl: https://example.com/\nsince: 2020\nlimit: 1000\n`,
  );
}

/** Documents of random posts with characters that break feeds. */
export async function nastyDocuments(count: number): Promise<Documents> {
  const site = await nastySite(count);
  const { records } = await site.publish();
  if (records.public !== count) throw new Error(`${records.public} of ${count} nasty posts were published`);
  return named("nasty", Object.entries(await site.dump(site.public)));
}

// ── Everything at once ─────────────────────────────────────────────────────────────────────────────────────────────

const RICH_SITE = `title: Rich & famous
url: https://example.com/
feeds: https://feeds.example.com/
description: All that a feed can say
language: zh-CN
timezone: Asia/Shanghai
since: 2020
languages: [zh-CN, en]
authors:
  ada: { name: Ada & Co, email: ada@example.com, url: "https://example.com/ada?a=1&b=2" }
  lin: { name: 林小满 }
limit: 5
archives: month
tombstones: 60
kinds: { tags: true, categories: true, authors: true, languages: true, sections: true }
channels:
  - { path: rural/video, title: Video from the village, tags: [video], content: summary }
hubs: ["https://hub.example/", "https://other-hub.example/?a=1&b=2"]
ttl: 60
updates: { period: daily, frequency: 2 }
image: https://example.com/image.png?a=1&b=2
icon: https://example.com/icon.png
favicon: https://example.com/favicon.ico
accent: "#2a9d83"
rights: © Ada & Lin
sourceMarkdown: true
podcast:
  channel: site
  medium: video
  categories: [Technology, "Society & Culture > Places & Travel"]
  explicit: false
  type: serial
  image: https://example.com/cover.jpg
  author: Ada & Lin
  owner: { name: Ada & Lin, email: ada@example.com }
  locked: true
  funding: [{ url: "https://example.com/give?a=1&b=2", text: "Give & take" }]
  persons: [{ name: Ada, role: host, group: cast, image: "https://example.com/ada.png", url: "https://example.com/ada" }]
  newFeedUrl: https://example.com/new.xml
  complete: true
`;

const AUDIO: Media = {
  url: "https://cdn.example/a.mp3?a=1&b=2",
  type: "audio/mpeg",
  length: 12_345,
  title: "Sound & all",
  medium: "audio",
  duration: 3_725,
  bitrate: 128_000,
  alternates: [{ url: "https://cdn.example/a.opus", type: "audio/ogg", length: 6_789, bitrate: 64_000 }],
};
const VIDEO: Media = {
  url: "https://cdn.example/v.mp4",
  type: "video/mp4",
  length: 0,
  width: 1080,
  height: 1920,
  medium: "video",
  duration: 61,
  thumbnail: "https://cdn.example/v.jpg?a=1&b=2",
  alternates: [
    { url: "https://cdn.example/v.webm", type: "video/webm", length: 99, title: "Small", width: 540, height: 960 },
    { url: "https://cdn.example/v.m3u8", type: "application/x-mpegURL", length: 0 },
  ],
};
const IMAGE: Media = {
  url: "https://cdn.example/i.jpg",
  type: "image/jpeg",
  length: 7,
  width: 4,
  height: 3,
  medium: "image",
  alternates: [],
};
const BOOK: Media = {
  url: "https://cdn.example/b.pdf",
  type: "application/pdf",
  length: 8,
  title: "Book",
  medium: "document",
  alternates: [],
};

const STREAM = { url: "https://stream.example/live.m3u8?a=1&b=2", type: "application/x-mpegURL" };

interface RichPost {
  readonly name: string;
  readonly facts?: Partial<Facts>;
  readonly entry?: Partial<Entry>;
}

const POSTS: readonly RichPost[] = [
  {
    name: "all",
    facts: {
      tags: ["video", "C++"],
      categories: [["Field", "Melons & more"]],
      authors: ["ada", "lin"],
      section: "notes",
    },
    entry: {
      authors: [
        { name: "Ada & Co", email: "ada@example.com", url: "https://example.com/ada?a=1&b=2" },
        { name: "林小满" },
      ],
      summary: "Tom & Jerry < <b>all</b>",
      image: "https://example.com/cover.png?a=1&b=2",
      external: "https://elsewhere.example/?a=1&b=2",
      media: [AUDIO, VIDEO, IMAGE, BOOK],
      markdown: "Some *words* ]]> & `<more>`",
      episode: {
        number: 3,
        season: 2,
        type: "full",
        explicit: true,
        subtitle: "A & B",
        transcripts: [
          { url: "https://cdn.example/a.vtt?a=1&b=2", type: "text/vtt", language: "zh-CN" },
          { url: "https://cdn.example/a.html", type: "text/html" },
        ],
        chapters: { url: "https://cdn.example/chapters.json?a=1&b=2", type: "application/json+chapters" },
        persons: [
          { name: "Guest & friend", role: "guest", group: "cast", image: "https://a.example/g.png" },
          { name: "Lin" },
        ],
      },
    },
  },
  {
    name: "pending",
    facts: { live: { start: "2026-12-24T12:00:00Z", end: "2026-12-24T14:00:00Z" }, tags: ["video"] },
    entry: { live: { start: "2026-12-24T12:00:00Z", end: "2026-12-24T14:00:00Z", ...STREAM } },
  },
  {
    name: "live",
    facts: { live: { start: "2026-11-30T23:00:00Z", status: "live" }, language: "en" },
    entry: { live: { start: "2026-11-30T23:00:00Z", status: "live", ...STREAM }, language: "en", media: [IMAGE] },
  },
  {
    name: "ended",
    facts: { live: { start: "2026-11-01T10:00:00Z", end: "2026-11-01T11:00:00Z" } },
    entry: { live: { start: "2026-11-01T10:00:00Z", end: "2026-11-01T11:00:00Z", ...STREAM }, media: [VIDEO] },
  },
  { name: "untitled", facts: { title: "" }, entry: { title: "", summary: "A few words" } },
  {
    name: "untitled-and-wordless",
    facts: { title: "" },
    entry: { title: "", html: '<img src="https://a.example/i.png">' },
  },
  { name: "brief", facts: { content: "summary" }, entry: { summary: "Only this", media: [AUDIO] } },
  { name: "brief-and-wordless", facts: { content: "summary" }, entry: { html: "" } },
  { name: "book", entry: { media: [BOOK] } },
  { name: "short-video", facts: { tags: ["video"], language: "en" }, entry: { media: [VIDEO, VIDEO], language: "en" } },
];

/** Newest first, three weeks apart, so that there are archives. */
function richRecord({ name, facts }: RichPost, i: number): ListedRecord {
  const published = new Date(Date.UTC(2026, 10, 29 - 21 * i, 8)).toISOString().replace(".000Z", "Z");
  return {
    key: `posts/${name}.md`,
    state: "public",
    etag: "1",
    problems: [],
    deps: [],
    facts: {
      id: `tag:example.com,2020:posts/${name}`,
      title: `On ${name} & more`,
      published,
      updated: published,
      url: `https://example.com/${name}/?a=1&b=2`,
      language: "zh-CN",
      authors: [],
      tags: [],
      categories: [],
      size: 100,
      sourceDigest: name,
      wordsDigest: name,
      inputHash: name,
      ...facts,
    },
  };
}

/** A site with every field of the model, rendered without reading posts. */
export function richDocuments(): Documents {
  const parsed = parseSite(new TextEncoder().encode(RICH_SITE), "content", 2026);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join("\n"));
  const { site } = parsed;
  const now = "2026-12-01T00:00:00Z";
  const records = POSTS.map(richRecord);
  const [newest] = records;
  if (!newest) throw new Error("there are no rich posts");
  const lost = { ...newest.facts, id: "tag:example.com,2020:posts/lost", url: "https://example.com/lost/" };
  const gone = [{ key: "posts/lost.md", facts: lost, since: "2026-11-20T00:00:00Z" }];
  const windows = selectWindows({ records, gone, site, now });
  const entries = new Map(
    POSTS.map(({ name, entry }) => {
      const plain = { title: `On ${name} & more`, language: "zh-CN", authors: [], html: `<p>On ${name}.</p>` };
      return [name, { entry: { ...plain, ...entry } }];
    }),
  );
  const draw = documentRenderer(entries);
  const decoder = new TextDecoder();
  const authority = { authority: "example.com", since: 2020 };
  const podcastGuid = "9b024349-ccf0-5f69-a609-6b82873eab3c";
  const documents = planDocuments(windows, { site, now, catalog: undefined, authority, podcastGuid });
  const wanted = documents.filter(({ source: { as } }) => as in FORMATS || as === "opml");
  return named(
    "rich",
    wanted.map((document) => [document.path, decoder.decode(draw(document))]),
  );
}

/** The documents whose file has one of these names. */
export function withNames(documents: Documents, ...names: readonly string[]): Documents {
  return new Map([...documents].filter(([path]) => names.some((name) => path.endsWith(`/${name}`))));
}
