/** Batches: a plan cut into parts, each written and committed by itself, so that a run that ends early loses little. */
import { recordsOf } from "../../formats/records.ts";
import type { ListedRecord } from "../../model.ts";
import type { Plan, PlannedPut, PlannedRemoval } from "../types.ts";

export interface Batch {
  readonly put: readonly PlannedPut[];
  readonly remove: readonly PlannedRemoval[];
  /** The records whose entries the documents are rendered from. */
  readonly records: ReadonlySet<ListedRecord>;
}

/** One at least, perhaps an empty one. */
export type Batches = readonly [Batch, ...Batch[]];

/** Documents to put or to remove in one batch. */
const MAX_DOCUMENTS = 500;
/** Bytes of the posts whose entries are held in memory at once. */
const MAX_BYTES = 24_000_000;

/** First what is put, in the order of the plan, then what is removed. */
export function cutBatches({ put, remove }: Pick<Plan, "put" | "remove">, size: number = MAX_DOCUMENTS): Batches {
  let last = emptyBatch();
  const batches: [typeof last, ...(typeof last)[]] = [last];
  const begin = () => {
    last = emptyBatch();
    batches.push(last);
  };
  for (const planned of put) {
    const records = recordsOf(planned.document);
    const isFull = last.put.length === size || last.weight + weightOf(records, last.records) > MAX_BYTES;
    if (isFull && last.put.length > 0) begin();
    last.weight += weightOf(records, last.records);
    last.put.push(planned);
    for (const record of records) last.records.add(record);
  }
  for (const removal of remove) {
    if (last.put.length + last.remove.length === size) begin();
    last.remove.push(removal);
  }
  return batches;
}

/** Is the time over for what is still to be written? What a run before may have left half written is written anyway. */
export function isOutOfTime(
  rest: readonly Batch[],
  { until, clock }: { readonly until: Date | undefined; readonly clock: { now(): Date } },
): boolean {
  if (rest.length === 0 || !until || clock.now() < until) return false;
  return !rest.some(({ put, remove }) => [...put, ...remove].some(({ reason }) => reason === "inherited"));
}

/** What an intent names: every path that a batch writes, and those that a run before may have left half written. */
export const pathsToWrite = (batch: Batch, inherited: ReadonlySet<string>): readonly string[] => [
  ...new Set([...pathsOf(batch), ...inherited]),
];

export const pathsOf = ({ put, remove }: Batch): readonly string[] => [
  ...put.map(({ document }) => document.path),
  ...remove.map(({ path }) => path),
];

/** Records in parts whose entries can be held at once. */
export function cutRecords(records: readonly ListedRecord[]): readonly (readonly ListedRecord[])[] {
  const parts: ListedRecord[][] = [[]];
  let weight = 0;
  for (const record of records) {
    weight += record.facts.size;
    if (weight > MAX_BYTES) {
      parts.push([]);
      weight = record.facts.size;
    }
    parts.at(-1)?.push(record);
  }
  return parts;
}

const emptyBatch = () => ({
  put: [] as PlannedPut[],
  remove: [] as PlannedRemoval[],
  records: new Set<ListedRecord>(),
  weight: 0,
});

/** Bytes that would have to be held besides what is held already. */
const weightOf = (records: readonly ListedRecord[], held: ReadonlySet<ListedRecord>): number =>
  records.reduce((sum, record) => (held.has(record) ? sum : sum + record.facts.size), 0);
