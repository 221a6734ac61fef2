/** Documents that are too large to be served well, refused before anything is written. */

import { writtenNumber } from "../../base/text.ts";
import { entryBytes } from "../../channels/limits.ts";
import { FORMATS } from "../../formats/files.ts";
import type { DocumentSource } from "../../formats/types.ts";
import type { Refusal } from "../../model.ts";
import type { Site } from "../../site/types.ts";
import type { PlannedPut } from "../types.ts";

export interface SizedDocument {
  readonly path: string;
  readonly source: DocumentSource;
  readonly bytes: number;
  /** Counted, not estimated. */
  readonly isExact?: boolean;
}

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
    message: `${first.path} would have ${about}${writtenNumber(first.bytes)} bytes, where ${writtenNumber(limit)} are the limit${others}`,
    fix: `${smaller(first, limit)}${hasSummaries(first) ? "" : ", or `content: summary`"}; or let it be larger: \`guard: { bytes: … }\`, or --force once`,
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
    const { channel, records } = source.window;
    const written = source.as === "rss" ? site : { ...site, sourceMarkdown: false };
    const bytes = records.reduce((sum, record) => sum + entryBytes(record, channel.content, written), 0);
    return [{ path, source, bytes }];
  });
}

const hasSummaries = ({ source }: SizedDocument): boolean =>
  "window" in source && source.window.channel.content === "summary";

/** A limit of what weighs: of text, or where there is little in each entry, of entries. */
function smaller({ source, bytes }: SizedDocument, limit: number): string {
  const records = "window" in source ? source.window.records : [];
  const text = records.reduce((sum, { facts }) => sum + facts.size, 0);
  const entries = Math.max(1, Math.floor((records.length * limit) / bytes / 2));
  return text * 2 < bytes && records.length > 1
    ? `write \`limit: ${entries}\` for it`
    : `write \`limit: { bytes: ${Math.floor(limit / 2)} }\` for it`;
}
