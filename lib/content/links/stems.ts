/**
 * Stems: how files are named in links to them. That of a file is its key without extension, as `/posts/two`; what a link
 * says is such a stem, or the end of one, as `two`.
 */

import { percentDecoded, withoutEnding } from "../../base/text.ts";
import type { Reference, Sought } from "../../model.ts";
import { MARKDOWN } from "../inputs.ts";

/** Longer ones are of no file. */
const LONGEST = 1024;

/** What the files of posts end in. */
const EXTENSION = new RegExp(`\\.(?:${MARKDOWN}|html?)$`, "i");
const INDEX = /(?<=[^/])\/_?index$/;
const LANGUAGE = /\.[a-z]{2,3}(?:-[a-z\d]{2,4})?$/;
const DATE = /(?<=\/)\d{4}-\d{1,2}-\d{1,2}-(?=[^/]+$)/;

/** Case, and whether words are separated by blanks, `-` or `_`, make no difference. */
export const foldedStem = (stem: string): string =>
  stem
    .normalize("NFC")
    .toLowerCase()
    .replace(/[\s_]+/g, "-");

/** All stems by which a link may mean the file: with and without its language, and the date that its name begins with. */
export function stemsOf(key: string): readonly string[] {
  const whole = foldedStem(`/${key.replace(/\.[^./]*$/, "")}`);
  const spoken = [whole, whole.replace(LANGUAGE, "")].map((stem) => stem.replace(INDEX, ""));
  return [...new Set(spoken.flatMap((stem) => [stem, stem.replace(DATE, "")]))];
}

/** The last part of a stem, by which files are found. */
export const nameOf = (stem: string): string => stem.slice(stem.lastIndexOf("/") + 1);

/** Whether a file with these stems is meant. */
export const isMeantBy = (stem: string, stems: readonly string[]): boolean =>
  stem.startsWith("/") || stem.startsWith(NAMED)
    ? stems.includes(stem)
    : stems.some((each) => each.endsWith(`/${stem}`));

/** Before a title, or another name that a post gives itself: notes link to each other by these, too. */
export const NAMED = "=";

/** The path in a link, without what is not part of the file's name; and whether it begins at a folder above the post's. */
function pathIn(written: string): { readonly path: string; readonly isRooted: boolean } {
  const [before = ""] = written.split(/[?#]/, 1);
  const name = before.length > LONGEST ? "" : percentDecoded(before.trim().replaceAll("\\", "/"));
  const below = /^(?:[{|]filename[}|]|[@~](?=\/))\/?/.exec(name)?.[0] ?? "";
  return { path: plain(name.slice(below.length)), isRooted: below.endsWith("/") || name.startsWith("/") };
}

/** The stems that a link in the file at `key` may mean, the likeliest first; none for what cannot be a file's name. */
export function stemsMeant({ written, sought }: Pick<Reference, "written" | "sought">, key: string): readonly string[] {
  const { path, isRooted } = pathIn(written);
  if (path === "") return [];
  const folders = foldersAbove(key);
  const inFolder = (folder: string) => resolved(folder + path);
  const beside = isRooted || WHERE[sought].isNotBeside ? [] : folders.slice(0, 1).map(inFolder);
  const rooted = folders.toReversed().map(inFolder);
  const end = resolved(path).slice(1);
  const others = WHERE[sought].others.map((before) => before + end);
  return [...new Set([...beside, ...rooted, ...others].map(foldedStem))].filter((stem) => nameOf(stem) !== "");
}

/** The name of the file that a link means, whichever folder it lies in; `undefined` where that depends on the folder. */
export function nameMeant({ written }: Pick<Reference, "written">): string | undefined {
  const name = foldedStem(nameOf(pathIn(written).path));
  return name === "" || name === "." || name === ".." ? undefined : name;
}

/** What else may be meant besides files in the folders above; and names without a folder are not of a file beside. */
const WHERE: { readonly [sought in Sought]: { readonly others: readonly string[]; readonly isNotBeside?: boolean } } = {
  file: { others: [] },
  page: { others: [""] },
  anywhere: { others: [""], isNotBeside: true },
  note: { others: ["", NAMED], isNotBeside: true },
};

/** Of `posts/a/b.md`: `/posts/a/`, `/posts/` and `/`. */
function foldersAbove(key: string): readonly string[] {
  const parts = key.split("/").slice(0, -1);
  return Array.from({ length: parts.length + 1 }, (_, i) => {
    const above = parts.slice(0, parts.length - i);
    return above.length === 0 ? "/" : `/${above.join("/")}/`;
  });
}

/** Without a final slash, an extension of posts, and `index`. */
const plain = (path: string): string =>
  withoutEnding(path, "/")
    .replace(EXTENSION, "")
    .replace(INDEX, "")
    .replace(/^_?index$/, ".");

/** With `.` and `..` followed; what leads above the root stays there. */
function resolved(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}
