/** Addresses of requests: decoded, encoded, and as keys of the public store. Written for the CDN's runtime (see `decide.ts`). */
import { compose } from "./compose.ts";

/** Refused in a part of a path, since a server on the way to the store could read it as another path. */
const UNSAFE = /[\u0000-\u001f\u007f/\\]|%[0-9a-f]{2}|^\.{1,2}$/i;

/** The path in Unicode, composed; `undefined` where it is malformed, encoded twice, or leads to another folder. */
export function decodePath(path: string): string | undefined {
  try {
    const parts = path.split("/").map(decodeURIComponent);
    parts.map(encodeURIComponent); // throws for lone surrogates
    return path.charAt(0) === "/" && !parts.some((part) => UNSAFE.test(part)) ? compose(parts.join("/")) : undefined;
  } catch {
    return undefined;
  }
}

export const encodePath = (path: string): string => path.split("/").map(encodeURIComponent).join("/");

export const paramsOf = (query: string): readonly string[] => query.split("&").filter((param) => param !== "");

export const isUrl = (target: string): boolean => /^https?:\/\//.test(target);

/** The text that the `*` of a pattern stands for; `undefined` where the pattern does not fit, or has none. */
export function starIn(pattern: string, text: string): string | undefined {
  const star = pattern.indexOf("*");
  const after = pattern.slice(star + 1);
  const kept = text.slice(star, text.length - after.length);
  return star >= 0 && kept !== "" && pattern.slice(0, star) + kept + after === text ? kept : undefined;
}

/** A key has no empty part, no `.` and no `..`. */
export const isKey = (path: string): boolean => path.split("/").every((part) => !/^\.{0,2}$/.test(part));
