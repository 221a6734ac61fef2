/** Items of a catalog ⇄ rows: values in a fixed order, without their names; fields that few items have come last, named. */
import type { EntryPlace, Facts, GonePost, PostRecord } from "../model.ts";
import type { PublishedDocument } from "./types.ts";

/** Fields that few items have; 0 where there are none. */
type Few<T> = Partial<T> | 0;

type FactsRow = readonly [
  id: string,
  title: string,
  url: string,
  published: string,
  updated: string,
  language: string,
  authors: Facts["authors"],
  tags: Facts["tags"],
  categories: Facts["categories"],
  size: number,
  sourceDigest: string,
  wordsDigest: string,
  inputHash: string,
  few: Few<Facts>,
];

type PlaceRow = readonly [pack: string, start: number, length: number];

export type RecordRow = readonly [
  key: string,
  state: PostRecord["state"],
  etag: string,
  facts: FactsRow | 0,
  rendered: PlaceRow | 0,
  few: Few<PostRecord>,
];

export type GoneRow = readonly [key: string, facts: FactsRow, since: string, few: Few<GonePost>];

export type DocumentRow = readonly [path: string, fingerprint: string, etag: string, digest: string];

export function rowOfRecord(record: PostRecord): RecordRow {
  const { key, state, etag, facts, problems, deps, rendered, ...few } = record;
  const named: Few<PostRecord> = {
    ...(problems.length > 0 && { problems }),
    ...(deps.length > 0 && { deps }),
    ...few,
  };
  return [key, state, etag, facts ? rowOfFacts(facts) : 0, rendered ? rowOfPlace(rendered) : 0, fewOf(named)];
}

export function recordOf([key, state, etag, facts, rendered, few]: RecordRow): PostRecord {
  return {
    key,
    state,
    etag,
    problems: NONE,
    deps: NONE,
    ...(few !== 0 && few),
    ...(facts !== 0 && { facts: factsOf(facts) }),
    ...(rendered !== 0 && { rendered: placeOf(rendered) }),
  };
}

const rowOfPlace = ({ pack, start, length }: EntryPlace): PlaceRow => [pack, start, length];

/** The name that was read last: a row is mostly of the same pack as the one before, and many equal texts take memory. */
let latestPack = "";

function placeOf([pack, start, length]: PlaceRow): EntryPlace {
  if (pack !== latestPack) latestPack = pack;
  return { pack: latestPack, start, length };
}

export function rowOfGone({ key, facts, since, ...few }: GonePost): GoneRow {
  return [key, rowOfFacts(facts), since, fewOf(few)];
}

export function goneOf([key, facts, since, few]: GoneRow): GonePost {
  return { key, facts: factsOf(facts), since, ...(few !== 0 && few) };
}

export function rowOfDocument([path, { fingerprint, etag, digest }]: readonly [
  string,
  PublishedDocument,
]): DocumentRow {
  return [path, fingerprint, etag, digest];
}

export function documentOf([path, fingerprint, etag, digest]: DocumentRow): readonly [string, PublishedDocument] {
  return [path, { fingerprint, etag, digest }];
}

function rowOfFacts(facts: Facts): FactsRow {
  const { id, title, url, published, updated, language, authors, tags, categories, size, ...more } = facts;
  const { sourceDigest, wordsDigest, inputHash, ...few } = more;
  const basics = [id, title, url, published, updated, language, authors, tags, categories, size] as const;
  return [...basics, sourceDigest, wordsDigest, inputHash, fewOf(few)];
}

function factsOf(row: FactsRow): Facts {
  const [id, title, url, published, updated, language, authors, tags, categories, ...more] = row;
  const [size, sourceDigest, wordsDigest, inputHash, few] = more;
  const posted = { id, title, url, published, updated, language, authors, tags, categories };
  const facts = { ...posted, size, sourceDigest, wordsDigest, inputHash };
  return few === 0 ? facts : { ...facts, ...few };
}

const NONE: readonly never[] = [];

function fewOf<T extends object>(few: T): T | 0 {
  for (const _ in few) return few;
  return 0;
}
