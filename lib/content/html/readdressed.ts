/** Feed-safe HTML in which some addresses are others: those of media that are served elsewhere, of pictures, of other posts. */
import { parseSrcset, stringifySrcset } from "srcset";
import { escapeAttribute } from "../../base/text.ts";
import type { MediaBase } from "../../model.ts";
import { servedAt } from "../../site/media.ts";
import { unescaped } from "./reading.ts";

/** In feed-safe HTML a `<` outside of a tag is escaped, and every value of an attribute is in double quotes. */
const TAG = /<[a-z][^<>"]*(?:"[^"]*"[^<>"]*)*>/g;
const ADDRESS = / (src|href|poster|cite|srcset)="([^"]*)"/g;

/** `newAddress` is given an address and the attribute that it is in. */
export function readdressed(html: string, newAddress: (url: string, attribute: string) => string): string {
  return html.replace(TAG, (tag) =>
    tag.replace(ADDRESS, (attribute, name: string, value: string) => {
      const written = unescaped(value);
      const changed = name === "srcset" ? newSet(written, (url) => newAddress(url, name)) : newAddress(written, name);
      return changed === written ? attribute : ` ${name}="${escapeAttribute(changed)}"`;
    }),
  );
}

const newSet = (written: string, newAddress: (url: string) => string): string =>
  stringifySrcset(parseSrcset(written).map((candidate) => ({ ...candidate, url: newAddress(candidate.url) })));

/** With media served under another base. */
export function withMediaAt(html: string, media: MediaBase | undefined): string {
  if (media === undefined || !media.named.some((beginning) => html.includes(beginning))) return html;
  return readdressed(html, (url) => servedAt(url, media));
}
