/** newsboat, a reader people use: homes of its own, and what it lists there. */
import { execFile } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";

const run = promisify(execFile);

export async function newsboat(home: string, ...args: readonly string[]): Promise<string> {
  const files = ["-u", "urls", "-c", "cache.db", "-C", "config"];
  const env = { PATH: process.env["PATH"], HOME: home, LANG: "C.UTF-8" };
  const { stdout } = await run("newsboat", [...files, ...args], { cwd: home, env });
  return stdout;
}

/** A home of its own: a cache keeps each id once, whatever feed it came with. */
export async function newHome(folder: string, ...urls: readonly string[]): Promise<string> {
  const home = await mkdtemp(join(folder, "home-"));
  await writeFile(join(home, "urls"), urls.map((url) => `${url}\n`).join(""));
  await writeFile(join(home, "config"), "");
  return home;
}

export interface Listed {
  readonly guid: string;
  readonly title: string;
  readonly url: string;
  readonly pubDate: number;
}

export function listedIn(home: string): readonly Listed[] {
  const cache = new DatabaseSync(join(home, "cache.db"), { readOnly: true });
  const items = cache.prepare("select guid, title, url, pubDate from rss_item order by pubDate desc, id").all();
  cache.close();
  return items.map(({ guid, title, url, pubDate }) => ({
    ...{ guid: String(guid), title: String(title), url: String(url), pubDate: Number(pubDate) },
  }));
}

/** The website of each feed, by the feed's address. */
export function websitesIn(home: string): ReadonlyMap<string, string> {
  const cache = new DatabaseSync(join(home, "cache.db"), { readOnly: true });
  const feeds = cache.prepare("select rssurl, url from rss_feed").all();
  cache.close();
  return new Map(feeds.map(({ rssurl, url }) => [String(rssurl), String(url)]));
}
