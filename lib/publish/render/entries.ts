/** Entries: from the warm cache, from the entry cache, or rendered from their posts. */
import { forEachAtOnce } from "../../base/concurrency.ts";
import type { HeldEntry } from "../../formats/types.ts";
import type { Entry, EntryPlace, ListedRecord } from "../../model.ts";
import { encodeEntry, readEntries, readEntry } from "../../state/entries.ts";
import { type EntryLine, putPacks } from "../../state/packs.ts";
import type { Store } from "../../stores/store.ts";
import type { Helper } from "../helper.ts";
import { counter } from "../progress.ts";
import { type Corrections, type Failure, LookAgain } from "../retry.ts";
import { openOthers } from "../scan/others.ts";
import type { OnProgress, Report } from "../types.ts";
import { keepWarm, makeRoom, type WarmCache } from "../warmcache.ts";
import { type Chunks, openChunks } from "./memory.ts";
import type { Fault, PostRendererInput } from "./posts.ts";
import { areMany, type RenderFrom, renderHere, renderTogether } from "./together.ts";

/** By input hash. */
export type EntriesByHash = ReadonlyMap<string, HeldEntry>;

/** Where the entries of an attempt come from. */
export interface EntrySource {
  /** The entry of each record. Writes nothing. Throws `LookAgain` with corrections when an entry cannot be had. */
  gather(records: Iterable<ListedRecord>, from: RenderFrom): Promise<EntriesByHash>;
  /** Writes what was rendered to the entry cache, and says where each entry lies that it has written, by input hash. */
  save(): Promise<ReadonlyMap<string, EntryPlace>>;
  /** Forgets where what it wrote lies: every catalog since says so, and a collection may have moved it. */
  forgetPlaces(): void;
  /** How many entries were needed so far. */
  count(): Report["entries"];
}

export interface EntrySourceInput extends Omit<PostRendererInput, "others"> {
  readonly state: Store;
  readonly helper: Helper | undefined;
  /** Nothing is going to be written. */
  readonly dryRun: boolean;
  readonly warmCache: WarmCache;
  readonly progress?: OnProgress | undefined;
}

/** What an attempt has rendered and needed so far. */
interface EntryPool {
  /** To be written to the entry cache, by input hash. */
  readonly rendered: Map<string, HeldEntry>;
  /** The order in which they are written, whichever was rendered first: that of the documents, which are read together later. */
  readonly order: Set<string>;
  /** Where what was written lies: batches after it may need it, when it is in no memory any more. */
  readonly cached: Map<string, EntryPlace>;
  readonly needed: Set<string>;
  readonly chunks: Chunks;
  renderings: number;
}

export function openEntries(input: EntrySourceInput): EntrySource {
  const pool: EntryPool = {
    rendered: new Map(),
    order: new Set(),
    cached: new Map(),
    needed: new Set(),
    chunks: openChunks(),
    renderings: 0,
  };
  return {
    gather: (records, from) => gatherEntries(pool, records, from, input),

    async save() {
      const { rendered, order } = pool;
      const cached = await putPacks(input.state, linesOf(rendered, order));
      for (const [inputHash, place] of cached) pool.cached.set(inputHash, place);
      rendered.clear();
      order.clear();
      return cached;
    },

    forgetPlaces: () => pool.cached.clear(),

    count: () => ({ rendered: pool.renderings, cached: pool.needed.size - pool.renderings }),
  };
}

/** One after the other, so that no more are held than go into a pack. */
function* linesOf(entries: EntriesByHash, order: ReadonlySet<string>): Iterable<EntryLine> {
  for (const inputHash of order) {
    const held = entries.get(inputHash);
    if (held) yield held.line ? { inputHash, bytes: held.line } : encodeEntry(inputHash, held.entry);
  }
}

