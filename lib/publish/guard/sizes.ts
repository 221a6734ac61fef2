/** Documents that are too large to be served well, told before anything is written. */
import { FORMATS } from "../../formats/files.ts";
import type { Drawing, ListedRecord, Period, Plan, Refusal, Site, Window } from "../../model.ts";

export interface SizedDocument {
  readonly path: string;
  readonly drawing: Drawing;
  readonly bytes: number;
  /** Of its bytes themselves, rather than by an estimate. */
  readonly isExact?: boolean;
}

/** Of an entry, besides its text. */
const AROUND = 300;
const SUMMARY = 280;

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
    fix: `${smaller(first.drawing, site, limit)}, or \`content: summary\`; or let it be larger: \`guard: { bytes: … }\`, or --force once`,
  };
}

/** A `<` of a post is five bytes as HTML in XML, and hardly a text grows by more in all. */
const GROWS = 8;

/** Of documents that are within the limit by their estimate: those that may still be beyond it. */
export const doubtfulOf = (
  estimates: readonly SizedDocument[],
  { guard: { bytes: limit } }: Site,
): readonly string[] =>
  limit === undefined
    ? []
    : estimates.filter(({ bytes }) => bytes <= limit && bytes * GROWS > limit).map(({ path }) => path);

/** What the planned puts will have, from the texts that they carry: of a feed less than it will be, rather than more. */
export function estimateSizes({ documents, put }: Plan, site: Site): readonly SizedDocument[] {
  const paths = new Set(put.map(({ path }) => path));
  return documents.flatMap(({ path, drawing }) => {
    if (!paths.has(path) || !("window" in drawing) || !(drawing.as in FORMATS)) return [];
    const copies = drawing.as === "rss" && site.sourceMarkdown ? 2 : 1;
    return [{ path, drawing, bytes: bytesOf(drawing.window, copies) }];
  });
}

const bytesOf = ({ channel, records }: Window, copies: number): number =>
  records.reduce((sum, { facts }: ListedRecord) => {
    const content = facts.content ?? channel.content;
    return sum + AROUND + (content === "full" ? facts.size * copies : Math.min(facts.size, SUMMARY));
  }, 0);

const SHORTER: { readonly [period in Period]?: Period } = { year: "month", month: "week", week: "day" };

/** A limit cuts no archive, and nothing that no archive has yet. */
function smaller(drawing: Drawing, { archives }: Site, limit: number): string {
  const isWhole = "window" in drawing && ["site", "archive"].includes(drawing.window.channel.kind);
  const shorter = isWhole && archives ? SHORTER[archives] : undefined;
  if (shorter !== undefined) return `write \`archives: ${shorter}\``;
  return isWhole && archives ? "write shorter posts" : `write \`limit: { bytes: ${Math.floor(limit / 2)} }\` for it`;
}

const amount = (bytes: number): string => bytes.toLocaleString("en-US");
