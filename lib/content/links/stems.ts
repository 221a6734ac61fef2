/**
 * Stems: how files are named in links to them. That of a file is its key without extension, as `/posts/two`; what a link
 * says is such a stem, or the end of one, as `two`.
 */
import { folderOf, foldersOf, fromRoot } from "../../base/paths.ts";
import { percentDecoded, withoutEnding } from "../../base/text.ts";
import type { Reference, Sought } from "../../model.ts";
import { isUsualLanguage } from "../facts/place.ts";
import { MARKDOWN } from "../inputs.ts";

/** Longer names are of no file. */
const LONGEST = 1024;

/** What the files of posts end in. */
const EXTENSION = new RegExp(`\\.(?:${MARKDOWN}|html?)$`, "i");
/** With its mark as it is, or folded. */
const INDEX = /(?<=[^/])\/[-_]?index$/;
const IS_INDEX = /\/_?index\.[^/]*$/i;
const LANGUAGE = /\.([a-z]{2,3}(?:-[a-z\d]{2,4})?)$/;
/** Jekyll's folder of posts, folded: `post_url notes/2024-01-02-two` is `notes/_posts/2024-01-02-two.md`. */
const POSTS = /(?<=[^/])\/-posts\/(?=[^/]+$)/;
const DATE = /(?<=\/)\d{4}-\d{1,2}-\d{1,2}-(?=[^/]+$)/;

/** Before a title, or another name that a post gives itself: notes link to each other by these, too. */
export const NAMED = "=";

/** Case, and whether words are separated by blanks, `-` or `_`, make no difference. */
export const foldedStem = (stem: string): string =>
  stem
    .normalize("NFC")
    .toLowerCase()
    .replace(/[\s_]+/g, "-");

/** All stems by which a link may mean the file: with and without its language, the date that its name begins with, `_posts`. */
export function stemsOf(key: string, language = ""): readonly string[] {
  const whole = foldedStem(`/${key.replace(/\.[^./]*$/, "")}`);
  const suffix = LANGUAGE.exec(whole)?.[1];
  const isLanguage = suffix !== undefined && (isUsualLanguage(suffix) || language.toLowerCase().startsWith(suffix));
  const spoken = isLanguage ? [whole, whole.slice(0, -suffix.length - 1)] : [whole];
  const bare = spoken.map((stem) => stem.replace(INDEX, ""));
  const named = bare.flatMap((stem) => [stem, stem.replace(DATE, "")]);
  return [...new Set(named.flatMap((stem) => [stem, stem.replace(POSTS, "/")]))];
}

/** The last part of a stem, by which files are found. */
export const nameOf = (stem: string): string => stem.slice(stem.lastIndexOf("/") + 1);

/** Whether it is the whole stem of a file, or the end of one. */
export const isWholeStem = (stem: string): boolean => stem.startsWith("/") || stem.startsWith(NAMED);

/** A stem that a link may mean, and what the link adds to the address of that file: `#part`. */
export interface MeantStem {
  readonly stem: string;
  readonly fragment: string;
}

/** The stems that a link in the file at `key` may mean, the likeliest first; none for what cannot be a file's name. */
export function stemsMeant(reference: Pick<Reference, "written" | "sought">, key: string): readonly MeantStem[] {
  const { written, sought } = reference;
  const [name, fragment] = parted(written, sought === "note" ? PART_OF_NOTE : PART);
  const parts = foldedStems(name, key, sought).map((stem) => ({ stem, fragment }));
  // A note may have such a mark in its name: `[[C#]]`.
  const whole = sought === "note" && fragment !== "" ? foldedStems(written, key, sought) : [];
  return [...whole.map((stem) => ({ stem, fragment: "" })), ...parts];
}

/** The name of the file that a link means, whichever folder it lies in; `undefined` where that depends on the folder. */
export function nameMeant({ written, sought }: Pick<Reference, "written" | "sought">): string | undefined {
  if (sought === "note") return undefined;
  const name = foldedStem(nameOf(pathIn(parted(written, PART)[0]).path));
  return name === "" || name === "." || name === ".." ? undefined : name;
}

const PART = /[?#]/;
const PART_OF_NOTE = /#(?=\S)/;

function parted(written: string, mark: RegExp): readonly [name: string, fragment: string] {
  const at = written.search(mark);
  return at === -1 ? [written, ""] : [written.slice(0, at), written.slice(at)];
}

interface WrittenPath {
  readonly path: string;
  /** It begins at a folder above the post's. */
  readonly isRooted: boolean;
  /** It begins with `./` or `../`, and so can only be meant from the post's folder. */
  readonly isDotted: boolean;
}

function pathIn(written: string): WrittenPath {
  const name = written.length > LONGEST ? "" : percentDecoded(written.trim().replaceAll("\\", "/"));
  const below = /^(?:[{|]filename[}|]|[@~](?=\/))\/?/.exec(name)?.[0] ?? "";
  const isRooted = below.endsWith("/") || name.startsWith("/");
  return { path: plain(name.slice(below.length)), isRooted, isDotted: /^\.{1,2}\//.test(name) };
}

function foldedStems(written: string, key: string, sought: Sought): readonly string[] {
  const { path, isRooted, isDotted } = pathIn(written);
  if (path === "") return [];
  const inFolder = (folder: string) => `/${fromRoot(folder + path)}`;
  const folders = ["", ...foldersOf(key)];
  const isByPath = sought === "file" || sought === "page" || sought === "beside";
  const own = folders.at(-1) ?? "";
  // A post that is the index of its folder may name the file beside that folder as if it lay there.
  const places = sought === "file" && isDotted && IS_INDEX.test(key) ? [own, folderOf(own.slice(0, -1))] : [own];
  const beside = isByPath && !isRooted ? places.map(inFolder) : [];
  if (sought === "beside" || isDotted) return beside.map(foldedStem).filter(hasName);
  const mayBeRooted = !isByPath || isRooted || path.includes("/");
  const rooted = mayBeRooted ? folders.map(inFolder) : [];
  const end = fromRoot(path);
  const others = { file: [], page: [end], anywhere: [end], note: [end, NAMED + end] }[sought];
  return [...new Set([...beside, ...rooted, ...others].map(foldedStem))].filter(hasName);
}

const hasName = (stem: string): boolean => nameOf(stem) !== "";

/** Without a final slash, an extension of posts, and `index`. */
const plain = (path: string): string =>
  withoutEnding(path, "/")
    .replace(EXTENSION, "")
    .replace(INDEX, "")
    .replace(/^_?index$/, ".");
