/** Whose entries a document carries: asked before anything is rendered, and without the renderers. */
import type { Window } from "../channels/types.ts";
import type { ListedRecord } from "../model.ts";
import type { PlannedDocument } from "./types.ts";

/** How many entries a page lists. */
const PAGE_ITEMS = 10;

/** How many streams a page announces, of those that are live and of those to come. */
const PAGE_STREAMS = 3;

/** The entries that a page lists. */
export const newestOf = ({ records }: Window): readonly ListedRecord[] => records.slice(0, PAGE_ITEMS);

/** The streams that a page announces, however old their entries are: the live ones, then those to come, the next one first. */
export function streamsOf({ records, live }: Window): readonly ListedRecord[] {
  if (Object.keys(live).length === 0) return [];
  const startOf = ({ facts }: ListedRecord) => facts.live?.start ?? "";
  const having = (status: "live" | "pending") => records.filter(({ facts }) => live[facts.id] === status);
  const coming = having("pending").sort((a, b) => (startOf(a) < startOf(b) ? -1 : startOf(a) > startOf(b) ? 1 : 0));
  return [...having("live").slice(0, PAGE_STREAMS), ...coming.slice(0, PAGE_STREAMS)];
}

/** The records whose entries are in a document. */
export function recordsOf({ source }: PlannedDocument): readonly ListedRecord[] {
  if (source.as === "copy") return recordsOf(source.of);
  if (source.as === "page") return [...new Set([...newestOf(source.window), ...streamsOf(source.window)])];
  return "window" in source ? source.window.records : [];
}
