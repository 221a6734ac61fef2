/** Paths as `_redirects` and `_headers` have them: with nothing that these files have a meaning for, and placeholders. */
import { encodePath } from "../edge/address.ts";

/** Part of a query. */
export const sent = (text: string): string =>
  text.replace(/[^\w\-.~%+]/gu, encodeURIComponent).replace(/[!'()*]/g, hex);

const hex = (sign: string): string => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;

/** What an owner may type, with nothing that the file has a meaning for. */
export const encoded = (path: string): string => encodePath(path).replace(/[!'()]/g, hex);

export const NAMES = "abcdefgh";

/** Each `*` of an address by its placeholder. */
export function placed(path: string): string {
  let count = 0;
  return encoded(path).replace(/\*/g, () => `:${NAMES[count++]}`);
}
