/** Documents of a catalog, by path, and the segments that they are stored in: an edit changes a few of either. */
import { cutSegments } from "../base/segments.ts";
import type { Catalog, PublishedDocument } from "./types.ts";

type Documents = Catalog["documents"];
type Segments = readonly (readonly (readonly [path: string, document: PublishedDocument])[])[];

const kept = new WeakMap<Documents, Segments>();

/** In the order in which the object has them. */
export function segmentsOfDocuments(documents: Documents): Segments {
  const segments = kept.get(documents) ?? cutSegments(Object.entries(documents), ([path]) => path);
  kept.set(documents, segments);
  return segments;
}

export function joinedDocuments(segments: Segments): Documents {
  const documents = objectOf(segments.flat());
  kept.set(documents, segments);
  return documents;
}

/** A path may be called as a property of every object, such as `constructor`. */
export const documentAt = (documents: Documents | undefined, path: string): PublishedDocument | undefined =>
  documents && Object.hasOwn(documents, path) ? documents[path] : undefined;

/** With these changes; `undefined` removes a document. */
export function withDocuments(
  documents: Documents,
  changes: ReadonlyMap<string, PublishedDocument | undefined>,
): Documents {
  if (changes.size === 0) return documents;
  // Where no path is new or gone, segments without any of them stay as they are.
  if ([...changes].every(([path, document]) => document && Object.hasOwn(documents, path))) {
    const segments = segmentsOfDocuments(documents).map((segment) => {
      if (!segment.some(([path]) => changes.has(path))) return segment;
      return segment.map(([path, document]) => [path, changes.get(path) ?? document] as const);
    });
    return joinedDocuments(segments);
  }
  const all = new Map(Object.entries(documents));
  for (const [path, document] of changes) {
    if (document) all.set(path, document);
    else all.delete(path);
  }
  return objectOf([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** V8 makes a hash table of an object without a prototype at once: a third of the time that `fromEntries` takes in a new process. */
function objectOf(entries: Iterable<readonly [path: string, document: PublishedDocument]>): Documents {
  const documents: { [path: string]: PublishedDocument } = Object.create(null);
  for (const [path, document] of entries) documents[path] = document;
  return documents;
}
