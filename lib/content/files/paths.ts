/** Paths of files as texts write them → content keys, and addresses. */
import { encodedHref } from "../../base/href.ts";
import { percentDecoded } from "../../base/text.ts";
import { MARKDOWN } from "../inputs.ts";
import type { OtherObjects } from "../outside.ts";

export interface WrittenPath {
  /** Decoded, with slashes for backslashes. */
  readonly path: string;
  /** The query and the fragment. */
  readonly suffix: string;
}

/** The most characters of a path; a longer one is that of no file. */
const LONGEST = 2_000;

/** `undefined` for what leads elsewhere, to another place of the text, or nowhere. */
export function pathOf(written: string): WrittenPath | undefined {
  const text = written.trim();
  if (text === "" || text.length > LONGEST || /^(?:[a-z][a-z\d+.-]*:|[/\\]{2}|[?#])/i.test(text)) return undefined;
  const [, path = "", suffix = ""] = /^([^?#]*)(.*)$/s.exec(text) ?? [];
  return { path: percentDecoded(path).replaceAll("\\", "/"), suffix };
}

export const isRooted = ({ path }: WrittenPath): boolean => path.startsWith("/");

/** Not of a page, which has an address of its own. */
export const namesFile = ({ path }: WrittenPath): boolean => /\.[a-z\d]{1,8}$/i.test(path) && !PAGE.test(path);

const PAGE = new RegExp(`\\.(?:${MARKDOWN}|x?html?|php|aspx?)$`, "i");

/** The address of a path below a base that ends with a slash. */
export const addressBelow = (base: string, path: string, suffix = ""): string =>
  encodedHref(new URL(encodePath(path) + suffix, base));

/** After `./` a colon in it does not end a scheme, and what looks like a host is none. */
const encodePath = (path: string): string =>
  `./${encodeURI(path.toWellFormed().replace(/^\/+/, "")).replace(/[?#]/g, encodeURIComponent)}`;

/** Whether the content store has such a file. */
export const isThere = (file: string | undefined, { sizeOf }: Pick<OtherObjects, "sizeOf">): file is string =>
  file !== undefined && isKey(file) && sizeOf(file) !== undefined;

/** The folder beside a file that has its name. */
export const ownFolderOf = (key: string): string => `${key.replace(/\.[^./]*$/, "")}/`;

/** Whether a store can have such a key; others are not looked up. */
export const isKey = (key: string): boolean =>
  key.isWellFormed() &&
  !/[\0\\]/.test(key) &&
  Buffer.byteLength(key) <= 1024 &&
  key.split("/").every((part) => part !== "" && part !== "." && part !== ".." && Buffer.byteLength(part) <= 255);
