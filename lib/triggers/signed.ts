/** Signatures of webhooks in GitHub's form: `sha256=` and the HMAC-SHA-256 of the body's bytes in hexadecimal. */
import { createHmac, timingSafeEqual } from "node:crypto";

/** By one of the secrets. Compares with each of them in constant time. An empty secret verifies nothing. */
export function isSigned(body: Uint8Array, signature: string | undefined, secrets: readonly string[]): boolean {
  const [, hex = ""] = FORM.exec(signature ?? "") ?? [];
  const received = Buffer.from(hex.padEnd(64, "0"), "hex");
  const fits = secrets.map((secret) => {
    const expected = createHmac("sha256", secret).update(body).digest();
    return timingSafeEqual(received, expected) && hex !== "" && secret !== "";
  });
  return fits.includes(true);
}

/** Whether it may be a signature at all, whatever the secret. */
export const mayBeSignature = (signature: string | undefined): boolean => FORM.test(signature ?? "");

const FORM = /^sha256=([0-9a-f]{64})$/i;
