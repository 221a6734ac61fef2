/** Matches the entries of a former system to posts: by link, then by slug, then by title and date. */
import { present } from "../base/optional.ts";
import type { Format, Instant } from "../model.ts";
import type { FormerEntry } from "./former.ts";
import { type AdoptedPost, idsOf, type Ledger } from "./ledger.ts";
import { type Matchable, type MatchedBy, TRAITS } from "./traits.ts";

export interface Match {
  readonly entry: FormerEntry;
  readonly key: string;
  readonly by: MatchedBy;
}

/** A match whose post has another date than the entry. */
export interface MovedMatch extends Match {
  /** Of the post. */
  readonly published: Instant;
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
  readonly moved: readonly MovedMatch[];
  readonly ledger: Ledger;
}

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
    moved: kept.flatMap((match): readonly MovedMatch[] => {
      const own = published.get(match.key);
      const { published: former } = match.entry;
      return own === undefined || former === undefined || former === own ? [] : [{ ...match, published: own }];
    }),
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
