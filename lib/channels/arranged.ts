/** The posts of a site in order, and by channel: moved on from those of the last run by the records that changed since. */
import { differenceOf } from "../base/segments.ts";
import type { Facts, Kind, ListedRecord, PostRecord } from "../model.ts";
import type { Site } from "../site/types.ts";
import { newestFirst } from "./cut.ts";
import { isListed } from "./listed.ts";
import { membershipOf, memberTest } from "./membership.ts";
import { withChanges } from "./sorted.ts";
import { countSpelling, type Spellings } from "./spellings.ts";

/** Every list is newest first. */
export interface Arranged {
  readonly records: readonly PostRecord[];
  readonly posts: readonly ListedRecord[];
  /** How many posts say which translation of another they are. */
  readonly translated: number;
  /** By channel key: each tag, category, … that a post has. */
  readonly groups: ReadonlyMap<string, Group>;
  /** By path, of the channels that the owner names. */
  readonly named: ReadonlyMap<string, readonly ListedRecord[]>;
}

export interface Group {
  readonly kind: Kind;
  readonly posts: readonly ListedRecord[];
  /** Of its name. */
  readonly spellings: Readonly<Spellings>;
  /** How many posts are in each. */
  readonly languages: ReadonlyMap<string, number>;
}

const NOTHING: Arranged = { records: [], posts: [], translated: 0, groups: new Map(), named: new Map() };

/** `before`: what was arranged last for the same site. */
export function arrange(records: readonly PostRecord[], site: Site, before: Arranged = NOTHING): Arranged {
  if (before.records === records) return before;
  const { was, is } = differenceOf(before.records, records);
  const moved: Moved = { left: was.filter(isListed), came: is.filter(isListed).toSorted(newestFirst) };
  const translatedIn = (posts: readonly ListedRecord[]) => posts.filter(isTranslated).length;
  return {
    records,
    posts: withChanges(before.posts, moved.left, moved.came),
    translated: before.translated - translatedIn(moved.left) + translatedIn(moved.came),
    groups: groupsAfter(before.groups, moved, site),
    named: namedAfter(before.named, moved, site),
  };
}

export const isTranslated = ({ facts }: { readonly facts: Facts }): boolean => facts.translation !== undefined;

interface Moved {
  readonly left: readonly ListedRecord[];
  readonly came: readonly ListedRecord[];
}

interface MovedOfGroup {
  readonly kind: Kind;
  readonly left: ListedRecord[];
  readonly came: ListedRecord[];
  readonly spellings: Spellings;
  readonly languages: Map<string, number>;
}

function groupsAfter(before: Arranged["groups"], { left, came }: Moved, site: Site): Arranged["groups"] {
  const membership = membershipOf(site);
  const touched = new Map<string, MovedOfGroup>();
  const note = (list: "left" | "came", post: ListedRecord) => {
    for (const { key, kind, name } of membership(post.facts)) {
      const group = touched.get(key) ?? beginGroup(kind, before.get(key));
      touched.set(key, group);
      const more = list === "came" ? 1 : -1;
      group[list].push(post);
      countSpelling(group.spellings, name, more);
      countLanguage(group.languages, post.facts.language, more);
    }
  };
  for (const post of left) note("left", post);
  for (const post of came) note("came", post);
  const groups = new Map(before);
  for (const [key, { left, came, ...group }] of touched) {
    const posts = withChanges(groups.get(key)?.posts ?? [], left, came);
    if (posts.length > 0) groups.set(key, { ...group, posts });
    else groups.delete(key);
  }
  return groups;
}

const beginGroup = (kind: Kind, before: Group | undefined): MovedOfGroup => ({
  kind,
  left: [],
  came: [],
  spellings: new Map(before?.spellings),
  languages: new Map(before?.languages),
});

function countLanguage(languages: Map<string, number>, language: string, more: number): void {
  const posts = (languages.get(language) ?? 0) + more;
  if (posts > 0) languages.set(language, posts);
  else languages.delete(language);
}

function namedAfter(before: Arranged["named"], { left, came }: Moved, site: Site): Arranged["named"] {
  const named = site.channels.map((channel) => {
    const isMember = memberTest(channel);
    const membersOf = (posts: readonly ListedRecord[]) => posts.filter(({ facts }) => isMember(facts));
    return [channel.path, withChanges(before.get(channel.path) ?? [], membersOf(left), membersOf(came))] as const;
  });
  return new Map(named);
}
