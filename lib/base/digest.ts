/** Short digests: 128 bits of SHA-256, in 22 URL-safe characters. */
import { hash } from "node:crypto";

/** The digest of the JSON of `parts`. */
export const digest = (...parts: readonly unknown[]): string => digestOf(JSON.stringify(parts));

/** The digest of bytes, or of a text in UTF-8. */
export function digestOf(data: Uint8Array | string): string {
  return hash("sha256", data, "buffer").toString("base64url", 0, 16);
}
