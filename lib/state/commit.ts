/** What a pass leaves behind: the next catalog, the outbox, and the tidying of former ones. */
import type { Catalog, Instant, Outbox, PostRecord, PublishedDocument, Window } from "../model.ts";
import type { Store } from "../stores/store.ts";
import { catalogKey, intentKey } from "./catalog.ts";
import type { TagAuthority } from "./ids.ts";

/** Beyond this many changed paths the outbox says `*`. */
const MANY_PATHS = 1000;
/** How many former catalogs and intents stay, for rollback and diagnosis. */
const KEPT = 5;

export interface NextCatalog {
  readonly pass: string;
  readonly authority: TagAuthority;
  readonly reading: string;
  readonly records: readonly PostRecord[];
  /** Input hashes of the entries that the documents carry. */
  readonly rendered: ReadonlyMap<string, unknown>;
  readonly channels: ReadonlyMap<Window["channel"]["key"], { readonly updated: Instant }>;
  readonly documents: ReadonlyMap<string, PublishedDocument>;
}

export function nextCatalog(former: Catalog | undefined, next: NextCatalog): Catalog {
  const { pass, authority, reading, records, rendered, channels, documents } = next;
  return {
    format: 1,
    pass,
    authority: authority.authority,
    since: authority.since,
    reading,
    records: records.map((record) =>
      record.facts && rendered.has(record.facts.inputHash) ? { ...record, rendered: true } : record,
    ),
    channels: Object.fromEntries(channels),
    documents: Object.fromEntries([...documents].sort(([a], [b]) => (a < b ? -1 : 1))),
    former: former ? [former.pass, ...former.former].slice(0, KEPT) : [],
  };
}

/** What was to announce already, and what this pass adds. */
export function nextOutbox({ paths }: Outbox, changed: readonly string[], due: Instant | undefined): Outbox {
  const all = [...new Set([...paths, ...changed])];
  return { paths: all.length > MANY_PATHS || all.includes("*") ? ["*"] : all, ...(due !== undefined && { due }) };
}

/** Removes what the catalog after `former` no longer names. */
export async function removeFormer(state: Store, former: Catalog | undefined): Promise<void> {
  for (const pass of former?.former.slice(KEPT - 1) ?? []) {
    await state.delete(catalogKey(pass));
    await state.delete(intentKey(pass));
  }
}
