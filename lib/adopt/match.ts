/** Matches the entries of a former system to posts: by link, then by slug, then by title and date. */
import { present } from "../base/optional.ts";
import type { Format } from "../model.ts";
import { addressOf, decodePath, type FormerEntry } from "./former.ts";
import { type AdoptedPost, idsOf, type Ledger } from "./ledger.ts";
import { textOfHtml } from "./xmlwalk.ts";

/** What a post may have in common with its former entry. */
export interface Matchable {
  readonly key: string;
  readonly url: string;
  readonly title: string;
  readonly published: string;
}

export type MatchedBy = "link" | "slug" | "title and date";

export interface Match {
  readonly entry: FormerEntry;
  readonly key: string;
  readonly by: MatchedBy;
}

/** An entry whose id is kept for no post, and the reason. */
export interface Unmatched {
  readonly entry: FormerEntry;
  readonly why: string;
}

export interface Matched {
  readonly matches: readonly Match[];
  readonly entries: readonly Unmatched[];
  /** Keys of posts that match no entry. */
  readonly posts: readonly string[];
  /** Matches whose post has another date than the entry. */
  readonly moved: readonly Match[];
  readonly ledger: Ledger;
}

/** A value by which an entry and a post can be compared. */
type Trait = readonly [
  by: MatchedBy,
  ofEntry: (entry: FormerEntry) => string | undefined,
  ofPost: (post: Matchable) => string | undefined,
];

const TRAITS: readonly Trait[] = [
  ["link", ({ link }) => hrefOf(link), ({ url }) => hrefOf(url)],
  ["link", ({ id, isPermaLink }) => (isPermaLink ? hrefOf(id.trim()) : undefined), ({ url }) => hrefOf(url)],
  // The site may have moved to another host, or to `https`.
  ["link", ({ link }) => addressOf(link), ({ url }) => addressOf(url)],
  ["slug", ({ link }) => slugOf(link), ({ url }) => slugOf(url)],
  ["slug", ({ link }) => slugOf(link), ({ key }) => fileName(key)],
  ["title and date", (entry) => headline(entry.title, dateOf(entry)), (post) => headline(post.title, post.published)],
  [
    "title and date",
    (entry) => headline(entry.title, dayOf(dateOf(entry))),
    (post) => headline(post.title, dayOf(post.published)),
  ],
];

/** A match counts if it is unique in both directions. Formats are matched separately, since each has its own ids. */
export function matchEntries(entries: readonly FormerEntry[], posts: readonly Matchable[]): Matched {
  const matches: Match[] = [];
  const unmatched: Unmatched[] = [];
  for (const [format, same] of Map.groupBy(entries, (entry) => entry.format)) {
    const [distinct, twice] = withoutRepeatedIds(same, format);
    const found = matchFormat(distinct, posts);
    matches.push(...found.matches);
    unmatched.push(...twice, ...found.entries);
  }
  const { ledger, refused } = ledgerOf(matches, new Map(posts.map(({ key, url }) => [key, url])));
  const kept = matches.filter((match) => !refused.some(({ entry }) => entry === match.entry));
  const published = new Map(posts.map((post) => [post.key, post.published]));
  return {
    matches: kept,
    entries: [...unmatched, ...refused],
    posts: posts.filter(({ key }) => !ledger.has(key)).map(({ key }) => key),
    moved: kept.filter(({ entry, key }) => entry.published !== undefined && entry.published !== published.get(key)),
    ledger,
  };
}

/** Of entries with one id, readers keep the first, which is the newest in every feed. */
function withoutRepeatedIds(
  entries: readonly FormerEntry[],
  format: Format,
): readonly [readonly FormerEntry[], readonly Unmatched[]] {
  const byId = new Map<string, FormerEntry>();
  const twice: Unmatched[] = [];
  for (const entry of entries) {
    const first = byId.get(entry.id);
    if (first)
      twice.push({ entry, why: `${first.link ?? first.title ?? "another entry"} has the same id in ${format}` });
    else byId.set(entry.id, entry);
  }
  return [[...byId.values()], twice];
}

