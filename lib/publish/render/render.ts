/** Render: the bytes of planned documents, with few entries held at once. */
import { isListed } from "../../channels/listed.ts";
import type { Piece } from "../../formats/pieces.ts";
import { recordsOf } from "../../formats/records.ts";
import type { ItemSite, PlannedDocument, PlannedItem } from "../../formats/types.ts";
import type { ListedRecord, Post, PostRecord } from "../../model.ts";
import { type Batch, type Batches, cutRecords } from "../plan/batches.ts";
import { LookAgain, mergeCorrections, NO_CORRECTIONS } from "../retry.ts";
import type { PlannedPut } from "../types.ts";
import type { ItemsOfFeeds } from "./block.ts";
import type { EntriesByHash, EntrySource } from "./entries.ts";

/** Gives the bytes of documents whose entries were gathered. Imports the renderers: a run with nothing to do needs none. */
export async function rendererOf(entries: EntriesByHash): Promise<(document: PlannedDocument) => Uint8Array> {
  const { documentRenderer } = await import("../../formats/document.ts");
  return documentRenderer(entries);
}

/** The same in pieces, which documents share. */
export async function piecesOf(entries: EntriesByHash): Promise<(document: PlannedDocument) => readonly Piece[]> {
  const { documentPieces } = await import("../../formats/document.ts");
  return documentPieces(entries);
}

/** What feeds of the batch show of each entry, the first of them where they differ. */
export function itemsOf({ put }: Batch): ItemsOfFeeds | undefined {
  const items = new Map<string, PlannedItem>();
  let site: ItemSite | undefined;
  for (const { document } of put) {
    const { source } = document;
    if (source.as !== "rss" && source.as !== "atom" && source.as !== "json") continue;
    site ??= source.document.site.ofItems;
    for (const item of source.document.items) if (!items.has(item.inputHash)) items.set(item.inputHash, item);
  }
  return site && { site, items };
}

/** The bytes of those planned documents that are `wanted`, by path. */
export type RenderWanted = (
  wanted: (planned: PlannedPut) => boolean,
) => AsyncIterable<readonly [path: string, body: Uint8Array]>;

export interface LazyRenderInput {
  readonly batches: Batches;
  readonly entries: EntrySource;
  /** Posts that were read already, by key. */
  readonly posts: ReadonlyMap<string, Post>;
}

/** Renders the wanted documents as they are iterated, and gathers the entries of a batch at a time. */
export function lazyRenderer({ batches, entries, posts }: LazyRenderInput): RenderWanted {
  return async function* (wanted) {
    for (const { put } of batches) {
      const chosen = put.filter(wanted);
      if (chosen.length === 0) continue;
      const records = new Set(chosen.flatMap(({ document }) => recordsOf(document)));
      const render = await rendererOf(await entries.gather(records, { posts }));
      for (const { document } of chosen) yield [document.path, render(document)];
    }
  };
}

export interface ProveInput extends Pick<LazyRenderInput, "batches" | "entries" | "posts"> {
  readonly records: readonly PostRecord[];
  /** Proves the entries of all public posts, not only those that a document needs. */
  readonly all: boolean;
}

/** Throws `LookAgain` with every correction when an entry cannot be had. */
export async function proveEntries({ batches, entries, posts, records, all }: ProveInput): Promise<void> {
  const parts: readonly Iterable<ListedRecord>[] = all
    ? cutRecords(records.filter(isListed))
    : batches.map((batch) => batch.records);
  let corrections = NO_CORRECTIONS;
  for (const part of parts) {
    await entries.gather(part, { posts }).catch((error: unknown) => {
      if (!(error instanceof LookAgain) || !error.change.corrections) throw error;
      corrections = mergeCorrections(corrections, error.change.corrections);
    });
  }
  if (corrections !== NO_CORRECTIONS) throw new LookAgain("some posts cannot be rendered", { corrections });
}
