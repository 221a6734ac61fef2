/** A short soak in folders, and what the checks of a soak find. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderStore } from "../../lib/stores/folder.ts";
import { memoryStores } from "../support/world.ts";
import { faultsOf } from "./bounds.ts";
import { soak } from "./history.ts";
import type { Sample } from "./measure.ts";

const SEED = 7;

const SHORT = { seed: SEED, runs: 80, every: 10 };

test(`months of edits by three writers at once leave memory, file handles and folders as they were (seed ${SEED})`, async () => {
  const folder = await mkdtemp(join(tmpdir(), "dripfeed-soak-"));
  const store = (name: string) => folderStore(join(folder, name));
  try {
    const stores = { content: store("content"), public: store("public"), state: store("state") };
    const { faults, samples } = await soak({ ...SHORT, stores, folder });
    expect(faults).toEqual([]);
    expect(samples.length).toBeGreaterThanOrEqual(8);
    expect(samples.at(-1)?.catalog.gone).toBeGreaterThan(0);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 180_000);

test(`the same where ETags depend on the bytes alone, as S3's do (seed ${SEED})`, async () => {
  expect((await soak({ ...SHORT, stores: memoryStores() })).faults).toEqual([]);
}, 180_000);

const STEADY: Sample = {
  runs: 0,
  files: 30,
  heap: 20_000_000,
  handles: 20,
  catalogs: { objects: 6, bytes: 100_000 },
  intents: { objects: 9, bytes: 9_000 },
  entries: { objects: 60, bytes: 200_000 },
  others: { objects: 2, bytes: 160 },
  catalog: { bytes: 20_000, records: 30, gone: 40, documents: 120, channels: 60, late: 0 },
  ever: { posts: 70, channels: 100 },
  astray: [],
};

const samplesOf = (change: (i: number) => Partial<Sample>): readonly Sample[] =>
  Array.from({ length: 40 }, (_, i) => ({ ...STEADY, runs: 50 * (i + 1), ...change(i) }));

test("a soak in which nothing grows has no faults, noise and the beginning aside", () => {
  expect(faultsOf(samplesOf(() => ({})))).toEqual([]);
  expect(faultsOf(samplesOf((i) => ({ heap: 20_000_000 + (i % 2) * 900_000 + (i === 0 ? 9_000_000 : 0) })))).toEqual(
    [],
  );
});

test("a soak that keeps an entry a run, or a file handle, has a fault", () => {
  expect(faultsOf(samplesOf((i) => ({ heap: 20_000_000 + i * 50 * 4_000 })))).toEqual([
    expect.stringMatching(/^heap grew from /),
  ]);
  expect(faultsOf(samplesOf((i) => ({ handles: 20 + i })))).toEqual([expect.stringMatching(/^handles grew from /)]);
});

test("a soak that leaves objects behind has a fault, and so has one of which too little is known", () => {
  const last = (change: Partial<Sample>) => faultsOf(samplesOf((i) => (i === 39 ? change : {})));
  expect(last({ entries: { objects: 300, bytes: 0 } })).toEqual([
    "after 2000 runs there are 300 entries, more than 160",
  ]);
  expect(last({ catalogs: { objects: 20, bytes: 0 } })).toEqual([
    "after 2000 runs there are 20 catalogs, more than 12",
  ]);
  expect(last({ catalog: { ...STEADY.catalog, bytes: 90_000 } })).toHaveLength(1);
  expect(last({ astray: ["tags/old/rss.xml"] })).toEqual(["after 2000 runs tags/old/rss.xml is astray"]);
  expect(faultsOf([STEADY])).toEqual(["there are too few samples to tell"]);
});
