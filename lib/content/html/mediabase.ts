/** Feed-safe HTML whose media are served under another base: their addresses, and no others, are changed. */
import { parseSrcset, stringifySrcset } from "srcset";
import { escapeAttribute } from "../../base/text.ts";
import type { MediaBase } from "../../model.ts";
import { servedAt } from "../../site/media.ts";
import { unescaped } from "./reading.ts";

/** In feed-safe HTML a `<` outside of a tag is escaped, and every value of an attribute is in double quotes. */
const TAG = /<[a-z][^<>"]*(?:"[^"]*"[^<>"]*)*>/g;
const ADDRESS = / (src|href|poster|cite|srcset)="([^"]*)"/g;

export function withMediaAt(html: string, media: MediaBase | undefined): string {
  if (media === undefined || !media.named.some((beginning) => html.includes(beginning))) return html;
  return html.replace(TAG, (tag) =>
    tag.replace(ADDRESS, (attribute, name: string, value: string) => {
      const written = unescaped(value);
      const served = name === "srcset" ? servedSet(written, media) : servedAt(written, media);
      return served === written ? attribute : ` ${name}="${escapeAttribute(served)}"`;
    }),
  );
}

const servedSet = (written: string, media: MediaBase): string =>
  stringifySrcset(parseSrcset(written).map((candidate) => ({ ...candidate, url: servedAt(candidate.url, media) })));
