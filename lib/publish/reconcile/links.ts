/**
 * Where the links of posts to others lead: found once it is known which posts are public, and at what address. A post whose
 * links lead elsewhere than before is rendered anew, without being read; `updated` stays, since its author wrote nothing.
 */
import { digest } from "../../base/digest.ts";
import { finderOf } from "../../base/finder.ts";
import { present } from "../../base/optional.ts";
import { folderOf } from "../../base/paths.ts";
import { firstAlike, problem } from "../../base/problems.ts";
import { ofSegments } from "../../base/segments.ts";
import { percentDecoded } from "../../base/text.ts";
import { isListed } from "../../channels/listed.ts";
import { linkedHash, relinkedHash } from "../../content/links/hash.ts";
import { foldedStem, isWholeStem, NAMED, nameMeant, nameOf, stemsMeant, stemsOf } from "../../content/links/stems.ts";
import type { Facts, LinkTarget, ListedRecord, Post, PostLinks, PostRecord, Problem, Reference } from "../../model.ts";
import { recordAt, withRecords } from "../../state/records.ts";

type LinkingRecord = ListedRecord & { readonly facts: { readonly links: PostLinks } };

/** The records with links that lead where the posts are; `looked` are the keys that were looked into, all others are as before. */
export function linkPosts(
  records: readonly PostRecord[],
  before: readonly PostRecord[],
  looked: Iterable<string>,
): readonly PostRecord[] {
  const keys = new Set(looked);
  const linking = linkingIn(records).flat();
  // Only posts that were not looked into are chosen by what moved. Of a first run there are none.
  const isAnyLeft = linking.some(({ key }) => !keys.has(key));
  const moved = isAnyLeft ? movedNames(records, before, keys) : new Set<string>();
  const leadsToMoved = ({ key, facts: { links } }: LinkingRecord) =>
    moved.size > 0 && links.references.some((each) => soughtNames(each, key).some((name) => moved.has(name)));
  const concerned = linking.filter((record) => keys.has(record.key) || leadsToMoved(record));
  if (concerned.length === 0) return records;
  const find = postFinder(records, concerned);
  const linked = concerned.flatMap((record) => {
    const other = withTargets(record, find);
    return other === record ? [] : [other];
  });
  return withRecords(records, linked);
}

const linkingIn = ofSegments((records: readonly PostRecord[]) => records.filter(isLinking));

function isLinking(record: PostRecord): record is LinkingRecord {
  return record.facts?.links !== undefined && isListed(record);
}

/** The names of files that came or went, or of posts that moved: links to them may lead elsewhere now. */
function movedNames(
  records: readonly PostRecord[],
  before: readonly PostRecord[],
  looked: Iterable<string>,
): ReadonlySet<string> {
  const moved = new Set<string>();
  for (const key of looked) {
    const [former, record] = [recordAt(before, key), recordAt(records, key)];
    if (digest(asTarget(former)) === digest(asTarget(record))) continue;
    for (const each of [former, record]) if (each) for (const name of stemsOfRecord(each).names) moved.add(name);
  }
  return moved;
}

/** All that a link to the file can depend on. */
function asTarget(record: PostRecord | undefined): readonly unknown[] {
  if (!record) return [];
  if (!isListed(record)) return ["hidden", record.page ?? null];
  const { url, title, language, names } = record.facts;
  return [url, title, language, names ?? []];
}

interface Stems {
  readonly stems: readonly string[];
  readonly names: readonly string[];
}

/** Of a record that was not looked into, the object is the same in the next run of this process. */
const stemsOfRecords = new WeakMap<PostRecord, Stems>();

/** By its file, and if it is public by its title and its other names: those of a hidden post are not to be told. */
function stemsOfRecord(record: PostRecord): Stems {
  const known = stemsOfRecords.get(record);
  if (known) return known;
  const { key, facts } = record;
  const titles = isListed(record) ? [record.facts.title, ...(record.facts.names ?? [])] : [];
  const named = titles.filter((name) => name !== "").map((name) => NAMED + foldedStem(name));
  const stems = [...stemsOf(key, facts?.language), ...named];
  const made = { stems, names: [...new Set(stems.map(nameOf))] };
  stemsOfRecords.set(record, made);
  return made;
}

/** The names by which the files are found that a link may mean. */
function soughtNames(reference: Reference, key: string): readonly string[] {
  const name = nameMeant(reference);
  return name === undefined ? stemsMeant(reference, key).map(({ stem }) => nameOf(stem)) : [name];
}

/** What it depends on where the links of a post lead, besides the records. */
interface LinkingPost extends Pick<PostRecord, "key"> {
  readonly facts: Pick<Facts, "language"> & { readonly links: Pick<PostLinks, "references"> };
}

/** Where the links of a post lead that is not public itself. */
export function targetsOf(
  { key, language, references }: Pick<Post, "key" | "language" | "references">,
  records: readonly PostRecord[],
): readonly LinkTarget[] {
  if (!references) return [];
  const post: LinkingPost = { key, facts: { language, links: { references } } };
  const find = postFinder(records, [post]);
  return references.map((reference) => find(reference, post));
}

type Find = (reference: Reference, from: LinkingPost) => LinkTarget;

const findNamed = finderOf<PostRecord>((record) => stemsOfRecord(record).names);

