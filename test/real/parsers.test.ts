/** Documents in other people's parsers: each finds in RSS and Atom what the JSON feed beside them says. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { parseAtomFeed, parseJsonFeed, parseOpml, parseRssFeed } from "feedsmith";
import { SaxesParser } from "saxes";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Documents, exampleDocuments, goldenDocuments, richDocuments, withNames } from "../support/documents.ts";

const run = promisify(execFile);

/** What every parser can tell of a feed. */
interface Read {
  readonly title: string;
  readonly entries: readonly ReadEntry[];
}

interface ReadEntry {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  /** Seconds since 1970. */
  readonly published: number;
  readonly enclosures: readonly { readonly url: string; readonly type: string }[];
}

interface JsonFeed {
  readonly title: string;
  readonly items: readonly {
    readonly id: string;
    readonly title?: string;
    readonly url: string;
    readonly date_published: string;
    readonly content_html?: string;
    readonly attachments?: readonly { readonly url: string; readonly mime_type: string }[];
  }[];
}

let folder: string;
/** Those that are read and compared: the example's and the richest. */
let documents: Documents;
let feeds: readonly string[];

const textOf = (path: string): string => documents.get(path) ?? "";
const jsonBeside = (path: string): JsonFeed => JSON.parse(textOf(join(dirname(path), "feed.json")));
const seconds = (date: string | undefined) => new Date(date ?? "").getTime() / 1000;

