/** Batches: a plan cut into parts, each written and committed by itself, so that whatever ends a run loses little. */
import { recordsOf } from "../../formats/document.ts";
import type { ListedRecord, Plan, PlannedDocument, PutReason } from "../../model.ts";

export interface Batch {
  readonly put: readonly { readonly document: PlannedDocument; readonly reason: PutReason }[];
  readonly remove: Plan["remove"];
  /** Whose entries the documents are drawn from. */
  readonly records: ReadonlySet<ListedRecord>;
}

/** Documents to put or to remove, where nobody says otherwise. */
const MANY = 500;
/** Bytes of the posts whose entries are held at once. */
const HEAVY = 24_000_000;

export type Batches = readonly [Batch, ...Batch[]];

/** First what is put, in the order of the plan, then what is removed; one batch at least. */
export function batchesOf(
  { documents, put, remove }: Pick<Plan, "documents" | "put" | "remove">,
  size: number = MANY,
): Batches {
  const planned = new Map(documents.map((document) => [document.path, document]));
  let last = emptyBatch();
  const batches: [typeof last, ...(typeof last)[]] = [last];
  const begin = () => {
    last = emptyBatch();
    batches.push(last);
  };
  for (const { path, reason } of put) {
    const document = planned.get(path);
    if (!document) continue;
    const records = recordsOf(document);
    const isFull = last.put.length === size || last.weight + weightOf(records, last.records) > HEAVY;
    if (isFull && last.put.length > 0) begin();
    last.weight += weightOf(records, last.records);
    last.put.push({ document, reason });
    for (const record of records) last.records.add(record);
  }
  for (const each of remove) {
    if (last.put.length + last.remove.length === size) begin();
    last.remove.push(each);
  }
  return batches;
}

/** Is no time left for what is still to be written? What a run before may have left half done is written anyway. */
export function isTooLateFor(
  rest: readonly Batch[],
  { until, clock }: { readonly until: Date | undefined; readonly clock: { now(): Date } },
): boolean {
  if (rest.length === 0 || !until || clock.now() < until) return false;
  return !rest.some(({ put, remove }) => [...put, ...remove].some(({ reason }) => reason === "inherited"));
}

/** Every path that a batch writes, and those that a run before may have left half done: whoever takes over needs both. */
export const pathsToWrite = (
  batch: Batch,
  { inherited }: { readonly inherited: ReadonlySet<string> },
): readonly string[] => [...new Set([...pathsOf(batch), ...inherited])];

export const pathsOf = ({ put, remove }: Batch): readonly string[] => [
  ...put.map(({ document }) => document.path),
  ...remove.map(({ path }) => path),
];

/** Records in parts that can be held at once. */
export function recordBatches(records: readonly ListedRecord[]): readonly (readonly ListedRecord[])[] {
  const batches: ListedRecord[][] = [[]];
  let weight = 0;
  for (const record of records) {
    weight += record.facts.size;
    if (weight > HEAVY) {
      batches.push([]);
      weight = record.facts.size;
    }
    batches.at(-1)?.push(record);
  }
  return batches;
}

const emptyBatch = () => ({
  put: [] as Batch["put"][number][],
  remove: [] as Batch["remove"][number][],
  records: new Set<ListedRecord>(),
  weight: 0,
});

/** Of what would have to be held besides what is held already. */
const weightOf = (records: readonly ListedRecord[], held: ReadonlySet<ListedRecord>): number =>
  records.reduce((sum, record) => (held.has(record) ? sum : sum + record.facts.size), 0);
