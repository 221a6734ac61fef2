/** A site in folders for some simulated years: `npm run test:soak -- --runs 2000 --seed 7`. Exits with 1 if anything is wrong. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { folderStore } from "../../lib/stores/folder.ts";
import { soak } from "./history.ts";
import type { Sample } from "./measure.ts";

const { values } = parseArgs({ options: { runs: { type: "string" }, seed: { type: "string" } } });
const runs = Number(values.runs ?? 2000);
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
const SAMPLES = 40;

const HEADINGS = [
  "runs",
  "heap MB",
  "handles",
  "catalogs",
  "intents",
  "entries",
  "state KB",
  "catalog KB",
  "gone",
  "channels",
];

function cellsOf(sample: Sample): readonly string[] {
  const { heap, handles, catalogs, intents, entries, others, catalog } = sample;
  const state = catalogs.bytes + intents.bytes + entries.bytes + others.bytes;
  const counts = [catalogs, intents, entries].map(({ objects }) => objects);
  const cells = [sample.runs, (heap / 1e6).toFixed(1), handles, ...counts, (state / 1000).toFixed(0)];
  return [...cells, (catalog.bytes / 1000).toFixed(1), catalog.gone, catalog.channels].map(String);
}

const line = (cells: readonly string[]): string =>
  cells.map((cell, i) => cell.padStart(HEADINGS[i]?.length ?? 0)).join("  ");

const folder = mkdtempSync(join(tmpdir(), "dripfeed-soak-"));
const store = (name: string) => folderStore(join(folder, name));
try {
  console.log(`${runs} runs, seed ${seed}\n\n${line(HEADINGS)}`);
  const began = performance.now();
  const { faults, ends, from, to } = await soak({
    stores: { content: store("content"), public: store("public"), state: store("state") },
    folder,
    seed,
    runs,
    every: Math.max(Math.floor(runs / SAMPLES), 1),
    onSample: (sample) => console.log(line(cellsOf(sample))),
  });
  const days = Math.round((to.getTime() - from.getTime()) / 86_400_000);
  console.log(`\n${days} simulated days in ${Math.round((performance.now() - began) / 1000)} s; how runs ended:`);
  for (const [end, times] of [...ends].sort()) console.log(`${String(times).padStart(5)}  ${end}`);
  console.log(faults.length === 0 ? "\nnothing grew, and nothing is wrong" : `\n${faults.join("\n")}`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
