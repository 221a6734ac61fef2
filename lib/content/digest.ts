/** Short digests of structured values. */
import { createHash } from "node:crypto";

/** 128 bits of SHA-256 over the JSON of `parts`, in 22 URL-safe characters. */
export function digest(...parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest().subarray(0, 16).toString("base64url");
}

/** 128 bits of SHA-256 over bytes. */
export function digestBytes(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest().subarray(0, 16).toString("base64url");
}
