/** The step between scan and plan: ids of a former system where posts may be new, and posts read with the right date. */
import type { Instant, PostRecord } from "../../model.ts";
import type { TagAuthority } from "../../state/ids.ts";
import type { Catalog } from "../../state/types.ts";
import type { Scan } from "../scan/findings.ts";
import { openOthers } from "../scan/others.ts";
import type { Reading } from "../scan/prepared/reading.ts";
import { type ReadInput, readKeys } from "../scan/read.ts";
import type { AdoptedIds } from "./adopted.ts";
import { type Reconciled, type Reconciliation, reconcileRecords } from "./reconcile.ts";

export interface ReconcilePostsInput extends Pick<ReadInput, "content" | "site" | "slow" | "log"> {
  readonly catalog: Catalog | undefined;
  readonly scan: Scan;
  readonly reading: Reading;
  readonly adopted: AdoptedIds;
  readonly authority: TagAuthority;
  readonly now: Instant;
  readonly keepsUpdated: boolean;
}

export interface ReconciledPosts extends Reconciled {
  /** As they were read at last. */
  readonly scan: Scan;
  /** Key of the ids of a former system for which a post still waits. */
  readonly adoptedKey: string | undefined;
}

/** Writes nothing. Throws `StateError` where ids of a former system cannot be read. */
export async function reconcilePosts(input: ReconcilePostsInput): Promise<ReconciledPosts> {
  const { adopted, scan } = input;
  const { misdated, ...first } = await reconcile(input, scan);
  if (misdated.size === 0) return { ...first, scan, adoptedKey: adopted.waiting(first.records) };
  // A post without a date is dated when readers got it, and only now it is known which post it is.
  const reading = await readMisdated(input, misdated);
  const redated = {
    ...scan,
    findings: new Map([...scan.findings, ...reading.findings]),
    posts: new Map([...scan.posts, ...reading.posts]),
  };
  const { misdated: _, ...second } = await reconcile(input, redated);
  return { ...second, scan: redated, adoptedKey: adopted.waiting(second.records) };
}

function readMisdated({ scan, reading, ...input }: ReconcilePostsInput, misdated: Reconciliation["misdated"]) {
  const { listed } = scan;
  const others = openOthers(input.content, listed);
  const read = { ...input, others, publishedOf: (key: string) => misdated.get(key) };
  const keys = [...misdated.keys()];
  if (!listed) return readKeys(read, keys);
  // Whoever reads beside a run does not know when readers got these.
  return reading.read({ ...read, others: { ...others, listed } }, keys, { byItself: true });
}

async function reconcile(input: ReconcilePostsInput, { findings }: Pick<Scan, "findings">) {
  const { catalog, adopted } = input;
  return reconcileRecords({ ...input, findings, ...(await adopted.forNew(findings, catalog)) });
}

/** The catalog without the last good entries of `keys`, which turned out to be lost. */
export function withoutEntries(catalog: Catalog, keys: readonly string[]): Catalog {
  if (keys.length === 0) return catalog;
  const lost = new Set(keys);
  const records = catalog.records.map((record): PostRecord => {
    if (!lost.has(record.key)) return record;
    const { rendered: _, ...others } = record;
    return { ...others, lastGood: false };
  });
  return { ...catalog, records };
}
