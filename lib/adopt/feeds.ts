/**
 * The one reader of feeds: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed 1.0 and 1.1, as any program wrote them.
 * It is lenient, since half a document or an old one still says which ids readers know.
 */
import type { Feed } from "./feed.ts";
import { readJsonFeed } from "./jsonfeed.ts";
import { readXmlFeed } from "./xmlfeed.ts";

/** Nothing if it is not a feed. Never throws. `address`: where it was fetched from, against which links are resolved. */
export function readFeed(text: string, address?: string): Feed | undefined {
  return /^\s*\{/.test(text) ? readJsonFeed(text, address) : readXmlFeed(text, address);
}

/** A `FeedError` says what is wrong with a feed. */
export class FeedError extends Error {
  override readonly name = "FeedError";
}

/** In the encoding that its first bytes, the media `type` or the XML declaration names, in this order; else UTF-8. */
export function decodeFeed(bytes: Uint8Array, type = ""): string {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 200));
  const marked = start.startsWith("ÿþ") ? "utf-16le" : start.startsWith("þÿ") ? "utf-16be" : undefined;
  const named =
    /;\s*charset="?([\w.-]+)/i.exec(type)?.[1] ?? /^[^<]*<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)/i.exec(start)?.[1];
  const label = marked ?? (start.startsWith("ï»¿") ? "utf-8" : (named ?? "utf-8"));
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof RangeError)
      throw new FeedError(`its encoding ${label} is not known: save it as UTF-8, and name the file`);
    throw new FeedError(`it is not in the encoding that it names (${label}): save it as UTF-8, and name the file`);
  }
}
