/** Whose entries a document carries: asked before anything is rendered, and without the renderers. */
import type { ListedRecord } from "../model.ts";
import type { PlannedDocument } from "./types.ts";

/** How many entries a page shows. */
export const PAGE_ITEMS = 10;

/** The records whose entries are in a document. */
export function recordsOf({ source }: PlannedDocument): readonly ListedRecord[] {
  if (source.as === "copy") return recordsOf(source.of);
  if (source.as === "page") return source.window.records.slice(0, PAGE_ITEMS);
  return "window" in source ? source.window.records : [];
}
