/** Guard: refuses what looks like an accident, before anything is written. A refusal is a result. */

import { FEW_KEYS, forEachAtOnce } from "../../base/concurrency.ts";
import { digestOf } from "../../base/digest.ts";
import type { Catalog, Plan, Refusal, Report, Site } from "../../model.ts";
import { readHead } from "../../state/head.ts";
import { type HeldLease, LostLease } from "../../state/lease.ts";
import { isHeld, mayBeHeld } from "../../state/unknown.ts";
import { listEtags, readObject, type Store } from "../../stores/store.ts";
import { batchesOf } from "../plan/batches.ts";
import type { Draw } from "../render/render.ts";
import type { Run, Snapshot } from "../run.ts";
import type { View } from "../view.ts";
import { joined, refusalsOf } from "./refusals.ts";
import { doubtfulOf, estimateSizes, type SizedDocument } from "./sizes.ts";
import { named } from "./words.ts";

export interface Guarded {
  readonly present: Present;
  readonly refused?: Refusal | undefined;
  /** What would be refused, but is meant. */
  readonly forced?: Refusal | undefined;
}

/** Throws `LostLease` when what looks foreign may be another run's doing. */
export async function guardRun(
  { force, dryRun, public: store, state, site, now }: Run,
  { head, catalog }: Snapshot,
  { reconciled, plan, drift }: View,
  draw: Draw,
  held: HeldLease | undefined,
): Promise<Guarded> {
  const found = await findPresent(plan, store, draw);
  // Of a dry run alone, since drawing every document twice takes its time; a real one sees it as it writes.
  const unknown = dryRun ? plan.put.filter((put) => !drift.paths.has(put.path) && mayBeHeld(catalog, put)) : [];
  const present = { ...found, held: [...found.held, ...(await heldOf(unknown, catalog, draw))] };
  if (present.foreign.length > 0 && !force) {
    if (held) await held.confirm();
    else if ((await readHead(state)).etag !== head.etag) throw new LostLease("another run wrote meanwhile");
  }
  const foreign = refuseForeign(present.foreign, catalog, store.name);
  const sizes = await sizesOf(plan, site, draw);
  const accidents = refusalsOf({ before: catalog, after: reconciled, sizes, site, now });
  const refusal = joined([...accidents, ...(foreign ? [foreign] : [])]);
  return { present, ...(force ? { forced: refusal } : { refused: refusal }) };
}

/** Of the documents that are written first exactly, where it matters. Later ones are not held yet, and are estimated. */
async function sizesOf(plan: Plan, site: Site, draw: Draw): Promise<readonly SizedDocument[]> {
  const estimates = estimateSizes(plan, site);
  const doubtful = new Set(doubtfulOf(estimates, site));
  if (doubtful.size === 0) return estimates;
  const [{ put }] = batchesOf(plan);
  const isFirst = new Set(put.map(({ document }) => document.path));
  const exact = new Map<string, number>();
  for await (const [path, body] of draw(plan.put.filter(({ path }) => isFirst.has(path) && doubtful.has(path)))) {
    exact.set(path, body.length);
  }
  return estimates.map((document) => {
    const bytes = exact.get(document.path);
    return bytes === undefined ? document : { ...document, bytes, isExact: true };
  });
}

/** What would really be written: what is there already need not be, and what is somebody's would be forced. */
export function wouldWrite({ put, remove }: Plan, { held, foreign }: Present): Pick<Report, "put" | "removed"> {
  const isHeld = new Set(held);
  const isForeign = new Set(foreign);
  const would = put
    .filter(({ path }) => !isHeld.has(path))
    .map(({ path, reason }) => ({ path, reason: isForeign.has(path) ? ("forced" as const) : reason }));
  return { put: would, removed: remove };
}

/** What there is already at the paths of new documents. */
export interface Present {
  /** The very bytes that would be put. */
  readonly held: readonly string[];
  readonly foreign: readonly string[];
}

async function findPresent({ put }: Plan, store: Store, draw: Draw): Promise<Present> {
  let news = put.filter(({ reason }) => reason === "new");
  if (news.length > FEW_KEYS) {
    const present = await listEtags(store);
    news = news.filter(({ path }) => present.has(path));
  }
  const there = new Map<string, string>();
  await forEachAtOnce(news, async ({ path }) => {
    const object = await readObject(store, path);
    if (object) there.set(path, digestOf(object.body));
  });
  const held: string[] = [];
  const foreign: string[] = [];
  for await (const [path, body] of draw(news.filter(({ path }) => there.has(path)))) {
    (there.get(path) === digestOf(body) ? held : foreign).push(path);
  }
  return { held, foreign: foreign.sort() };
}

/** The paths at which these very bytes are, though nobody knows what they were made from. */
async function heldOf(put: Plan["put"], catalog: Catalog | undefined, draw: Draw): Promise<readonly string[]> {
  const held: string[] = [];
  for await (const [path, body] of draw(put)) if (isHeld(catalog, path, body)) held.push(path);
  return held;
}

export function refuseForeign(
  paths: readonly string[],
  catalog: Catalog | undefined,
  store: string,
): Refusal | undefined {
  if (paths.length === 0) return undefined;
  const lost =
    catalog === undefined ? "; the state store is empty, so nothing in it can be known as Dripfeed's own" : "";
  return {
    code: "not-ours",
    message: `${store} holds other content at ${named(paths)}${lost}`,
    fix: `bring back the state store, or name another public store; to overwrite, publish with --force${
      catalog === undefined ? ", after giving posts that were renamed since their old id (README, Operating it)" : ""
    }`,
  };
}