function matchFormat(
  entries: readonly FormerEntry[],
  posts: readonly Matchable[],
): Pick<Matched, "matches" | "entries"> {
  const unmatched = new Set(entries);
  const free = new Set(posts);
  const matches: Match[] = [];
  const ambiguities = new Map<FormerEntry, string>();
  for (const [by, ofEntry, ofPost] of TRAITS) {
    const entriesByValue = Map.groupBy(unmatched, ofEntry);
    const postsByValue = Map.groupBy(free, ofPost);
    for (const [value, same] of entriesByValue) {
      const found = value === undefined ? [] : (postsByValue.get(value) ?? []);
      const [entry, ...rivals] = same;
      const [post, ...others] = found;
      if (!entry || !post) continue;
      if (rivals.length + others.length > 0) {
        const why = `by its ${by} it may be ${[post, ...others]
          .slice(0, 3)
          .map(({ key }) => key)
          .join(" or ")}${rivals.length > 0 ? ", and so may another entry" : ""}`;
        for (const one of same) if (!ambiguities.has(one)) ambiguities.set(one, why);
        continue;
      }
      matches.push({ entry, key: post.key, by });
      unmatched.delete(entry);
      free.delete(post);
    }
  }
  return {
    matches,
    entries: [...unmatched].map((entry) => ({
      entry,
      why: ambiguities.get(entry) ?? "no post has its link, slug, or title and date",
    })),
  };
}

/** An id belongs to one post, across formats: the first that was matched keeps it. */
function ledgerOf(
  matches: readonly Match[],
  urls: ReadonlyMap<string, string>,
): { readonly ledger: Ledger; readonly refused: readonly Unmatched[] } {
  const posts = new Map<string, AdoptedPost>();
  const holders = new Map<string, string>();
  const refused: Unmatched[] = [];
  for (const { entry, key } of matches) {
    const holder = holders.get(entry.id);
    if (holder !== undefined && holder !== key) {
      refused.push({ entry, why: `its id belongs to ${holder} in another format` });
      continue;
    }
    const known = posts.get(key);
    const { id, format, isPermaLink, updated } = entry;
    // Formats may differ: no reader may see `updated` go back.
    const latest = [known?.updated, updated]
      .filter((moment) => moment !== undefined)
      .sort()
      .at(-1);
    const post = {
      key,
      ...present({ url: urls.get(key) }),
      ids: { ...known?.ids, [format]: id, ...present({ isPermaLink: isPermaLink || undefined }) },
      ...present({ updated: latest }),
    };
    for (const one of idsOf(post)) holders.set(one, key);
    posts.set(key, post);
  }
  return { ledger: posts, refused };
}

// ── Traits ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const hrefOf = (url: string | undefined): string | undefined =>
  url !== undefined && URL.canParse(url) ? new URL(url).href : undefined;

/** The last part of an address: `hello` of `/2024/10/hello/` and of `/hello.html`. */
function slugOf(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const parts = decodePath(new URL(url).pathname).split("/");
  const last = parts.findLast((part) => part !== "" && !/^index\.html?$/.test(part));
  return (
    last
      ?.replace(/\.html?$/, "")
      .normalize("NFC")
      .toLowerCase() || undefined
  );
}

/** The name of a file without its date and extension; for `index.md`, the name of its folder. */
function fileName(key: string): string | undefined {
  const parts = key.replace(/\.[^./]*$/, "").split("/");
  const last = parts.at(-1) === "index" ? parts.at(-2) : parts.at(-1);
  return (
    last
      ?.replace(/^\d{4}-\d{1,2}-\d{1,2}-/, "")
      .normalize("NFC")
      .toLowerCase() || undefined
  );
}

/** Some Atom feeds have no `published`. */
const dateOf = ({ published, updated }: FormerEntry): string | undefined => published ?? updated;

const dayOf = (instant: string | undefined): string | undefined => instant?.slice(0, 10);

/** Title and date, the title as letters and digits alone: systems write quotes and dashes differently. */
function headline(title: string | undefined, moment: string | undefined): string | undefined {
  const words =
    title === undefined
      ? ""
      : textOfHtml(title)
          .normalize("NFC")
          .toLowerCase()
          .replace(/[^\p{L}\p{N}\p{M}]+/gu, "");
  return words === "" || moment === undefined ? undefined : `${moment} ${words}`;
}
