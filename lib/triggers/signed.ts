/** Who rings over HTTPS has signed the body, as GitHub does: `sha256=` and the HMAC-SHA-256 of its bytes in hexadecimal. */
import { createHmac, timingSafeEqual } from "node:crypto";

/** Takes as long for a wrong signature as for a right one. */
export function isSigned(body: Uint8Array, signature: string | undefined, secret: string): boolean {
  const [, hex = ""] = /^sha256=([0-9a-f]{64})$/i.exec(signature ?? "") ?? [];
  const given = Buffer.from(hex.padEnd(64, "0"), "hex");
  const right = createHmac("sha256", secret).update(body).digest();
  return timingSafeEqual(given, right) && hex !== "" && secret !== "";
}
