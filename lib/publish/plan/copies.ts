/** Copies: documents that are put a second time, under the paths of aliases that their host answers in no other way. */
import type { Copy } from "../../edge/edge.ts";
import type { PlannedDocument } from "../../formats/types.ts";
import { copiesFor } from "../../hosts/copies.ts";
import type { Site } from "../../site/types.ts";

const MARK = "copy ";

/** Of what is published; an alias never hides a document. Copies of one document follow each other. */
export function planCopies(documents: readonly PlannedDocument[], site: Site): readonly PlannedDocument[] {
  const paths = documents.map(({ path }) => path);
  const copies = copiesFor(site, paths);
  if (copies.length === 0) return [];
  const byPath = new Map(documents.map((document) => [document.path, document]));
  const byDocument = Map.groupBy(copies, ({ of }) => of);
  return [...byDocument].flatMap(([of, ofOne]) => {
    const document = byPath.get(of);
    return document ? ofOne.filter(({ path }) => !byPath.has(path)).map((copy) => copied(document, copy)) : [];
  });
}

function copied(document: PlannedDocument, { path, type }: Copy): PlannedDocument {
  return {
    path,
    source: { as: "copy", of: document },
    contentType: type ?? document.contentType,
    updated: document.updated,
    fingerprint: `${MARK}${document.path} ${document.fingerprint}`,
  };
}

export const isCopy = ({ fingerprint }: { readonly fingerprint: string }): boolean => fingerprint.startsWith(MARK);

/** The path of what it is a copy of: a fingerprint of a document has one space. */
export const copiedPath = ({ fingerprint }: { readonly fingerprint: string }): string =>
  fingerprint.slice(MARK.length).split(" ").slice(0, -2).join(" ");
