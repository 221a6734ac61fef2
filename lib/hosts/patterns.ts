/** Paths and folders of documents as regular expressions that nginx (PCRE) and Caddy (RE2) read alike. */
import { DEEP, type Edge, type EdgeFile, FILES, letterOf, nameOf, PAGE } from "../edge/folders.ts";
import { eachRow } from "../edge/tables.ts";
import type { HostRule } from "./rules.ts";

/** Of ASCII only letters and digits mean themselves everywhere; all else is a number, and so neither syntax nor the end of a text. */
export const literal = (text: string): string =>
  text.replace(/[^\w/\-\u0080-\u{10ffff}]/gu, (sign) =>
    sign === "." ? "\\." : `\\x${sign.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );

/** Part of a name, with nothing in it that a `Location` or a second reading could take for something else. */
const PART = "[^/.\\x00-\\x20\\x7f%?#{}\\x22\\x5c]+";

/**
 * The whole path, with or without a slash at its end; a group for each `*`. With `below`, this name in the folder and in those
 * below it, or for an empty one the folders themselves: their path is the group.
 */
export function whole({ path, below }: Pick<HostRule, "path" | "below">): string {
  if (below !== undefined) return `^${literal(path)}((?:/${PART})*)/${below === "" ? "?" : literal(below)}$`;
  return `^${path.split("*").map(literal).join(`(${PART})`)}/?$`;
}

export interface ServedFiles {
  /** Of the folders that hold it, below the feeds' URL; no group. */
  readonly folders: string;
  /** The same without the slash at their end, and without the root. */
  readonly bare: string;
  readonly file: EdgeFile;
  /** Its name, as a pattern; no group. */
  readonly name: string;
}

/** Every address that is of a document, and of a folder that has a page, with a slash at its end or without. */
export function ownAddresses(edge: Edge): string | undefined {
  const all = servedFiles(edge).flatMap(({ folders, bare, file, name }) => [
    ...(file === PAGE ? [`${folders}(?:${name})?`, bare] : [folders + name]),
  ]);
  return all.length > 0 ? `^(?:${all.join("|")})$` : undefined;
}

/** For each name of a document, the folders in which channels publish it. */
export function servedFiles(edge: Edge): readonly ServedFiles[] {
  return FILES.flatMap((file) => {
    const folders: string[] = [];
    eachRow(edge.folders, (name, letters) => {
      if (letters.includes(letterOf(file))) folders.push(folderPattern(name, letters));
      return undefined;
    });
    const name = literal(nameOf(file, edge));
    const all = folders.map((folder) => literal(edge.base) + folder);
    const bare = all.map((folder) => folder.slice(0, -1)).filter((folder) => folder !== "");
    return all.length > 0 ? [{ folders: `(?:${all.join("|")})`, bare: `(?:${bare.join("|")})`, file, name }] : [];
  });
}

/** Slugs have no dot. */
function folderPattern(row: string, letters: string): string {
  const [before = "", after] = row.split("*");
  const slug = letters.includes(DEEP) ? "[^./]+(?:/[^./]+)*" : "[^./]+";
  return after === undefined ? literal(row) : `${literal(before)}${slug}${literal(after)}/`;
}

/**
 * The same for the address as it is sent, percent-encoded, which a `Location` needs: with the same groups, but sure of nothing else
 * than what `whole` is sure of.
 */
export function sentWhole({ path, below }: Pick<HostRule, "path" | "below">): string {
  const parts = path.split("/").slice(1);
  if (below !== undefined) {
    const end = below === "" ? "?" : literal(encodeURIComponent(below));
    return `^(?:/[^/?]*){${parts.length}}((?:/[^/?]+)*)/${end}(?:\\?|$)`;
  }
  const part = (name: string) => (name.includes("*") ? name.split("*").map(sentPiece).join("([^/?]+)") : "[^/?]*");
  return `^/${parts.map(part).join("/")}/?(?:\\?|$)`;
}

const sentPiece = (piece: string): string => literal(encodeURIComponent(piece));

/** A query with its parameters in any order. */
export function anyOrder(query: string): string | undefined {
  const params = query.split("&");
  if (params.length > MOST_PARAMS) return undefined;
  return `(?:${orders(params)
    .map((each) => literal(each.join("&")))
    .join("|")})`;
}

/** They are written in every order. */
const MOST_PARAMS = 4;

const orders = (params: readonly string[]): readonly (readonly string[])[] =>
  params.length < 2
    ? [params]
    : params.flatMap((first, i) => orders(params.toSpliced(i, 1)).map((rest) => [first, ...rest]));
