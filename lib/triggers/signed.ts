/** Signatures of webhooks in GitHub's form: `sha256=` and the HMAC-SHA-256 of the body's bytes in hexadecimal. */
import { createHmac, timingSafeEqual } from "node:crypto";

/** Compares in constant time. An empty secret verifies nothing. */
export function isSigned(body: Uint8Array, signature: string | undefined, secret: string): boolean {
  const [, hex = ""] = /^sha256=([0-9a-f]{64})$/i.exec(signature ?? "") ?? [];
  const received = Buffer.from(hex.padEnd(64, "0"), "hex");
  const expected = createHmac("sha256", secret).update(body).digest();
  return timingSafeEqual(received, expected) && hex !== "" && secret !== "";
}
