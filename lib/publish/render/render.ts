/** Render: the bytes of planned documents, with few entries held at once. */
import { isListed } from "../../channels/listed.ts";
import type { Window } from "../../channels/types.ts";
import { recordsOf } from "../../formats/records.ts";
import type { PlannedDocument } from "../../formats/types.ts";
import type { ListedRecord, Post, PostRecord } from "../../model.ts";
import type { Site } from "../../site/types.ts";
import { channelId, type TagAuthority } from "../../state/ids.ts";
import { type Batches, cutRecords } from "../plan/batches.ts";
import { LookAgain, mergeCorrections, NO_CORRECTIONS } from "../retry.ts";
import type { PlannedPut } from "../types.ts";
import type { EntriesByHash, EntrySource } from "./entries.ts";

/** All that documents of an attempt are rendered from, but for entries. */
export interface RenderInput {
  readonly site: Site;
  readonly authority: TagAuthority;
  readonly podcastGuid: string;
  /** Every channel with what it carries, for documents that list channels. */
  readonly windows: readonly Window[];
}

/** Gives the bytes of documents whose entries were gathered. Imports the renderers: a run with nothing to do needs none. */
export async function rendererOf(
  { site, authority, podcastGuid, windows }: RenderInput,
  entries: EntriesByHash,
): Promise<(document: PlannedDocument) => Uint8Array> {
  const { documentRenderer } = await import("../../formats/document.ts");
  return documentRenderer({
    site,
    podcastGuid,
    entries,
    windows,
    channelId: (channel) => channelId(channel, authority),
  });
}

/** The bytes of those planned documents that are `wanted`, by path. */
export type RenderWanted = (
  wanted: (planned: PlannedPut) => boolean,
) => AsyncIterable<readonly [path: string, body: Uint8Array]>;

export interface LazyRenderInput extends RenderInput {
  readonly batches: Batches;
  readonly entries: EntrySource;
  /** Posts that were read already, by key. */
  readonly posts: ReadonlyMap<string, Post>;
}

/** Renders the wanted documents as they are iterated, and gathers the entries of a batch at a time. */
export function lazyRenderer(input: LazyRenderInput): RenderWanted {
  const { batches, entries, posts } = input;
  return async function* (wanted) {
    for (const { put } of batches) {
      const chosen = put.filter(wanted);
      if (chosen.length === 0) continue;
      const records = new Set(chosen.flatMap(({ document }) => recordsOf(document)));
      const render = await rendererOf(input, await entries.gather(records, { posts }));
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
