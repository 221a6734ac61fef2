/** Which entries go where: the channels of a site, and the window that each carries now. */

import { translationKey } from "../content/facts/place.ts";
import type { Channel, Facts, ListedRecord, PostRecord, Site, Window } from "../model.ts";
import { slugOf } from "./slug.ts";

/** Does the post belong in documents? Decided here once, for every channel. */
export function isListed(record: PostRecord): record is ListedRecord {
  const { state, facts, lastGood } = record;
  return (
    facts !== undefined && (state === "public" || (lastGood === true && (state === "broken" || state === "shadow")))
  );
}

/** The site's window, then one for each tag by slug. */
export function selectWindows(records: readonly PostRecord[], site: Site): readonly Window[] {
  const toSlug = slugs();
  const newestFirst = records.filter(isListed).sort((a, b) => compareFacts(a.facts, b.facts));
  const byTag = groupByTag(newestFirst, toSlug);
  const windowOf = (records: readonly ListedRecord[]) => translatedOnce(records, site.language).slice(0, site.limit);
  return [
    { channel: siteChannel(site), records: windowOf(newestFirst) },
    ...[...byTag.keys()].sort().map((name) => {
      const carried = byTag.get(name) ?? [];
      return {
        channel: tagChannel(name, spellingOf(name, carried, toSlug), site),
        records: windowOf(carried),
      };
    }),
  ];
}

/** Of one post in several languages the one in the site's, else the first that was published, stands for all. */
function translatedOnce(records: readonly ListedRecord[], language: string): readonly ListedRecord[] {
  if (!records.some(({ facts }) => facts.translation !== undefined)) return records;
  const nearness = ({ facts }: ListedRecord) => {
    return facts.language === language ? 0 : primaryOf(facts.language) === primaryOf(language) ? 1 : 2;
  };
  const chosen = new Map<string, ListedRecord>();
  for (const record of records) {
    const rival = chosen.get(translationOf(record));
    // Newest first: of equals the later in the list is the older.
    if (!rival || nearness(record) <= nearness(rival)) chosen.set(translationOf(record), record);
  }
  return records.filter((record) => chosen.get(translationOf(record))?.facts.language === record.facts.language);
}

const primaryOf = (language: string) => language.split("-")[0];

/** Without a key of its own a post is the original of those that lie beside it with a language in their name. */
function translationOf({ key, facts }: ListedRecord): string {
  return facts.translation ?? translationKey(key);
}

/** Posts share their tags: each is made a slug once. */
function slugs(): (tag: string) => string {
  const known = new Map<string, string>();
  return (tag) => {
    const slug = known.get(tag) ?? slugOf(tag);
    known.set(tag, slug);
    return slug;
  };
}

/** Newest first; posts of one moment by id, which a rename does not change. */
function compareFacts(a: Facts, b: Facts): number {
  if (a.published !== b.published) return a.published < b.published ? 1 : -1;
  return a.id < b.id ? -1 : 1;
}

function groupByTag(
  records: readonly ListedRecord[],
  slugOf: (tag: string) => string,
): ReadonlyMap<string, readonly ListedRecord[]> {
  const byTag = new Map<string, ListedRecord[]>();
  for (const record of records) {
    for (const slug of new Set(record.facts.tags.map(slugOf))) {
      const carried = byTag.get(slug);
      if (carried) carried.push(record);
      else byTag.set(slug, [record]);
    }
  }
  return byTag;
}

/** Of a tag that is spelled in several ways, the way most posts do; the first in code order among equals. */
function spellingOf(slug: string, records: readonly ListedRecord[], slugOf: (tag: string) => string): string {
  const uses = new Map<string, number>();
  for (const { facts } of records) {
    for (const tag of facts.tags) if (slugOf(tag) === slug) uses.set(tag, (uses.get(tag) ?? 0) + 1);
  }
  const [first] = [...uses].sort(([a, usesA], [b, usesB]) => usesB - usesA || (a < b ? -1 : 1));
  return first?.[0] ?? slug;
}

function siteChannel(site: Site): Channel {
  const { title, description, language, url, content } = site;
  return { key: "site", path: "", title, description, language, home: url, content };
}

function tagChannel(slug: string, tag: string, site: Site): Channel {
  const { description, language, url } = site;
  return {
    key: `tags/${slug}`,
    path: `tags/${slug}/`,
    title: `${site.title}: ${tag}`,
    description,
    language,
    home: url,
    content: site.tags.content ?? site.content,
  };
}
