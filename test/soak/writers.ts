/** Runs as they come in years: by hints that are right, wrong, late or absent, without time, killed half way, and at once. */

import type { PublishOptions } from "../../lib/publish/options.ts";
import { publish } from "../../lib/publish/publish.ts";
import type { Report } from "../../lib/publish/types.ts";
import { emptyWarmCache, type WarmCache } from "../../lib/publish/warmcache.ts";
import { LEASE_MS } from "../../lib/state/lease.ts";
import { type Store, StoreError } from "../../lib/stores/store.ts";
import { type Choice, type Random, weightsOf } from "../bench/random.ts";
import { faulty, MISHAPS } from "../faults/faulty.ts";
import type { Stores } from "../support/world.ts";
import type { SimulatedTime } from "./time.ts";

export const WRITERS = 3;

const KINDS = weightsOf({
  hinted: 12,
  wrong: 3,
  late: 3,
  due: 4,
  full: 8,
  dry: 2,
  forced: 4,
  short: 4,
  faulty: 5,
  back: 1,
});
type Kind = (typeof KINDS)["urn"][number];

const ALL_MISHAPS = Object.values(MISHAPS);

export interface WritersInput {
  readonly stores: Stores;
  readonly time: SimulatedTime;
  readonly random: Random;
}

export interface Writers {
  /** A run by one of the writers; nothing where a store failed it. Never more than one at once by the same writer. */
  run(writer: number, changed: readonly string[]): Promise<Report | undefined>;
  /** An undisturbed run that looks at everything. */
  full(): Promise<Report>;
  /** Every write that is still on its way arrives. Gives whether there may have been one. */
  completeLate(): Promise<boolean>;
  /** How often runs ended in each way. */
  readonly ends: ReadonlyMap<string, number>;
}

/** Milliseconds of an operation; now and then a computer sleeps for longer than a lease holds. */
const costOf = (random: Random): number =>
  random.chance(0.0003) ? 2 * LEASE_MS : random.between(5, random.chance(0.02) ? 2000 : 60);

export function soakWriters({ stores, time, random }: WritersInput): Writers {
  const timed = (store: Store) => time.timed(store, () => costOf(random));
  const slow: Stores = { content: timed(stores.content), public: timed(stores.public), state: timed(stores.state) };
  /** The first two are processes that stay, for a while. */
  const warm: WarmCache[] = [];
  const ends = new Map<string, number>();
  const count = (end: string) => void ends.set(end, (ends.get(end) ?? 0) + 1);
  const late: (() => Promise<void>)[] = [];
  let former: readonly string[] = [];
  let names = 0;

  /** Options of a kind of run, where they differ from those of a full run. */
  function optionsOf(kind: Kind, changed: readonly string[]): Partial<PublishOptions> {
    const force = random.chance(0.1);
    if (kind === "hinted")
      return { hints: random.chance(0.3) ? [...changed, ...changed].toReversed() : changed, force };
    if (kind === "wrong") return { hints: ["posts/none.md", "../a.md", "media/a.png", "posts/p1.md", ""] };
    if (kind === "late") return { hints: former, force };
    if (kind === "due") return { hints: [] };
    if (kind === "dry") return { dryRun: true, ...(random.chance(0.5) && { hints: changed }) };
    if (kind === "forced") return { force: true };
    if (kind === "back") return { rollback: "", force: true };
    if (kind !== "short") return { force };
    const until = new Date(time.now().getTime() + random.between(0, 4000));
    return { batchSize: random.between(1, 12), until, force: true, ...(random.chance(0.5) && { hints: changed }) };
  }

  const publishWith = (used: Stores, writer: number, options: Partial<PublishOptions>): Promise<Report> => {
    names += 1;
    if (writer < 2 && (!warm[writer] || random.chance(0.02))) warm[writer] = emptyWarmCache();
    const warmCache = warm[writer];
    const own = { ...used, now: time.now(), clock: time, run: `run-${names}`, ...(warmCache && { warmCache }) };
    return publish({ ...own, ...options });
  };

  return {
    ends,
    async run(writer, changed) {
      const kind = random.weigh(KINDS);
      const options = optionsOf(kind, changed);
      former = changed;
      let used = slow;
      if (kind === "faulty") {
        const mishap = random.pick(ALL_MISHAPS as unknown as Choice<(typeof ALL_MISHAPS)[number]>);
        const faults = faulty(slow, mishap, random.between(0, 70), () => time.wait(2 * LEASE_MS));
        late.push(faults.completeAll);
        used = faults.stores;
      }
      try {
        const report = await publishWith(used, writer, options);
        count(`${kind}: ${report.refused?.code ?? (report.unfinished ? "unfinished" : "done")}`);
        return report;
      } catch (error) {
        if (kind !== "faulty" || !(error instanceof StoreError)) throw error;
        count(`${kind}: failed`);
        return undefined;
      }
    },
    full: () => publishWith(stores, WRITERS - 1, { force: true }),
    async completeLate() {
      for (const complete of late) await complete();
      return late.splice(0).length > 0;
    },
  };
}
