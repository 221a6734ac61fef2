/** Years of a site: an author who changes posts, three writers on the same stores at once, and an announcer. */

import { randomOf } from "../bench/random.ts";
import { type Stores, testClock, WHOLE_SITE, worldOn } from "../support/world.ts";
import { announce } from "./announcer.ts";
import { soakAuthor } from "./author.ts";
import { faultsOf } from "./bounds.ts";
import type { Sample } from "./measure.ts";
import { expectAsPublishedAnew, recover, type Soaking, settle, writes } from "./settle.ts";
import { simulatedTime } from "./time.ts";
import { soakWriters, WRITERS } from "./writers.ts";

export interface SoakInput {
  readonly stores: Stores;
  /** Where the stores are folders: that which they are in. */
  readonly folder?: string;
  readonly seed: number;
  readonly runs: number;
  /** How many runs there are between two samples. */
  readonly every: number;
  readonly onSample?: (sample: Sample, now: Date) => void;
}

export interface Soaked {
  readonly samples: readonly Sample[];
  readonly from: Date;
  readonly to: Date;
  readonly ends: ReadonlyMap<string, number>;
  /** What was found to be wrong, in sentences. */
  readonly faults: readonly string[];
}

const START = new Date("2026-01-01T00:00:00Z");
const HOUR_MS = 3_600_000;
const SITES = ["", "limit: 9\n", "limit: 9\ntombstones: 5\n", "accent: '#2a9d83'\n", "pages: false\n"] as const;
const YAML = `${WHOLE_SITE}hubs: ["https://hub.example/"]\n`;

export async function soak({ stores, seed, runs, every, folder, onSample }: SoakInput): Promise<Soaked> {
  const random = randomOf(seed, 0);
  const time = simulatedTime(START);
  const site = worldOn(stores, testClock());
  const author = soakAuthor(stores.content, randomOf(seed, 1));
  const writers = soakWriters({ stores, time, random });
  const faults: string[] = [];
  const soaking: Soaking = { site, time, random, author, writers, faults, ids: new Map() };
  const samples: Sample[] = [];
  await site.write("site.yaml", YAML);
  while (author.files() < 30) await author.change(time.now());
  await time.until(writers.full());
  for (let done = 0; done < runs; ) {
    const before = done;
    done += await time.until(step(soaking));
    if (Math.floor(done / every) === Math.floor(before / every)) continue;
    const sample = await time.until(settle(soaking, done, folder));
    samples.push(sample);
    onSample?.(sample, time.now());
  }
  await expectAsPublishedAnew(soaking);
  return { samples, from: START, to: time.now(), ends: writers.ends, faults: [...faults, ...faultsOf(samples)] };
}

/** Some changes, some runs at once, perhaps an announcer; then time passes. Gives how many runs there were. */
async function step(soaking: Soaking): Promise<number> {
  const { site, time, random, author, writers, faults } = soaking;
  const changed: string[] = [];
  const change = async () => void changed.push(...(await author.change(time.now())));
  if (random.chance(0.02)) await site.write("site.yaml", YAML + random.pick(SITES));
  for (let left = random.between(0, 3); left > 0; left--) await change();
  const count = random.between(1, WRITERS);
  const running: Promise<unknown>[] = Array.from({ length: count }, async (_, writer) => {
    await time.wait(random.between(0, 3000));
    const report = await writers.run(writer, [...changed]);
    if (report?.dryRun && writes(report) > 0) faults.push("a dry run wrote");
  });
  if (random.chance(0.3)) running.push(time.wait(random.between(0, 3000)).then(change));
  if (random.chance(0.5)) running.push(announce({ stores: site, time, random, isFailing: random.chance(0.3) }));
  await Promise.all(running);
  // A write that arrives late is known as ours for a day; a full run removes it until then.
  if (await writers.completeLate()) await recover(soaking);
  await time.wait(random.chance(0.3) ? random.between(1, 60) * 60_000 : random.between(1, 72) * HOUR_MS);
  return count;
}
