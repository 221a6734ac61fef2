/** Documents that are too large to be served well, refused before anything is written. */

import type { Window } from "../../channels/types.ts";
import { FORMATS } from "../../formats/files.ts";
import type { DocumentSource } from "../../formats/types.ts";
import type { ListedRecord, Period, Refusal } from "../../model.ts";
import type { Site } from "../../site/types.ts";
import type { PlannedPut } from "../types.ts";

export interface SizedDocument {
  readonly path: string;
  readonly source: DocumentSource;
  readonly bytes: number;
  /** Counted, not estimated. */
  readonly isExact?: boolean;
}

/** Bytes of an entry besides its text. */
const ENTRY_OVERHEAD = 300;
/** Bytes of a summary, at most. */
const SUMMARY_BYTES = 280;

/** Refuses those that are beyond the site's limit. */
export function refuseTooLarge(documents: readonly SizedDocument[], site: Site): Refusal | undefined {
  const { bytes: limit } = site.guard;
  if (limit === undefined) return undefined;
  const [first, ...more] = documents.filter(({ bytes }) => bytes > limit).sort((a, b) => b.bytes - a.bytes);
  if (!first) return undefined;
  const others = more.length > 0 ? `, and ${more.length} more ${more.length === 1 ? "is" : "are"} too large` : "";
  const about = first.isExact ? "" : "about ";
  return {
    code: "too-large",
    message: `${first.path} would have ${about}${amount(first.bytes)} bytes, where ${amount(limit)} are the limit${others}`,
    fix: `${smaller(first.source, site, limit)}, or \`content: summary\`; or let it be larger: \`guard: { bytes: … }\`, or --force once`,
  };
}

/** A `<` of a post is five bytes as HTML in XML, and hardly any text grows by more as a whole. */
const MAX_GROWTH = 8;

/** Paths of documents whose estimate is within the limit, and that may still be beyond it. */
export const unsureOf = (estimates: readonly SizedDocument[], { guard: { bytes: limit } }: Site): readonly string[] =>
  limit === undefined
    ? []
    : estimates.filter(({ bytes }) => bytes <= limit && bytes * MAX_GROWTH > limit).map(({ path }) => path);

/** Of the feeds among the planned puts, from the texts that they carry: rather too low than too high. */
export function estimateSizes(put: readonly PlannedPut[], site: Site): readonly SizedDocument[] {
  return put.flatMap(({ document: { path, source } }) => {
    if (!("window" in source) || !(source.as in FORMATS)) return [];
    const copies = source.as === "rss" && site.sourceMarkdown ? 2 : 1;
    return [{ path, source, bytes: bytesOf(source.window, copies) }];
  });
}

const bytesOf = ({ channel, records }: Window, copies: number): number =>
  records.reduce((sum, { facts }: ListedRecord) => {
    const content = facts.content ?? channel.content;
    return sum + ENTRY_OVERHEAD + (content === "full" ? facts.size * copies : Math.min(facts.size, SUMMARY_BYTES));
  }, 0);

const SHORTER: { readonly [period in Period]?: Period } = { year: "month", month: "week", week: "day" };

/** A limit shortens no archive, nor what is in no archive yet. */
function smaller(source: DocumentSource, { archives }: Site, limit: number): string {
  const isWhole = "window" in source && ["site", "archive"].includes(source.window.channel.kind);
  const shorter = isWhole && archives ? SHORTER[archives] : undefined;
  if (shorter !== undefined) return `write \`archives: ${shorter}\``;
  return isWhole && archives ? "write shorter posts" : `write \`limit: { bytes: ${Math.floor(limit / 2)} }\` for it`;
}

const amount = (bytes: number): string => bytes.toLocaleString("en-US");
