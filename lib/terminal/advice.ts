/** Advice: the key of `site.yaml` that settles many equal problems at once. */

import { foldersOf } from "../base/paths.ts";
import type { Problem } from "../model.ts";
import { compareKeys } from "../stores/store.ts";

export interface Advice {
  readonly code: string;
  /** How many problems are gone with it. */
  readonly problems: number;
  readonly fix: string;
}

/** Fewer than these are fixed one by one. */
const MANY = 3;
/** Folders and names in one key. */
const MOST_NAMED = 5;

/** `posts` are the keys of all posts, with problems or without. */
export const adviceOn = (problems: readonly Problem[], posts: readonly string[]): readonly Advice[] => [
  ...onUndated(problems, posts),
  ...onOtherMarkup(problems),
  ...onTemplates(problems),
];

/** Whether advice depends on which posts there are. */
export const needsPosts = (problems: readonly Problem[]): boolean => of("date-missing", problems).length >= MANY;

const of = (code: string, problems: readonly Problem[]): readonly Problem[] =>
  problems.filter((each) => each.code === code);

/** Pages lie in folders of their own: those in which no post has a date. */
function onUndated(problems: readonly Problem[], posts: readonly string[]): readonly Advice[] {
  const undated = new Set(of("date-missing", problems).map(({ file }) => file));
  const isUndated = (key: string) => undated.has(key);
  const pages = foldersOfOnly(posts, isUndated).slice(0, MOST_NAMED);
  const settled = posts.filter((key) => isUndated(key) && isBelow(key, pages)).length;
  if (pages.length === 0 || settled < MANY) return [];
  const dated = posts.filter((key) => !isUndated(key));
  const others = foldersOfOnly(posts, (key) => !isUndated(key));
  const isTold = others.length <= pages.length && dated.every((key) => isBelow(key, others));
  const exclude = `\`exclude: { paths: ${listed(pages.map((folder) => folder.slice(0, -1)))} }\``;
  const fix = isTold
    ? `in site.yaml, write \`posts: ${listed(others.map((folder) => `${folder}**`))}\` if nothing else is posts; or leave the pages out: ${exclude}`
    : `if these are pages, write ${exclude} in site.yaml`;
  return [{ code: "date-missing", problems: settled, fix }];
}

const isBelow = (key: string, folders: readonly string[]): boolean => folders.some((folder) => key.startsWith(folder));

/** The outermost folders, each with its slash, that hold only such keys. Nothing where all keys are such. */
function foldersOfOnly(keys: readonly string[], isSuch: (key: string) => boolean): readonly string[] {
  const counts = new Map<string, { all: number; such: number }>();
  for (const key of keys) {
    for (const folder of foldersOf(key)) {
      const count = counts.get(folder) ?? { all: 0, such: 0 };
      counts.set(folder, { all: count.all + 1, such: count.such + (isSuch(key) ? 1 : 0) });
    }
  }
  const isFull = (folder: string) => {
    const count = counts.get(folder);
    return count !== undefined && count.all === count.such;
  };
  if (keys.every(isSuch)) return [];
  return [...counts.keys()]
    .filter((folder) => isFull(folder) && !foldersOf(folder).slice(0, -1).some(isFull))
    .toSorted(compareKeys);
}

/** One glob for each extension, instead of one for each folder. */
function onOtherMarkup(problems: readonly Problem[]): readonly Advice[] {
  const told = of("other-markup", problems);
  const extensions = [...new Set(told.map(({ file }) => file.slice(file.lastIndexOf("."))))].toSorted(compareKeys);
  if (told.length < MANY) return [];
  const paths = listed(extensions.map((extension) => `**/*${extension}`));
  const fix = `if none of these is to be published, write \`exclude: { paths: ${paths} }\` in site.yaml`;
  return [{ code: "other-markup", problems: told.length, fix }];
}

/** The line for `templates:` that the fix of such a problem proposes. */
const PROPOSED = /add `([^`]+): drop`/;

/** The names that are used most. */
function onTemplates(problems: readonly Problem[]): readonly Advice[] {
  const named = of("template-unknown", problems).flatMap(({ fix }) => PROPOSED.exec(fix)?.[1] ?? []);
  const names = [...Map.groupBy(named, (name) => name)]
    .filter(([, uses]) => uses.length >= MANY)
    .toSorted(([, a], [, b]) => b.length - a.length)
    .slice(0, MOST_NAMED);
  if (names.length === 0) return [];
  const uses = names.reduce((sum, [, { length }]) => sum + length, 0);
  const lines = names.map(([name]) => `${name}: drop`).join(", ");
  const fix = `in site.yaml, write \`templates: { ${lines} }\`, with \`content\` or a text where feeds should show something`;
  return [{ code: "template-unknown", problems: uses, fix }];
}

const PLAIN = /^\w[\w./-]*(?:\/\*\*)?$/;

/** A list of YAML. */
const listed = (paths: readonly string[]): string =>
  `[${paths.map((path) => (PLAIN.test(path) ? path : JSON.stringify(path))).join(", ")}]`;
