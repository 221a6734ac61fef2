/** How large one entry may be: documents carry others as well. */
import { escapeText } from "../base/text.ts";
import type { Content, Entry, Post } from "../model.ts";
import type { Site } from "../site/types.ts";

/** The share of a document that one entry may take. */
const SHARE = 1 / 2;

/** Bytes that it may always have, however little the owner allows a document. */
const ALWAYS = 50_000;

type Carrying = Pick<Site, "guard" | "content" | "kinds" | "channels" | "sourceMarkdown">;

/** Bytes of a text, times the channels that name it: each writes it again, in every format. */
const MOST_WRITTEN = 100_000_000;

/** Bytes that the text of a post with so many tags, categories and authors may have. */
export const bytesAllowed = (names: number): number => Math.floor(MOST_WRITTEN / Math.max(1, names));

/** The tags, levels of categories, authors, and names of the owner's own taxonomies of a post. */
export const countNames = (post: Pick<Post, "tags" | "categories" | "authors" | "terms">): number =>
  post.tags.length + countLevels(post.categories) + post.authors.length + Object.values(post.terms ?? {}).flat().length;

/** Categories and those above them, each once. */
export function countLevels(paths: Post["categories"]): number {
  interface Level extends Map<string, Level> {}
  const outermost: Level = new Map();
  let count = 0;
  for (const path of paths) {
    let level = outermost;
    for (const name of path) {
      const below = level.get(name) ?? new Map();
      if (!level.has(name)) count += 1;
      level.set(name, below);
      level = below;
    }
  }
  return count;
}

/** Bytes of its text, and of its HTML; any number where no document carries more than its summary. */
export function entryLimit(site: Carrying, content: Content | undefined): number {
  const { bytes } = site.guard;
  return bytes === undefined || !isCarried(site, content) ? Infinity : Math.max(ALWAYS, Math.floor(bytes * SHARE));
}

/** Does any document carry the whole text of a post that says this of its content? */
export function isCarried(site: Carrying, content: Content | undefined): boolean {
  if (site.sourceMarkdown || content !== undefined) return site.sourceMarkdown || content === "full";
  return [site, ...Object.values(site.kinds), ...site.channels].some((rule) => rule.content === "full");
}

/** Bytes of what is written of it in a document. */
export const bytesOfEntry = ({ html, markdown = "" }: Entry): number =>
  Buffer.byteLength(html) + Buffer.byteLength(escapeText(markdown));

export const TOO_LONG_FIX =
  "shorten or split the post, or write `content: summary`; or let documents be larger: `guard: { bytes: … }` in site.yaml";
