/** The documents of a site and what became of them: named when they are few, else counted by kind. */
import type { DocumentCount, Report } from "../publish/types.ts";
import { table } from "./table.ts";
import { type Paint, visible } from "./text.ts";
import { count } from "./words.ts";

/** Changes that are named one by one. */
const FEW_CHANGES = 8;

/** One and several of each kind, in the order in which they are told; an owner's own kinds come after these. */
const NOUNS: { readonly [kind: string]: readonly [one: string, many: string] } = {
  tags: ["tag", "tags"],
  categories: ["category", "categories"],
  authors: ["author", "authors"],
  languages: ["language", "languages"],
  sections: ["section", "sections"],
  podcast: ["podcast", "podcasts"],
  channels: ["channel of its own", "channels of their own"],
  archive: ["archive", "archives"],
};

/** `239 documents: the site, 24 tags, 1 podcast, 15 archives, 57 copies` */
export function showDocuments(documents: readonly DocumentCount[]): string {
  const total = documents.reduce((sum, of) => sum + of.documents, 0);
  const kinds = inOrder(documents)
    .filter((of) => of.channels > 0 || of.documents > 0)
    .map(inWords);
  return `${count(total, "document")}${kinds.length > 0 ? `: ${kinds.join(", ")}` : ""}`;
}

const ORDER: readonly string[] = ["site", ...Object.keys(NOUNS)];
const OF_THE_SITE: readonly string[] = ["lists", "copies", "host"];

function inOrder(documents: readonly DocumentCount[]): readonly DocumentCount[] {
  const place = (kind: string) => {
    const known = ORDER.indexOf(kind);
    return known >= 0 ? known : ORDER.length + 1 + OF_THE_SITE.indexOf(kind);
  };
  return documents.toSorted((a, b) => place(a.kind) - place(b.kind));
}

function inWords({ kind, channels, documents }: DocumentCount): string {
  if (kind === "site") return "the site";
  if (kind === "lists") return count(documents, "list");
  if (kind === "copies") return count(documents, "copy", "copies");
  if (kind === "host") return `${count(documents, "file")} of the host`;
  const [one, many] = nounOf(kind);
  return `${channels} ${channels === 1 ? one : many}`;
}

/** A report may be read from a file, so that a kind may be any text. */
const nounOf = (kind: string): readonly [one: string, many: string] =>
  (Object.hasOwn(NOUNS, kind) && NOUNS[kind]) || [visible(kind), visible(kind)];

type Changes = Pick<Report, "put" | "removed" | "documents">;

/** Reasons that say nothing to who does not know how a run works. */
const IN_WORDS: { readonly [reason: string]: string } = {
  drifted: "altered or gone since",
  inherited: "left unfinished by a run before",
};
const inPlainWords = (reason: string): string =>
  (Object.hasOwn(IN_WORDS, reason) && IN_WORDS[reason]) || visible(reason);

export async function showChanges({ put, removed, documents = [] }: Changes, paint: Paint): Promise<readonly string[]> {
  const rows = [...changesOf("put", put, documents), ...changesOf("remove", removed, documents)];
  return (await table(rows)).map((row) => (row.startsWith("  remove") ? paint("yellow", row) : row));
}

type Change = { readonly path: string; readonly reason: string };

function changesOf(
  verb: "put" | "remove",
  changes: readonly Change[],
  documents: readonly DocumentCount[],
): readonly (readonly string[])[] {
  if (changes.length <= FEW_CHANGES) return changes.map(({ path, reason }) => [verb, path, inPlainWords(reason)]);
  // Of all there are, the line above says how many of each kind.
  const isAll = verb === "put" && documents.reduce((sum, of) => sum + of.documents, 0) === changes.length;
  const kinds = (isAll ? [] : inOrder(documents)).flatMap((of) => {
    const n = verb === "put" ? of.put : of.removed;
    return n > 0 ? [`${n} of ${ofKind(of.kind)}`] : [];
  });
  return [
    [
      verb,
      [
        `${isAll ? `all ${changes.length}` : count(changes.length, "document")}, ${reasonsOf(changes)}`,
        ...(kinds.length > 0 ? [kinds.join(", ")] : []),
      ].join(": "),
    ],
  ];
}

const ofKind = (kind: string): string =>
  kind === "site" ? "the site itself" : kind === "host" || kind === "podcast" ? `the ${kind}` : nounOf(kind)[1];

/** `new`, or `12 changed and 3 new`. */
function reasonsOf(changes: readonly Change[]): string {
  const counts = [...Map.groupBy(changes, ({ reason }) => inPlainWords(reason))].map(([reason, { length }]) => ({
    reason,
    length,
  }));
  const [first] = counts;
  if (first && counts.length === 1) return first.reason;
  return counts.map(({ reason, length }) => `${length} ${reason}`).join(" and ");
}
