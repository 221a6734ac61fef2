/** `node warm.ts --content … --key …`: measures edits in a warm process, and prints JSON. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { publish } from "../../lib/publish/publish.ts";
import type { Report } from "../../lib/publish/types.ts";
import { emptyWarmCache } from "../../lib/publish/warmcache.ts";
import { folderStore } from "../../lib/stores/folder.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import { readObject, type Store } from "../../lib/stores/store.ts";
import { addition, NOW } from "./folders.ts";
import { median } from "./stats.ts";

export interface Warm {
  /** Medians in milliseconds. */
  readonly edit: number;
  readonly nothing: number;
  /** Operations for one edit, and for a hint of a post that did not change. */
  readonly editOperations: Report["operations"];
  readonly nothingOperations: Report["operations"];
  /** How many documents one edit puts. */
  readonly put: number;
}

const WARM_UP = 3;
const TEXT = { contentType: "text/markdown" };

const { values } = parseArgs({
  options: {
    content: { type: "string", default: "" },
    public: { type: "string", default: "" },
    state: { type: "string", default: "" },
    /** All three stores in memory, filled from `content`. */
    memory: { type: "boolean", default: false },
    key: { type: "string", default: "" },
    rounds: { type: "string", default: "10" },
  },
});

const stores = values.memory
  ? { content: await copied(folderStore(values.content)), public: memoryStore("public"), state: memoryStore("state") }
  : { content: folderStore(values.content), public: folderStore(values.public), state: folderStore(values.state) };
const clock = { now: () => new Date(), wait: (ms: number) => sleep(ms) };
const warmCache = emptyWarmCache();
const run = (hints?: readonly string[]) =>
  publish({ ...stores, now: new Date(NOW), clock, run: randomUUID(), warmCache, hints });

if (values.memory) await run();
const edits: number[] = [];
const nothings: number[] = [];
let [edited, untouched] = [await run([values.key]), await run([values.key])];
for (let round = -WARM_UP; round < Number(values.rounds); round++) {
  await edit(round);
  const [withEdit, nothing] = [await timed(), await timed()];
  if (withEdit.report.put.length === 0) throw new Error("the edit was not seen");
  if (nothing.report.put.length > 0) throw new Error("a run without an edit put documents");
  [edited, untouched] = [withEdit.report, nothing.report];
  if (round < 0) continue;
  edits.push(withEdit.ms);
  nothings.push(nothing.ms);
}

const measured: Warm = {
  edit: median(edits),
  nothing: median(nothings),
  editOperations: edited.operations,
  nothingOperations: untouched.operations,
  put: edited.put.length,
};
process.stdout.write(JSON.stringify(measured));

async function timed(): Promise<{ readonly report: Report; readonly ms: number }> {
  const start = performance.now();
  const report = await run([values.key]);
  return { report, ms: performance.now() - start };
}

/** Edits through the store, which knows the ETag of its own write at once, without waiting for the file system's clock. */
async function edit(round: number): Promise<void> {
  const before = await readObject(stores.content, values.key);
  const text = new TextDecoder().decode(before?.body) + addition(`warm ${round}`);
  await stores.content.put(values.key, new TextEncoder().encode(text), TEXT);
}

async function copied(from: Store): Promise<Store> {
  const to = memoryStore("content");
  for await (const { key } of from.list("")) {
    const object = await readObject(from, key);
    if (object) await to.put(key, object.body, TEXT);
  }
  return to;
}
