/** Years of a site: an author who changes posts, three writers on the same stores at once, and an announcer. */

import type { Report } from "../../lib/publish/types.ts";
import { LEASE_MS } from "../../lib/state/lease.ts";
import { drainOutbox } from "../../lib/state/outbox.ts";
import type { Changed } from "../../lib/state/types.ts";
import { asOfAnOlderVersion } from "../always/older.ts";
import { type Random, randomOf } from "../bench/random.ts";
import { type Stores, testClock, WHOLE_SITE, type World, worldOn } from "../support/world.ts";
import { type Author, soakAuthor } from "./author.ts";
import { faultsOf } from "./bounds.ts";
import { measure, type Sample } from "./measure.ts";
import { type SimulatedTime, simulatedTime } from "./time.ts";
import { soakWriters, WRITERS, type Writers } from "./writers.ts";

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
/** Of a month that has more posts than an archive has room for. */
const MAX_PARTS = 3;
/** The site, three categories, two authors, a language. */
const FEW_CHANNELS = 7;
const YAML = `${WHOLE_SITE}hubs: ["https://hub.example/"]\n`;

const writes = ({ operations: { content, public: documents, state } }: Report): number =>
  [content, documents, state].reduce((sum, { put, delete: deleted }) => sum + put + deleted, 0);

interface Soaking {
  readonly site: World;
  readonly time: SimulatedTime;
  readonly random: Random;
  readonly author: Author;
  readonly writers: Writers;
  readonly faults: string[];
  /** By post, the id that it was first seen with. */
  readonly ids: Map<string, string>;
}

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
async function step({ site, time, random, author, writers }: Soaking): Promise<number> {
  const changed: string[] = [];
  const change = async () => void changed.push(...(await author.change(time.now())));
  if (random.chance(0.02)) await site.write("site.yaml", YAML + random.pick(SITES));
  for (let left = random.between(0, 3); left > 0; left--) await change();
  const count = random.between(1, WRITERS);
  const running: Promise<unknown>[] = Array.from({ length: count }, async (_, writer) => {
    await time.wait(random.between(0, 3000));
    await writers.run(writer, [...changed]);
  });
  if (random.chance(0.3)) running.push(time.wait(random.between(0, 3000)).then(change));
  if (random.chance(0.5)) running.push(announce(site, time, random, random.chance(0.3)));
  await Promise.all(running);
  // A write that arrives late is known as ours for a day; a full run removes it until then.
  if (await writers.completeLate()) await recovered(time, writers);
  await time.wait(random.chance(0.3) ? random.between(1, 60) * 60_000 : random.between(1, 72) * HOUR_MS);
  return count;
}

async function recovered(time: SimulatedTime, writers: Writers): Promise<Report> {
  await time.wait(LEASE_MS + 1);
  return writers.full();
}

async function announce({ state }: World, clock: SimulatedTime, random: Random, isFailing: boolean): Promise<void> {
  const fail = () => {
    if (isFailing && random.chance(0.5)) throw new Error("the CDN is down");
  };
  const hubs = {
    topics: async (waiting: { readonly [hub: string]: readonly string[] }, { paths }: Changed) => {
      const all = [...new Set([...Object.values(waiting).flat(), ...paths])];
      return { "https://hub.example/": all.filter((path) => path.endsWith("rss.xml")) };
    },
    async notify(
      topics: { readonly [hub: string]: readonly string[] },
      settle: (hub: string, topic: string) => void,
    ): Promise<void> {
      for (const [hub, paths] of Object.entries(topics)) {
        for (const path of paths) if (!isFailing || random.chance(0.7)) settle(hub, path);
      }
    },
  };
  const announcer = { invalidate: async () => fail(), hubs };
  const by = `announcer-${clock.now().getTime()}-${random.between(0, 1e9)}`;
  await drainOutbox({ state, clock, announcer, by, patience: 60_000, log: () => undefined });
}

/** Brings everything up to date and holds it against what always holds. */
async function settle(soaking: Soaking, runs: number, folder: string | undefined): Promise<Sample> {
  const { site, time, random, author, writers, faults } = soaking;
  const at = `after ${runs} runs`;
  await recovered(time, writers);
  const again = await writers.full();
  if (again.refused) faults.push(`${at}, a full run was refused: ${again.refused.message}`);
  if (writes(again) > 0) faults.push(`${at}, the second of two full runs wrote ${writes(again)} objects`);
  for (let left = 2; left > 0; left--) {
    await time.wait(2 * HOUR_MS);
    await announce(site, time, random, false);
  }
  const { outbox } = await site.head();
  if (outbox.paths.length > 0) faults.push(`${at}, ${outbox.paths.length} paths are still to be announced`);
  await expectOwnIds(soaking, at);
  const { posts, tags, months } = author.ever();
  const channels = tags + MAX_PARTS * months + FEW_CHANNELS;
  return measure(site, { runs, files: author.files(), ever: { posts, channels }, folder });
}

/** In every feed, each post has the id that it was first seen with, and no other post has it. */
async function expectOwnIds({ site, ids, faults }: Soaking, at: string): Promise<void> {
  const owners = new Map([...ids].map(([uid, id]) => [id, uid]));
  for await (const { key } of site.public.list("")) {
    if (!key.endsWith("feed.json")) continue;
    const items: readonly { readonly id: string; readonly content_html: string }[] = JSON.parse(
      await site.read(key),
    ).items;
    for (const { id, content_html } of items) {
      const uid = /uid(\d+)/.exec(content_html)?.[1] ?? "none";
      const known = ids.get(uid) ?? id;
      if (known !== id) faults.push(`${at}, post ${uid} has the id ${id} in ${key}, which was ${known}`);
      const owner = owners.get(id) ?? uid;
      if (owner !== uid) faults.push(`${at}, post ${uid} has the id ${id} of post ${owner} in ${key}`);
      ids.set(uid, known);
      owners.set(id, owner);
    }
  }
}

/** Reading and rendering everything again, with what is known of ids and times, gives the same bytes. */
async function expectAsPublishedAnew({ site, time, writers, faults }: Soaking): Promise<void> {
  await time.until(recovered(time, writers));
  const published = await site.dump(site.public);
  await asOfAnOlderVersion(site);
  await time.until(writers.full());
  const anew = await site.dump(site.public);
  for (const path of new Set([...Object.keys(published), ...Object.keys(anew)])) {
    if (published[path] !== anew[path]) faults.push(`${path} is not what publishing it anew gives`);
  }
}
