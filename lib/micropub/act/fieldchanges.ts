/** What a post says before and after an update → the fields to change, each under the key that its file has for it. */

import { invalid } from "../../base/http/error.ts";
import { parseDate } from "../../content/facts/dates.ts";
import { KEYS } from "../../content/facts/dialects.ts";
import { listOf } from "../../content/facts/members.ts";
import { placeOf } from "../../content/facts/place.ts";
import { holderAmong } from "../../content/facts/visibility.ts";
import { type Field, memberFields } from "../../content/frontmatter/types.ts";
import { type Fields, hasText, textOf } from "../../content/frontmatter/values.ts";
import type { DialectName } from "../../model.ts";
import type { Site } from "../../site/types.ts";
import { cannotEdit } from "../edit/block.ts";
import type { FieldChange } from "../edit/frontmatter.ts";
import { WRITERS } from "../post/dialects.ts";
import { filesIn } from "../post/mf2.ts";
import type { PostFile } from "../post/read.ts";
import type { FieldValue } from "../post/types.ts";
import { valueText } from "../post/values.ts";
import { markPath } from "./withdraw.ts";

export function changesBetween(
  before: ReadonlyMap<string, FieldValue>,
  after: ReadonlyMap<string, FieldValue>,
  file: PostFile,
  site: Site,
): readonly FieldChange[] {
  const text = (value: FieldValue | undefined) => (value === undefined ? undefined : valueText(value, "yaml"));
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].flatMap((path) => {
    const value = after.get(path);
    if (text(before.get(path)) === text(value)) return [];
    const names = path.split(".");
    const key = names.at(-1) ?? path;
    if (key === "photos") assertFiles(file.fields, ["photos", "photo"]);
    if (Object.hasOwn(OTHER, key)) return recordingChanges(names, value, after, file);
    const others = namesOfFact(path, file.dialect).filter((name) => file.source.fields.has(name));
    if (names.length > 1) return [{ path: names.map((name) => name.toLowerCase()), key, value }];
    const [own, ...rest] = used(others, file.fields, path, site);
    const change = { path: [own ?? key.toLowerCase()], key, value };
    // Tags under a second key would stay.
    return [change, ...(MERGED.has(path) ? rest.map((name) => ({ path: [name], key: name })) : [])];
  });
}

const MERGED = new Set(["tags", "categories", "photos"]);

/** Keys of one recording and of several, either of which may have either in a file that came by git. */
const OTHER: { readonly [name: string]: string } = {
  video: "videos",
  videos: "video",
  audio: "audios",
  audios: "audio",
};

/** All of them are under one key: a list that is there stays one. */
function recordingChanges(
  names: readonly string[],
  value: FieldValue | undefined,
  after: ReadonlyMap<string, FieldValue>,
  { source, fields: all }: PostFile,
): readonly FieldChange[] {
  const table = names.slice(0, -1);
  const key = names.at(-1) ?? "";
  const other = OTHER[key] ?? "";
  assertFiles(all, [key, other]);
  if (value === undefined && after.has([...table, other].join("."))) return [];
  const fields = table.length === 0 ? source.fields : new Map(memberFields(source.fields.get(table.join("."))));
  const there = [key, other].filter((name) => fields.has(name));
  const isList = value !== undefined && !Array.isArray(value) && there.length === 1 && there[0] === `${key}s`;
  const own = value === undefined ? undefined : isList ? `${key}s` : key;
  return [
    ...there.filter((name) => name !== own).map((name) => ({ path: [...table, name], key: name })),
    ...(own === undefined ? [] : [{ path: [...table, own], key: own, value: isList ? [value] : value }]),
  ];
}

/** What is no file to us, such as a map without an address, is not to be lost. */
function assertFiles(fields: Fields, names: readonly string[]): void {
  const lost = names.find((name) => {
    const values = listOf(fields.get(name)?.value ?? null).filter((value) => value !== null);
    return values.length > filesIn(fields, [name]).length;
  });
  if (lost !== undefined) throw cannotEdit([lost]);
}

/** Keys that may have the fact of a path. */
function namesOfFact(path: string, dialect: DialectName): readonly string[] {
  const { keys } = WRITERS[dialect];
  const name = path.replace(/^extra\./, "");
  const facts: { readonly [name: string]: readonly string[] } = {
    title: KEYS.title,
    [keys.date]: KEYS.date,
    [keys.updated]: KEYS.updated,
    description: KEYS.description,
    tags: KEYS.tags,
    categories: KEYS.categories,
    author: KEYS.authors,
    lang: KEYS.language,
    photos: ["photos", "photo"],
    "bookmark-of": [
      "bookmark-of",
      "bookmark_of",
      "bookmarkof",
      ...KEYS.external.filter((key) => !/(?:like|reply|repost)/.test(key)),
    ],
  };
  return facts[name] ?? [name.toLowerCase(), name.replaceAll("-", "_"), name.replaceAll("-", "")];
}

/** Those with a value: of dates, those that can be read. */
function used(names: readonly string[], fields: Fields, path: string, site: Site): readonly string[] {
  const dates: readonly string[] = [...KEYS.date, ...KEYS.updated];
  const isDate = dates.includes(path.toLowerCase());
  const given = names.filter((name) => hasText(fields.get(name)));
  if (!isDate) return given.length > 0 ? given : names.slice(0, 1);
  return given.filter((name) => parseDate(textOf(fields.get(name)) ?? "", site.timezone) !== undefined);
}

/** Whatever keeps the post back as a draft goes, the mark of a withdrawn one too. */
export function publishing(file: PostFile, site: Site): readonly FieldChange[] {
  const place = placeOf(file.key, site);
  if (place.aside) throw invalid(`${file.key} lies in a folder of drafts: move the file to publish it`);
  const isDate = (field: Field) => parseDate(textOf(field) ?? "", site.timezone) !== undefined;
  const held = [...file.source.fields].filter((field) => holderAmong([field], place, isDate)?.reason === "draft");
  return [
    ...held.map(([name]) => ({ path: [name], key: name })),
    ...(file.withdrawn ? [{ path: markPath(file), key: "withdrawn" }] : []),
  ];
}