beforeAll(async () => {
  documents = new Map([...(await exampleDocuments()), ...richDocuments()]);
  feeds = [...withNames(documents, "rss.xml", "atom.xml").keys()];
  expect(feeds.length).toBeGreaterThan(100);
  folder = await mkdtemp(join(tmpdir(), "dripfeed-parsers-"));
  const rss = textOf("example/rss.xml");
  const broken = {
    "broken/malformed.xml": rss.slice(0, -8),
    "broken/invalid.xml": rss.replace(/<description>.*?<\/description>/, ""),
  };
  for (const [path, text] of [...documents, ...Object.entries(broken)]) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** A stream stands in RSS as a live item, of which these parsers know nothing. */
const isStream = ({ id }: { readonly id: string }) => /^tag:example\.com,2020:posts\/(?:pending|live|ended)$/.test(id);

/** Titles, ids, addresses and dates are those of the JSON feed; every enclosure is an attachment there. */
function expectAgreement(path: string, read: Read): void {
  const { title, items } = jsonBeside(path);
  const listed = items.filter((item) => !isStream(item));
  const found = read.entries.filter((entry) => !isStream(entry));
  expect([read.title, found.map(({ id, title, url, published }) => [id, title, url, published])], path).toEqual([
    title,
    listed.map(({ id, title = "", url, date_published }) => [id, title, url, seconds(date_published)]),
  ]);
  for (const [i, { enclosures }] of found.entries()) {
    // Types are the same in whatever case (RFC 2045 §5.1), and feedparser writes them small.
    const attachments = (listed[i]?.attachments ?? []).map(({ url, mime_type }) => `${mime_type.toLowerCase()} ${url}`);
    const linked = enclosures.map(({ url, type }) => `${type?.toLowerCase()} ${url}`);
    expect(attachments, path).toEqual(expect.arrayContaining(linked));
    expect(enclosures.length > 0, path).toBe(attachments.length > 0);
  }
}

/** What a script prints of each document: a line of JSON, the path first. */
async function readBy(program: string, script: string, paths: readonly string[]): Promise<readonly Line[]> {
  const { stdout } = await run(program, [program.endsWith("ruby") ? "-e" : "-c", script, ...paths], {
    ...{ cwd: folder, maxBuffer: 2 ** 28, env: { ...process.env, LANG: "C.UTF-8" } },
  });
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

interface Line {
  readonly path: string;
  /** Why it was refused, or empty. */
  readonly problem: string;
  readonly read: Read;
}

const FEEDPARSER = `
import calendar, feedparser, json, sys

def enclosure(link):
    return {"url": link.href, "type": link.type}

def entry(e):
    return {
        "id": e.id, "title": e.get("title", ""), "url": e.link, "published": calendar.timegm(e.published_parsed),
        "enclosures": [enclosure(link) for link in e.get("links", []) if link.rel == "enclosure"],
    }

for path in sys.argv[1:]:
    with open(path, "rb") as file:
        feed = feedparser.parse(file.read())
    problem = str(feed.get("bozo_exception", "bozo")) if feed.bozo else ""
    read = {"title": feed.feed.get("title", ""), "entries": [entry(e) for e in feed.entries]}
    print(json.dumps({"path": path, "problem": problem, "read": read}))
`;

/** Parsed with validation: what RSS wants and does not find is an error. */
const RUBY = `
require "json"
require "rss"

def rss_entry(item)
  enclosures = item.enclosure ? [{ url: item.enclosure.url, type: item.enclosure.type }] : []
  { id: item.guid.content, title: item.title || "", url: item.link, published: item.pubDate.to_i, enclosures: enclosures }
end

def atom_entry(entry)
  enclosures = entry.links.select { |link| link.rel == "enclosure" }.map { |link| { url: link.href, type: link.type } }
  url = entry.links.find { |link| link.rel == "alternate" }.href
  { id: entry.id.content, title: entry.title.content || "", url: url, published: entry.published.content.to_i, enclosures: enclosures }
end

ARGV.each do |path|
  begin
    feed = RSS::Parser.parse(File.read(path, encoding: "UTF-8"), true)
    read =
      if feed.is_a?(RSS::Atom::Feed)
        { title: feed.title.content, entries: feed.entries.map { |entry| atom_entry(entry) } }
      else
        { title: feed.channel.title, entries: feed.items.map { |item| rss_entry(item) } }
      end
    puts({ path: path, problem: "", read: read }.to_json)
  rescue RSS::Error => error
    puts({ path: path, problem: error.message, read: { title: "", entries: [] } }.to_json)
  end
end
`;

describe.each([
  { name: "feedparser", program: "/usr/bin/python3", script: FEEDPARSER, broken: ["broken/malformed.xml"] },
  {
    ...{ name: "Ruby's validating RSS library", program: "/usr/bin/ruby", script: RUBY },
    broken: ["broken/malformed.xml", "broken/invalid.xml"],
  },
])("$name", ({ program, script, broken }) => {
  let lines: readonly Line[];

  beforeAll(async () => {
    lines = await readBy(program, script, [...feeds, ...broken]);
  });

  test("accepts every RSS and Atom document, and no broken one", () => {
    expect(lines.map(({ path }) => path)).toEqual([...feeds, ...broken]);
    const refused = lines.filter(({ problem }) => problem !== "");
    expect(refused.map(({ path }) => path)).toEqual(broken);
  });

  test("finds in them the titles, ids, addresses, dates and enclosures of the JSON feeds", () => {
    for (const { path, read } of lines.slice(0, feeds.length)) expectAgreement(path, read);
  });
});

describe("feedsmith", () => {
  const readRss = (text: string): Read => {
    const { title = "", items = [] } = parseRssFeed(text);
    return {
      title,
      entries: items.map(({ guid, title = "", link = "", pubDate, enclosures = [] }) => ({
        ...{ id: guid?.value ?? "", title, url: link, published: seconds(pubDate) },
        enclosures: enclosures.map(({ url = "", type = "" }) => ({ url, type })),
      })),
    };
  };
  const readAtom = (text: string): Read => {
    const { title, entries = [] } = parseAtomFeed(text);
    return {
      title: String(title?.value ?? ""),
      entries: entries.map(({ id = "", title, links = [], published }) => ({
        ...{ id, title: String(title?.value ?? ""), published: seconds(published) },
        url: links.find(({ rel }) => rel === "alternate")?.href ?? "",
        enclosures: links
          .filter(({ rel }) => rel === "enclosure")
          .map(({ href = "", type = "" }) => ({ url: href, type })),
      })),
    };
  };

  test("finds in every RSS and Atom document the titles, ids, addresses, dates and enclosures of the JSON feed", () => {
    for (const path of feeds) {
      const text = textOf(path);
      expectAgreement(path, path.endsWith("rss.xml") ? readRss(text) : readAtom(text));
    }
  });

  test("finds the same HTML in all three", () => {
    for (const [path, text] of withNames(documents, "feed.json")) {
      const { items = [] } = parseJsonFeed(JSON.parse(text));
      const written = new Map(items.map(({ id, content_html = "" }) => [id, content_html.trim()]));
      const rss = parseRssFeed(textOf(join(dirname(path), "rss.xml"))).items ?? [];
      const atom = parseAtomFeed(textOf(join(dirname(path), "atom.xml"))).entries ?? [];
      for (const { guid, content } of rss) expect(content?.encoded ?? "", path).toBe(written.get(guid?.value ?? ""));
      for (const { id = "", content } of atom) {
        expect(String(content?.value ?? "").trim(), path).toBe(written.get(id));
      }
    }
  });

  test("finds every channel in the OPML", () => {
    for (const [path, text] of withNames(documents, "feeds.opml")) {
      const outlines = parseOpml(text).body?.outlines ?? [];
      const [name = ""] = path.split("/");
      const base = name === "example" ? "https://example.com/feeds/" : "https://feeds.example.com/";
      const listed = outlines.flatMap(({ outlines = [], ...own }) => [own, ...outlines]);
      const addresses = listed.flatMap(({ xmlUrl }) => (xmlUrl === undefined ? [] : [decodeURI(xmlUrl)]));
      const published = [...withNames(documents, "rss.xml").keys()]
        .filter((feed) => feed.startsWith(`${name}/`) && !feed.startsWith(`${name}/archive/`))
        .map((feed) => base + feed.slice(name.length + 1));
      expect([...addresses].sort(), path).toEqual(published.sort());
    }
  });
});

describe("strict XML parsers", () => {
  const xml = (all: Documents) => [...all].filter(([path]) => /\.(?:xml|opml)$/.test(path));

  function saxesProblem(text: string): string {
    const parser = new SaxesParser({ xmlns: true });
    let problem = "";
    parser.on("error", ({ message }) => {
      problem ||= message;
    });
    parser.write(text).close();
    return problem;
  }

  test("saxes accepts every document, those of the golden folders too, and no broken one", () => {
    const all = xml(new Map([...documents, ...goldenDocuments()]));
    expect(all.map(([path, text]) => [path, saxesProblem(text)]).filter(([, problem]) => problem !== "")).toEqual([]);
    for (const [path, text] of xml(documents)) expect(saxesProblem(text.slice(0, -8)), path).not.toBe("");
  });

  test("xmllint accepts every document, and no broken one", async () => {
    const paths = xml(documents).map(([path]) => path);
    const { stderr } = await run("xmllint", ["--noout", "--nonet", ...paths], { cwd: folder });
    expect(stderr).toBe("");
    await expect(run("xmllint", ["--noout", "--nonet", "broken/malformed.xml"], { cwd: folder })).rejects.toMatchObject(
      {
        code: 1,
      },
    );
  });
});
