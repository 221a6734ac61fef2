/** Short digests: 128 bits of SHA-256, in 22 URL-safe characters. */
import { hash } from "node:crypto";
import { flat } from "./flat.ts";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** The digest of the JSON of `parts`. */
export const digest = (...parts: readonly unknown[]): string => digestOf(JSON.stringify(parts));

/** The digest of bytes, or of a text in UTF-8. A text of all 256 bits is made in half the time that a buffer takes. */
export function digestOf(data: Uint8Array | string): string {
  const whole = hash("sha256", data, "base64url");
  return flat(whole.slice(0, WHOLE_CHARACTERS) + (LAST.get(whole.charAt(WHOLE_CHARACTERS)) ?? ""));
}

/** Characters of six of the 128 bits. */
const WHOLE_CHARACTERS = 21;

/** What the last one is in base64url, where only the first two of its bits belong to the digest. */
const LAST: ReadonlyMap<string, string> = new Map(
  [...LETTERS].map((character, i) => [character, LETTERS.charAt(i & 0b110000)] as const),
);
