/**
 * Where the links of posts to others lead: found once it is known which posts are public, and at what address. A post whose
 * links lead elsewhere than before is rendered anew, without being read; how its text reads stays as it is, and so does
 * `updated`.
 */

import { digest } from "../../base/digest.ts";
import { folderOf } from "../../base/fold.ts";
import { problem } from "../../base/problems.ts";
import { isListed } from "../../channels/listed.ts";
import { linkedHash } from "../../content/links/hash.ts";
import { foldedStem, isMeantBy, NAMED, nameMeant, nameOf, stemsMeant, stemsOf } from "../../content/links/stems.ts";
import type { LinkTarget, ListedRecord, PostLinks, PostRecord, Problem, Reference } from "../../model.ts";
import { recordAt } from "../../state/records.ts";

type LinkingRecord = ListedRecord & { readonly facts: { readonly links: PostLinks } };

/** The records with links that lead where the posts are; `looked` are the keys that were looked into, all others are as before. */
export function linkPosts(
  records: readonly PostRecord[],
  before: readonly PostRecord[],
  looked: Iterable<string>,
): readonly PostRecord[] {
  const keys = new Set(looked);
  const moved = movedNames(records, before, keys);
  const isConcerned = ({ key, facts: { links } }: LinkingRecord) =>
    keys.has(key) || links.references.some((reference) => namesMeant(reference, key).some((name) => moved.has(name)));
  const concerned = records.filter((record) => isLinking(record) && isConcerned(record));
  if (concerned.length === 0) return records;
  const find = postFinder(records, concerned.filter(isLinking));
  const linked = new Map(concerned.filter(isLinking).map((record) => [record.key, withTargets(record, find)]));
  return records.map((record) => linked.get(record.key) ?? record);
}

/** Only a post that is read as its file has it; the last good entry of a broken one stays as it was. */
const isLinking = (record: PostRecord): record is LinkingRecord =>
  record.state === "public" && record.facts?.links !== undefined;

/** The names of posts that came or went, or whose links have to say something else. */
function movedNames(
  records: readonly PostRecord[],
  before: readonly PostRecord[],
  keys: ReadonlySet<string>,
): ReadonlySet<string> {
  const moved = new Set<string>();
  for (const key of keys) {
    const [former, record] = [recordAt(before, key), recordAt(records, key)];
    if (digest(seenOf(former)) === digest(seenOf(record))) continue;
    for (const each of [former, record]) if (each) for (const stem of stemsOfPost(each)) moved.add(nameOf(stem));
  }
  return moved;
}

/** What links depend on. */
function seenOf(record: PostRecord | undefined) {
  if (!record || !isListed(record)) return record?.state === undefined ? "none" : "hidden";
  const { url, title, language, names } = record.facts;
  return [url, title, language, names ?? []];
}

/** By its file, and if it is public by its title and its other names: those of a hidden post are not to be told. */
function stemsOfPost(record: PostRecord): readonly string[] {
  const stems = stemsOf(record.key);
  if (!isListed(record)) return stems;
  const { title, names = [] } = record.facts;
  return [...stems, ...[title, ...names].filter((name) => name !== "").map((name) => NAMED + foldedStem(name))];
}

type Find = (reference: Reference, from: LinkingRecord) => LinkTarget;

interface Meant {
  readonly record: PostRecord;
  readonly stems: readonly string[];
}

/** Finds the posts that the references of these records mean. */
function postFinder(records: readonly PostRecord[], linking: readonly LinkingRecord[]): Find {
  const wanted = new Set<string>();
  for (const { key, facts } of linking) {
    for (const reference of facts.links.references) for (const name of namesMeant(reference, key)) wanted.add(name);
  }
  const byName = new Map<string, Meant[]>();
  for (const record of records) {
    const stems = stemsOfPost(record);
    for (const name of new Set(stems.map(nameOf))) {
      if (!wanted.has(name)) continue;
      const named = byName.get(name);
      if (named) named.push({ record, stems });
      else byName.set(name, [{ record, stems }]);
    }
  }
  return (reference, { key, facts }) => {
    const { language, titled } = reference;
    const spoken = language ?? facts.language;
    let isHidden = false;
    for (const stem of stemsMeant(reference, key)) {
      const meant = (byName.get(nameOf(stem)) ?? []).filter((each) => isMeantBy(stem, each.stems));
      const listed = meant.map(({ record }) => record).filter(isListed);
      const best = listed.reduce<ListedRecord | undefined>(
        (first, each) => (first && compared(first, each, spoken, key) <= 0 ? first : each),
        undefined,
      );
      if (best) return { url: best.facts.url, ...(titled && { title: best.facts.title }) };
      isHidden ||= meant.length > 0;
    }
    return isHidden ? "hidden" : "none";
  };
}

/** The names by which the posts are found that a link may mean. */
function namesMeant(reference: Reference, key: string): readonly string[] {
  const name = nameMeant(reference);
  if (name === undefined) return stemsMeant(reference, key).map(nameOf);
  return reference.sought === "note" ? [name, ...stemsMeant(reference, key).map(nameOf)] : [name];
}

/** Of several posts that are meant, first those in the language, then those beside, then those of the shortest key. */
function compared(a: ListedRecord, b: ListedRecord, language: string, from: string): number {
  const ranks = ({ key, facts }: ListedRecord) => [
    facts.language === language ? 0 : 1,
    folderOf(key) === folderOf(from) ? 0 : 1,
    key.length,
  ];
  const [left, right] = [ranks(a), ranks(b)];
  const at = left.findIndex((rank, i) => rank !== right[i]);
  return at === -1 ? (a.key < b.key ? -1 : 1) : (left[at] ?? 0) - (right[at] ?? 0);
}

function withTargets(record: LinkingRecord, find: Find): PostRecord {
  const { rendered, facts, ...others } = record;
  const targets = facts.links.references.map((reference) => find(reference, record));
  const links = { ...facts.links, targets };
  const inputHash = linkedHash(links);
  return inputHash === facts.inputHash ? record : { ...others, facts: { ...facts, links, inputHash } };
}

/** Of a record, with those of its links that lead to no post in documents. */
export function problemsOf(record: PostRecord): readonly Problem[] {
  if (!isLinking(record)) return record.problems;
  const { references, targets } = record.facts.links;
  const lost = references.flatMap(({ written, line, perhaps }, i) => {
    const target = targets[i];
    if (typeof target === "object" || (perhaps && target !== "hidden")) return [];
    const what = target === "hidden" ? "leads to a post that is not public" : "leads to no post";
    return [
      problem("template-link", record.key, `the link to ${JSON.stringify(written)} ${what}: its text stays`, line),
    ];
  });
  return [...record.problems, ...lost];
}
