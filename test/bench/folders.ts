/** The synthetic site on disk: as content for Dripfeed and as a site for Hugo, and edits of one post. */
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { HUGO_FILES, hugoPost } from "./hugo.ts";
import { SYNTHETIC_SITE, syntheticPosts } from "./posts.ts";

/** After the date of the last synthetic post, so that all of them are public. */
export const NOW = "2026-01-01T00:00:00Z";

/** A site with the feeds that Hugo makes too. */
const SAME_SITE = `${SYNTHETIC_SITE}archives: false
pages: false
kinds: { languages: false, sections: false }
`;

/** A site with nothing but the site's feeds. */
const NEWEST_SITE = `${SYNTHETIC_SITE}archives: false
pages: false
kinds: { tags: false, categories: false, authors: false, languages: false, sections: false }
`;

export const SITES = { all: SYNTHETIC_SITE, same: SAME_SITE, newest: NEWEST_SITE };

export interface Folders {
  readonly content: string;
  readonly hugo: string;
  /** The key of the newest post that is not a draft. */
  readonly key: string;
  /** The size of all posts. */
  readonly bytes: number;
}

/** Writes both sites under `folder`, or that for Dripfeed alone. */
export function writeFolders(folder: string, count: number, seed: number, both = true): Folders {
  const [content, hugo] = [join(folder, "content"), join(folder, "hugo")];
  let bytes = 0;
  let newest = { key: "", date: "" };
  for (const { key, text } of syntheticPosts(count, seed)) {
    write(join(content, key), text);
    if (both) write(join(hugo, "content", key), hugoPost(text));
    bytes += Buffer.byteLength(text);
    const date = /^date: (\S+(?: \S+)?)$/m.exec(text)?.[1]?.replace(" ", "T") ?? "";
    if (date > newest.date && !text.includes("\ndraft: true\n")) newest = { key, date };
  }
  if (both) for (const [name, text] of Object.entries(HUGO_FILES)) write(join(hugo, name), text);
  useSite(content, "all");
  return { content, hugo, key: newest.key, bytes };
}

export function useSite(content: string, name: keyof typeof SITES): void {
  write(join(content, "site.yaml"), SITES[name]);
}

/** A sentence that makes the text of each round differ. */
export const addition = (round: number | string): string => `\nOn second thoughts, number ${round}.\n`;

/** Adds a sentence to the newest post of both sites, another in each round. */
export function editPost({ content, hugo, key }: Folders, round: number): void {
  for (const folder of [content, join(hugo, "content")]) {
    if (existsSync(join(folder, key))) appendFileSync(join(folder, key), addition(round));
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
