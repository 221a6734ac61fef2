/** The synthetic site on disk: its content for Dripfeed, the same as a site of Hugo's, and edits of one post. */
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { HUGO_FILES, hugoPost } from "./hugo.ts";
import { SYNTHETIC_SITE, syntheticPosts } from "./posts.ts";

/** After the last of the synthetic posts, so that all of them are public whenever this is run. */
export const NOW = "2026-01-01T00:00:00Z";

/** The site's own feeds and nothing beside them. */
const NEWEST_SITE = `${SYNTHETIC_SITE}archives: false
pages: false
kinds: { tags: false, categories: false, authors: false, languages: false, sections: false }
`;

export const SITES = { all: SYNTHETIC_SITE, newest: NEWEST_SITE };

export interface Folders {
  readonly content: string;
  readonly hugo: string;
  /** Of the newest post that is no draft. */
  readonly key: string;
  /** Of all posts. */
  readonly bytes: number;
}

/** Writes all of it under `folder`. */
export function writeFolders(folder: string, count: number, seed: number): Folders {
  const [content, hugo] = [join(folder, "content"), join(folder, "hugo")];
  let bytes = 0;
  let newest = { key: "", date: "" };
  for (const { key, text } of syntheticPosts(count, seed)) {
    write(join(content, key), text);
    write(join(hugo, "content", key), hugoPost(text));
    bytes += Buffer.byteLength(text);
    const date = /^date: (\S+(?: \S+)?)$/m.exec(text)?.[1]?.replace(" ", "T") ?? "";
    if (date > newest.date && !text.includes("\ndraft: true\n")) newest = { key, date };
  }
  for (const [name, text] of Object.entries(HUGO_FILES)) write(join(hugo, name), text);
  useSite(content, "all");
  return { content, hugo, key: newest.key, bytes };
}

export function useSite(content: string, name: keyof typeof SITES): void {
  write(join(content, "site.yaml"), SITES[name]);
}

export const afterthought = (round: number | string): string => `\nOn second thoughts, number ${round}.\n`;

/** A sentence more, another each time. */
export function editPost(content: string, key: string, round: number): void {
  appendFileSync(join(content, key), afterthought(round));
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
