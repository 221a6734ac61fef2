/** A site's folder → its `site.yaml`, and what could not be told. Reads data and source, and runs nothing. */

import { present } from "../base/optional.ts";
import { choosePosts } from "./choose.ts";
import { siteFolderOf } from "./configurations.ts";
import { mainFeeds, mapEarlierFeeds } from "./former.ts";
import { readAstro } from "./generators/astro.ts";
import { readEleventy } from "./generators/eleventy.ts";
import { readHexo } from "./generators/hexo.ts";
import { readHugo } from "./generators/hugo.ts";
import { readJekyll } from "./generators/jekyll.ts";
import { readPlain } from "./generators/plain.ts";
import { readZola } from "./generators/zola.ts";
import { keysOf, usableKeys } from "./keys.ts";
import { countPosts } from "./posts.ts";
import type { EarlierFeed, Found, FoundPosts, Said, SiteFolder } from "./types.ts";
import { addressOf, isPlaceholder } from "./values.ts";
import { type KeyToWrite, writeSite } from "./write.ts";

export interface SitePlan {
  readonly generator: string;
  /** The file. */
  readonly text: string;
  /** What is in it, by key. */
  readonly keys: readonly KeyToWrite[];
  readonly posts: number;
  /** Folders with posts, ending in a slash, and how many each has. */
  readonly folders: readonly (readonly [folder: string, posts: number])[];
  readonly feeds: readonly EarlierFeed[];
  /** The folder into which the generator builds the site. */
  readonly output?: Said;
  /** What could not be told, or is to be looked at. */
  readonly remarks: readonly string[];
}

/** `name` is that of the folder, `year` the present one. */
export async function planSite(folder: SiteFolder, name: string, year: number): Promise<SitePlan> {
  const found = (await recognised(folder)) ?? (await readPlain(folder, name));
  const posts = await countPosts(folder, found);
  const permalink = found.permalinkFor?.(posts) ?? { ...(found.permalink && { said: found.permalink }), remarks: [] };
  const chosen = choosePosts(found, posts);
  const mapping = mapEarlierFeeds(found.feeds);
  const remarks = [...found.remarks, ...permalink.remarks, ...chosen.remarks];
  const url = found.url ?? (await ownDomain(folder));
  if (!url || isPlaceholder(url.value)) {
    const why = url ? `${url.value} looks like an example` : "the configuration names no address of the site";
    const feeds = mainFeeds(found.feeds).map(({ path }) => path);
    const adopt = feeds.length > 0 ? `, and \`adopt\` the former feed there: ${feeds.join(", ")}` : "";
    remarks.push(`url: ${why}; write the site's own before you publish${adopt}`);
  }
  if (!found.title) remarks.push("title: the configuration names none; the folder's name stands there");
  if (!found.timezone)
    remarks.push(
      "timezone: UTC stands there, since the configuration names none; name yours if dates are written without a zone",
    );
  remarks.push(...languageRemarks(found, posts));
  if (!posts.since)
    remarks.push(
      "since: no post has a date, so this year stands there; write a year in which the domain was already yours",
    );
  const keys = keysOf({ found, posts, chosen, permalink: permalink.said, mapping, url, name, year }, remarks);
  const usable = usableKeys(keys, year, remarks);
  return {
    generator: found.generator,
    text: writeSite(
      [`Written by \`dripfeed init\` for ${found.generator}.`, ...remarks.map((each) => `To look at: ${each}`)],
      usable,
    ),
    keys: usable,
    posts: chosen.number,
    folders: chosen.folders,
    feeds: found.feeds,
    ...present({ output: found.output }),
    remarks,
  };
}

const recognised = async (folder: SiteFolder): Promise<Found | undefined> =>
  (await readAstro(folder)) ??
  (await readEleventy(folder)) ??
  (await readHexo(folder)) ??
  (await readZola(folder)) ??
  (await readHugo(folder)) ??
  (await readJekyll(folder));

const MOST_SITES = 20;

/** The sites in folders below, where the folder itself is none and has no post but theirs: `blog` of a larger repository. */
export async function sitesBelow(
  { paths, read }: SiteFolder,
  { keys, folders }: SitePlan,
): Promise<readonly (readonly [folder: string, generator: string])[]> {
  if (keys.some(({ key }) => key === "dialect")) return [];
  const names = [...new Set(paths.flatMap((path) => siteFolderOf(path) ?? []))].slice(0, MOST_SITES);
  const sites: [string, string][] = [];
  for (const name of names) {
    const inner = paths.flatMap((path) => (path.startsWith(`${name}/`) ? [path.slice(name.length + 1)] : []));
    const found = await recognised({ paths: inner, read: (path) => read(`${name}/${path}`) });
    if (found) sites.push([name, found.generator]);
  }
  const isTheirs = folders.every(([folder]) => sites.some(([name]) => folder.startsWith(`${name}/`)));
  return isTheirs ? sites : [];
}

/** What GitHub Pages and others read: a file with a domain. */
async function ownDomain(folder: SiteFolder): Promise<Said | undefined> {
  for (const path of ["CNAME", "source/CNAME", "static/CNAME", "public/CNAME", "src/CNAME", "docs/CNAME"]) {
    const domain = folder.paths.includes(path) ? (await folder.read(path))?.trim() : undefined;
    if (domain && /^[\w.-]{1,200}\.[a-z]{2,20}$/i.test(domain))
      return addressOf({ value: `https://${domain}/`, from: path });
  }
  return undefined;
}

function languageRemarks({ language }: Found, posts: FoundPosts): readonly string[] {
  if (!language) {
    const stands = posts.language
      ? `${posts.language.value} stands there, by ${posts.language.from}`
      : "en stands there";
    return [`language: ${stands}, since the configuration names none`];
  }
  const [spoken] = posts.language?.value.split("-") ?? [];
  return spoken === undefined ||
    language.value.startsWith(spoken) ||
    (spoken === "zh" && language.value.startsWith("ja"))
    ? []
    : [`language: ${language.value} (${language.from}), but most titles are in ${posts.language?.value}`];
}
