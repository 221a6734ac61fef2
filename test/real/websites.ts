/** Which website readers people use take from a feed, each by the rule of its own. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { parseFeed } from "@rowanmanning/feed-parser";
import FeedParser from "feedparser";
import { parseAtomFeed, parseRssFeed } from "feedsmith";
import { newHome, newsboat, websitesIn } from "./newsboat.ts";

const run = promisify(execFile);

/** The website of each file, in their order. */
type Reader = (files: readonly string[]) => Promise<readonly (string | undefined)[]>;

/** By a script that prints one JSON text a file. */
const byScript =
  (program: string, ...options: readonly string[]): Reader =>
  async (files) => {
    const { stdout } = await run(program, [...options, ...files], { maxBuffer: 2 ** 26 });
    const lines: readonly (string | null)[] = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    return lines.map((line) => line ?? undefined);
  };

const byParser =
  (websiteOf: (xml: string) => string | undefined | Promise<string | undefined>): Reader =>
  (files) =>
    Promise.all(files.map(async (file) => websiteOf(await readFile(file, "utf8"))));

const PYTHON = `
import feedparser, json, sys
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        print(json.dumps(feedparser.parse(file.read()).feed.get("link")))
`;

/** FreshRSS and WordPress read feeds with it. Its deprecated spots are PHP's business. */
const SIMPLEPIE = `
error_reporting(E_ERROR);
require "/usr/share/php/simplepie/autoloader.php";
foreach (array_slice($argv, 1) as $path) {
  $feed = new SimplePie();
  $feed->enable_cache(false);
  $feed->set_raw_data(file_get_contents($path));
  $feed->init();
  echo json_encode($feed->get_link()), "\\n";
}
`;

async function byNewsboat(files: readonly string[]): Promise<readonly (string | undefined)[]> {
  const urls = files.map((file) => `file://${encodeURI(file)}`);
  const home = await newHome(dirname(files[0] ?? ""), ...urls);
  await newsboat(home, "-x", "reload");
  const websites = websitesIn(home);
  return urls.map((url) => websites.get(url));
}

async function byNodeFeedparser(xml: string): Promise<string | undefined> {
  const parser = new FeedParser({});
  parser.end(xml);
  for await (const _ of parser); // the head is whole when the items are read
  return parser.meta.link;
}

function byFeedsmith(xml: string): string | undefined {
  if (xml.includes("<rss ")) return parseRssFeed(xml).link;
  return parseAtomFeed(xml).links?.find(({ rel = "alternate" }) => rel === "alternate")?.href;
}

export const READERS: { readonly [name: string]: Reader } = {
  feedparser: byScript("/usr/bin/python3", "-c", PYTHON),
  SimplePie: byScript("/usr/bin/php", "-r", SIMPLEPIE, "--"),
  newsboat: byNewsboat,
  "feedparser of npm": byParser(byNodeFeedparser),
  "@rowanmanning/feed-parser": byParser((xml) => parseFeed(xml).url ?? undefined),
  feedsmith: byParser(byFeedsmith),
};