async function gatherEntries(
  pool: EntryPool,
  records: Iterable<ListedRecord>,
  from: RenderFrom,
  input: EntrySourceInput,
): Promise<EntriesByHash> {
  const { warmCache, dryRun, helper } = input;
  const entries = new Map<string, HeldEntry>();
  const found: MutableCorrections = { failed: new Map(), moved: [], lostEntries: [], restless: [] };
  let bytes = 0;
  const all = [...records];
  for (const { facts } of all) pool.order.add(facts.inputHash);
  makeRoom(warmCache, all);
  const stored = await readStored(pool, all, input);
  const tell = counter(input.progress, "render", all.length);
  const note = ({ facts: { inputHash, size } }: ListedRecord, held: HeldEntry) => {
    const isWarm = warmCache.entries.has(inputHash) || pool.rendered.has(inputHash);
    if (!isWarm) bytes += size;
    pool.needed.add(inputHash);
    entries.set(inputHash, held);
    tell();
  };
  const rendered = (record: ListedRecord, held: HeldEntry) => {
    const { inputHash } = record.facts;
    if (!pool.needed.has(inputHash)) pool.renderings += 1;
    note(record, held);
    if (!dryRun) pool.rendered.set(inputHash, held);
  };
  const failed = (record: ListedRecord, fault: Fault) => {
    tell();
    noteFault(found, record, fault);
  };
  const toRender: ListedRecord[] = [];
  await forEachAtOnce(all, async (record) => {
    const held = heldEntry(pool, record, { stored, input });
    if (held) note(record, held);
    else if (record.state === "public") toRender.push(record);
    else {
      const relinked = await relinkedOf(record, input.state);
      if (relinked) rendered(record, { entry: relinked });
      else found.lostEntries.push(record.key);
    }
  });
  const others = openOthers(input.content, from.listed);
  const rendering = { ...input, ...from, others, rendered, failed };
  // Whatever of a former batch is in none of these is not used any more.
  const held = () => [entries, warmCache.entries, pool.rendered].flatMap((some) => [...some.values()]);
  const lend = (bytes: number) => pool.chunks.lend(bytes, held());
  if (helper && areMany(toRender, helper)) await renderTogether(helper, { ...rendering, lend }, toRender);
  else await renderHere(rendering, toRender);
  keepWarm(warmCache, entries, bytes);
  throwIfAny(found);
  return entries;
}

/** What is in no memory, of what the entry cache holds. */
function readStored(
  { rendered, cached }: EntryPool,
  records: readonly ListedRecord[],
  { state, warmCache }: EntrySourceInput,
): Promise<ReadonlyMap<string, Entry>> {
  const places = new Map<string, EntryPlace>();
  for (const { facts, rendered: former } of records) {
    const isKnown = warmCache.entries.has(facts.inputHash) || rendered.has(facts.inputHash);
    const place = cached.get(facts.inputHash) ?? former;
    if (place && !isKnown) places.set(facts.inputHash, place);
  }
  return readEntries(state, places);
}

interface HeldFrom {
  /** What of the entry cache is needed. */
  readonly stored: ReadonlyMap<string, Entry>;
  readonly input: EntrySourceInput;
}

/** Nothing where it is to be rendered, or is lost. */
function heldEntry(
  { rendered, cached }: EntryPool,
  { rendered: place, facts: { inputHash } }: ListedRecord,
  { stored, input: { warmCache, dryRun } }: HeldFrom,
): HeldEntry | undefined {
  const warm = warmCache.entries.get(inputHash) ?? rendered.get(inputHash);
  // A run before this one rendered it, and perhaps committed nothing.
  if (warm && !place && !cached.has(inputHash) && !dryRun) rendered.set(inputHash, warm);
  const entry = warm ? undefined : stored.get(inputHash);
  return warm ?? (entry && { entry });
}

/** A post that is not public now has only its last good entry, whose links may lead elsewhere by now. */
async function relinkedOf({ facts: { links } }: ListedRecord, state: Store): Promise<Entry | undefined> {
  const former = links?.former && (await readEntry(state, links.former.hash, links.former.place));
  return links && former && (await import("../../content/links/relinked.ts")).relinkedEntry(former, links);
}

interface MutableCorrections extends Corrections {
  readonly failed: Map<string, Failure>;
  readonly moved: string[];
  readonly lostEntries: string[];
  readonly restless: string[];
}

function noteFault(found: MutableCorrections, { key, rendered }: ListedRecord, fault: Fault): void {
  if ("failed" in fault) {
    found.failed.set(key, fault.failed);
    return;
  }
  found.moved.push(key);
  found.restless.push(key);
  if (rendered) found.lostEntries.push(key);
}

function throwIfAny(corrections: Corrections): void {
  const { failed, moved, lostEntries } = corrections;
  if (failed.size + moved.length + lostEntries.length === 0) return;
  throw new LookAgain("some posts are not what their records say", { corrections });
}
