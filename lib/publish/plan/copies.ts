/** Copies: documents that are put a second time, under the paths of aliases for which the edge has no room. */
import { type Copy, copiesOf } from "../../edge/edge.ts";
import type { PlannedDocument } from "../../formats/types.ts";
import type { Site } from "../../site/types.ts";

const MARK = "copy ";

/** Of what is published; an alias never hides a document. Copies of one document follow each other. */
export function planCopies(documents: readonly PlannedDocument[], site: Site): readonly PlannedDocument[] {
  const copies = copiesOf(site);
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
