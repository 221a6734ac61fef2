/** Name → slug: the folder of a channel. Readable in every script, and different for different names. */
import { createHash } from "node:crypto";
import { foldName } from "../base/text.ts";

const MAX_BYTES = 200;
const HASH_DIGITS = 10; // 40 bits

/**
 * `Machine Learning` becomes `machine-learning`. A name with characters that a folder's name cannot hold (`C++`) gets a
 * hash of the name as a suffix. So does a plain name that already ends like such a suffix, or the two could collide.
 */
export function slugOf(name: string): string {
  const folded = foldName(name);
  // Removing a character can bring combining marks together, which then need normalising again.
  const plain = folded.replace(/[^\p{L}\p{M}\p{N}-]+/gu, "").normalize("NFC");
  const kept = plain.replace(/^-+/, "").replace(/(?<!-)-+$/, "");
  const looksHashed = /(?:^|-)[0-9a-f]{10}$/.test(kept);
  if (kept === folded && kept !== "" && !looksHashed && Buffer.byteLength(kept) <= MAX_BYTES) return kept;

  const hash = createHash("sha256").update(folded).digest("hex").slice(0, HASH_DIGITS);
  const short = cut(kept.replace(/-{2,}/g, "-"), MAX_BYTES - HASH_DIGITS - 1).replace(/-$/, "");
  return short === "" ? hash : `${short}-${hash}`;
}

function cut(text: string, bytes: number): string {
  let size = 0;
  let end = 0;
  for (const character of text) {
    size += Buffer.byteLength(character);
    if (size > bytes) break;
    end += character.length;
  }
  return text.slice(0, end);
}