/** Finds the posts that the references of these records mean. */
function postFinder(records: readonly PostRecord[], linking: readonly LinkingPost[]): Find {
  const wanted = new Set<string>();
  for (const { key, facts } of linking) {
    for (const reference of facts.links.references) for (const name of soughtNames(reference, key)) wanted.add(name);
  }
  const byStem = new Map<string, Set<PostRecord>>();
  const byName = new Map<string, Set<PostRecord>>();
  for (const record of findNamed(records, wanted)) {
    const { stems, names } = stemsOfRecord(record);
    if (!names.some((name) => wanted.has(name))) continue;
    for (const stem of stems) byStem.set(stem, (byStem.get(stem) ?? new Set()).add(record));
    for (const name of names) byName.set(name, (byName.get(name) ?? new Set()).add(record));
  }
  const meantBy = (stem: string): Iterable<PostRecord> =>
    isWholeStem(stem)
      ? (byStem.get(stem) ?? [])
      : [...(byName.get(nameOf(stem)) ?? [])].filter((record) =>
          stemsOfRecord(record).stems.some((each) => each.endsWith(`/${stem}`)),
        );
  /** Many posts of one folder may link to the same. */
  const known = new Map<string, PostRecord | undefined>();
  const bestFor = (stem: string, reference: Reference, from: LinkingPost): PostRecord | undefined => {
    const wish = wishOf(reference, from);
    const question = JSON.stringify([stem, wish]);
    if (!known.has(question)) known.set(question, best(meantBy(stem), wish));
    return known.get(question);
  };
  return (reference, from) => {
    // The first that any file has decides: a link to a draft does not lead to another post of its name.
    for (const { stem, fragment } of stemsMeant(reference, from.key)) {
      const record = bestFor(stem, reference, from);
      if (!record) continue;
      if (!isListed(record)) return record.page === undefined ? "hidden" : { url: record.page + fragment };
      const { url, title } = record.facts;
      return { url: url + fragment, ...present({ title: reference.titled && title }) };
    }
    return "none";
  };
}

/** What a link prefers of several files. */
interface Wish {
  readonly file: string;
  readonly folder: string;
  readonly language: string;
  /** Hugo looks for a page of the language first, whatever the file is called. */
  readonly isByLanguage: boolean;
}

const wishOf = ({ written, language, sought }: Reference, { key, facts }: LinkingPost): Wish => ({
  file: baseOf(percentDecoded(written.split(/[?#]/, 1)[0] ?? "")),
  folder: folderOf(key),
  language: language ?? facts.language,
  isByLanguage: language !== undefined || sought === "page" || sought === "beside",
});

const baseOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** Of files of one name a public one; then the very file, of the language, beside the post, with the shortest key. */
function best(records: Iterable<PostRecord>, { file, folder, language, isByLanguage }: Wish): PostRecord | undefined {
  const ranksOf = (record: PostRecord): readonly number[] => {
    const base = baseOf(record.key);
    const isFile = base === file || base.replace(/\.[^.]*$/, "") === file;
    const isSpoken = record.facts?.language === language;
    const wished = isByLanguage ? [isSpoken, isFile] : [isFile, isSpoken];
    return [isListed(record), ...wished, folderOf(record.key) === folder]
      .map((is): number => (is ? 0 : 1))
      .concat(record.key.length);
  };
  let first: { readonly record: PostRecord; readonly ranks: readonly number[] } | undefined;
  for (const record of records) {
    const ranks = ranksOf(record);
    if (!first || compareRanks(ranks, first.ranks) < 0) first = { record, ranks };
  }
  return first?.record;
}

/** Of equal ones the first stays: records are in the order of their keys. */
function compareRanks(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((rank, i) => rank !== b[i]);
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

function withTargets(record: LinkingRecord, find: Find): PostRecord {
  const { rendered, facts, ...others } = record;
  const { references, own, former, targets: before } = facts.links;
  const targets = references.map((reference) => find(reference, record));
  if (digest(targets) === digest(before)) return record;
  if (record.state === "public") {
    const links = { references, targets, own };
    return { ...others, facts: { ...facts, links, inputHash: linkedHash(links) } };
  }
  // Its file cannot be rendered: its last good entry is changed.
  const from = rendered ? { hash: facts.inputHash, place: rendered, targets: before } : former;
  if (!from) return record;
  const links = { references, targets, own, former: from };
  return { ...others, facts: { ...facts, links, inputHash: relinkedHash(from.hash, targets) } };
}

/** Of a record, with those of its links that lead to no post in documents. */
export function problemsOf(record: PostRecord): readonly Problem[] {
  if (record.state !== "public" || !isLinking(record)) return record.problems;
  const { key, problems, facts } = record;
  const { references, targets } = facts.links;
  const lost = references.flatMap((reference, i) => {
    const target = targets[i] ?? "none";
    const isLost = typeof target === "string" && !(reference.perhaps && target === "none");
    return isLost ? [linkProblem(key, reference, target)] : [];
  });
  return [...problems, ...firstAlike(lost, "links")];
}

function linkProblem(key: string, { written, line }: Reference, target: "hidden" | "none") {
  const [what, fix] =
    target === "hidden" ? ["a post that is not public, and is left out", HIDDEN_FIX] : ["no post, and is left out"];
  return problem("template-link", key, `the link to ${JSON.stringify(written)} leads to ${what}`, line, fix);
}

const HIDDEN_FIX = "publish that post, or remove the link; the link comes back by itself when the post is public";
