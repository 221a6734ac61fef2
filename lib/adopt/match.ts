/** Which post each entry of a former system is: matched by link, then slug, then title and date. */
import type { Format } from "../model.ts";
import { addressOf, decodePath, type FormerEntry } from "./former.ts";
import { type AdoptedPost, idsOf, type Ledger } from "./ledger.ts";
import { textOfHtml } from "./xmlwalk.ts";

/** What of a post its former entry may share. */
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

/** An entry whose id is kept for no post, and why. */
export interface Unmatched {
  readonly entry: FormerEntry;
  readonly why: string;
}

export interface Matched {
  readonly matches: readonly Match[];
  readonly entries: readonly Unmatched[];
  /** Keys of posts that no entry is. */
  readonly posts: readonly string[];
  /** Of matched posts whose date is not that of their entry. */
  readonly moved: readonly Match[];
  readonly ledger: Ledger;
}

type Trait = readonly [
  by: MatchedBy,
  ofEntry: (entry: FormerEntry) => string | undefined,
  ofPost: (post: Matchable) => string | undefined,
];

const TRAITS: readonly Trait[] = [
  ["link", ({ link }) => hrefOf(link), ({ url }) => hrefOf(url)],
  ["link", ({ id, isPermaLink }) => (isPermaLink ? hrefOf(id.trim()) : undefined), ({ url }) => hrefOf(url)],
  // The site may have moved, or have learned to spell `https`.
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

/** A match counts when it is the only one either way. Each format is matched by itself: its ids are its own. */
export function matchEntries(entries: readonly FormerEntry[], posts: readonly Matchable[]): Matched {
  const matches: Match[] = [];
  const unmatched: Unmatched[] = [];
  for (const [format, same] of Map.groupBy(entries, (entry) => entry.format)) {
    const [kept, twice] = withoutTwins(same, format);
    const found = matchFormat(kept, posts);
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

/** One id of two entries: readers know it as that of the first, which is the newer in every feed. */
function withoutTwins(
  entries: readonly FormerEntry[],
  format: Format,
): readonly [readonly FormerEntry[], readonly Unmatched[]] {
  const known = new Map<string, FormerEntry>();
  const twice: Unmatched[] = [];
  for (const entry of entries) {
    const first = known.get(entry.id);
    if (first)
      twice.push({ entry, why: `its id is also that of ${first.link ?? first.title ?? "another entry"} in ${format}` });
    else known.set(entry.id, entry);
  }
  return [[...known.values()], twice];
}

function matchFormat(
  entries: readonly FormerEntry[],
  posts: readonly Matchable[],
): Pick<Matched, "matches" | "entries"> {
  const strangers = new Set(entries);
  const free = new Set(posts);
  const matches: Match[] = [];
  const doubts = new Map<FormerEntry, string>();
  for (const [by, ofEntry, ofPost] of TRAITS) {
    const alike = Map.groupBy(strangers, ofEntry);
    const owners = Map.groupBy(free, ofPost);
    for (const [value, same] of alike) {
      const found = value === undefined ? [] : (owners.get(value) ?? []);
      const [entry, ...rivals] = same;
      const [post, ...others] = found;
      if (!entry || !post) continue;
      if (rivals.length + others.length > 0) {
        const why = `by its ${by} it may be ${[post, ...others]
          .slice(0, 3)
          .map(({ key }) => key)
          .join(" or ")}${rivals.length > 0 ? ", and so may another entry" : ""}`;
        for (const one of same) if (!doubts.has(one)) doubts.set(one, why);
        continue;
      }
      matches.push({ entry, key: post.key, by });
      strangers.delete(entry);
      free.delete(post);
    }
  }
  return {
    matches,
    entries: [...strangers].map((entry) => ({
      entry,
      why: doubts.get(entry) ?? "no post has its link, slug, or title and date",
    })),
  };
}

/** An id, in whatever format, is one post's: the first that was matched keeps it. */
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
      refused.push({ entry, why: `its id is that of ${holder} in another format` });
      continue;
    }
    const known = posts.get(key);
    const { id, format, isPermaLink, updated } = entry;
    // Formats may differ; a reader of any must not see it fall.
    const latest = [known?.updated, updated]
      .filter((moment) => moment !== undefined)
      .sort()
      .at(-1);
    const url = urls.get(key);
    const post = {
      key,
      ...(url !== undefined && { url }),
      ...{ ids: { ...known?.ids, [format]: id, ...(isPermaLink && { isPermaLink }) } },
      ...(latest !== undefined && { updated: latest }),
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

/** Without extension and date; the folder's of `index.md`. */
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

/** Some feeds in Atom say only when an entry was updated. */
const dateOf = ({ published, updated }: FormerEntry): string | undefined => published ?? updated;

const dayOf = (instant: string | undefined): string | undefined => instant?.slice(0, 10);

/** Of a title its letters and digits: systems dress up quotes and dashes each in its way. */
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
