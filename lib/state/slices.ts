/** Slices: a plan cut into parts, each written and committed by itself, so that whatever ends a pass loses little. */
import { recordsOf } from "../formats/document.ts";
import type { ListedRecord, Plan, PlannedDocument, PutReason } from "../model.ts";

export interface Slice {
  readonly put: readonly { readonly document: PlannedDocument; readonly reason: PutReason }[];
  readonly remove: Plan["remove"];
  /** Whose entries the documents are drawn from. */
  readonly records: ReadonlySet<ListedRecord>;
}

/** Documents to put or to remove, where nobody says otherwise. */
const MANY = 500;
/** Bytes of the posts whose entries are held at once. */
const HEAVY = 24_000_000;

export type Slices = readonly [Slice, ...Slice[]];

/** First what is put, in the order of the plan, then what is removed; one slice at least. */
export function slicesOf(
  { documents, put, remove }: Pick<Plan, "documents" | "put" | "remove">,
  size: number = MANY,
): Slices {
  const planned = new Map(documents.map((document) => [document.path, document]));
  let last = emptySlice();
  const slices: [typeof last, ...(typeof last)[]] = [last];
  const begin = () => {
    last = emptySlice();
    slices.push(last);
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
  return slices;
}

/** Is no time left for what is still to be written? What a pass before may have left half done is written anyway. */
export function isTooLateFor(
  rest: readonly Slice[],
  { until, clock }: { readonly until: Date | undefined; readonly clock: { now(): Date } },
): boolean {
  if (rest.length === 0 || !until || clock.now() < until) return false;
  return !rest.some(({ put, remove }) => [...put, ...remove].some(({ reason }) => reason === "inherited"));
}

/** Every path that a slice writes, and those that a pass before may have left half done: whoever takes over needs both. */
export const pathsToWrite = (
  slice: Slice,
  { inherited }: { readonly inherited: ReadonlySet<string> },
): readonly string[] => [...new Set([...pathsOf(slice), ...inherited])];

export const pathsOf = ({ put, remove }: Slice): readonly string[] => [
  ...put.map(({ document }) => document.path),
  ...remove.map(({ path }) => path),
];

/** Records in parts that can be held at once. */
export function batchesOf(records: readonly ListedRecord[]): readonly (readonly ListedRecord[])[] {
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

const emptySlice = () => ({
  put: [] as Slice["put"][number][],
  remove: [] as Slice["remove"][number][],
  records: new Set<ListedRecord>(),
  weight: 0,
});

/** Of what would have to be held besides what is held already. */
const weightOf = (records: readonly ListedRecord[], held: ReadonlySet<ListedRecord>): number =>
  records.reduce((sum, record) => (held.has(record) ? sum : sum + record.facts.size), 0);
