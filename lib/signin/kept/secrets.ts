/** Secrets, and what is kept of them: the digest alone. */
import { createHash, timingSafeEqual } from "node:crypto";

/** 256 bits, fresh each time. */
export type NewSecret = () => Uint8Array;

/** Digits and letters without I, L, O and U (https://www.crockford.com/base32.html). */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Five bits a character: `length` at most 51. */
export function base32(bytes: Uint8Array, length: number): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return Array.from({ length }, (_, i) => ALPHABET.charAt(Number.parseInt(bits.slice(5 * i, 5 * i + 5), 2))).join("");
}

export const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");

/** An id of 80 bits, for lists and logs: it is no secret. */
export const newId = (newSecret: NewSecret): string => base32(newSecret(), 16).toLowerCase();

/** A fast digest is enough: no person chose the secret, and it has 75 bits or more. */
export const digestOfSecret = (secret: string): string => createHash("sha256").update(secret).digest("base64url");

/** Compares digests: the time that it takes tells nothing useful, since nobody can choose the digest of a guess. */
export const isSecret = (secret: string, digest: string): boolean => areEqual(digestOfSecret(secret), digest);

export function areEqual(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}
