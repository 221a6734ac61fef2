/** `dripfeed ids`: exports and imports every post's ids as one readable file. */
import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { encodeLedger, parseLedger } from "../adopt/ledger.ts";
import { present } from "../base/optional.ts";
import { loadIds, setIds } from "../publish/adoption.ts";
import { explainDamage } from "../publish/load/load.ts";
import type { Holder } from "../state/busy.ts";
import { readHead } from "../state/head.ts";
import { openStore, storeOptions } from "../stores/open.ts";
import type { Store } from "../stores/store.ts";
import { count } from "../terminal/report.ts";
import { visible } from "../terminal/text.ts";
import { clock, log, print } from "./console.ts";
import { DONE, orUsageError, PROBLEMS, REFUSED, UsageError } from "./exit.ts";
import { holderOf } from "./holder.ts";
import { readTextInput } from "./input.ts";
import { STORES, storeNames } from "./options.ts";

const USE = "write: dripfeed ids export [file], or dripfeed ids import <file>";

export async function runIds(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      state: STORES.state,
      "dry-run": { type: "boolean" },
      force: { type: "boolean" },
      json: { type: "boolean" },
    },
  });
  const [verb, file, ...more] = positionals;
  if (more.length > 0 || (verb !== "export" && verb !== "import")) throw new UsageError(USE);
  const name = storeNames(values).state;
  const state = await orUsageError(openStore(name, storeOptions(process.env)));
  if (verb === "export") return await exportIds(state, file);
  if (file === undefined) throw new UsageError(USE);
  const { "dry-run": dryRun = false, force = false, json = false } = values;
  return await importIds(state, file, { dryRun, force, json, holder: holderOf(name) });
}

async function exportIds(state: Store, file: string | undefined): Promise<number> {
  const { ledger } = await readHead(state)
    .then((head) => loadIds(state, head, { log }))
    .catch((error) => explainDamage(error, state));
  const text = encodeLedger(ledger.values());
  if (file === undefined) process.stdout.write(text);
  else await writeText(file, text);
  return DONE;
}

interface ImportOptions {
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly json: boolean;
  readonly holder: Holder | undefined;
}

async function importIds(state: Store, file: string, { dryRun, force, json, holder }: ImportOptions): Promise<number> {
  const { posts, errors, newer } = parseLedger(await readTextInput(file));
  if (newer !== undefined)
    throw new UsageError(`${file} was written by a newer Dripfeed (format ${newer}): use that one`);
  if (errors.length > 0) {
    const lines = errors.map(
      ({ line, message, fix }) => `${file}:${line}: error: ${visible(message)}\n  fix: ${visible(fix)}`,
    );
    print(json ? JSON.stringify({ errors }, null, 2) : lines.join("\n"));
    return PROBLEMS;
  }
  const refused = await setIds(state, { dryRun, force, clock, holder, log, run: randomUUID(), next: () => posts });
  if (json) print(JSON.stringify({ dryRun, posts: posts.size, ...present({ refused }) }, null, 2));
  else if (refused) print(`refused: ${refused.message}\n  fix: ${refused.fix}`);
  else print(`${dryRun ? "would keep" : "kept"} the ids of ${count(posts.size, "post")}; the next publish uses them`);
  return refused ? REFUSED : DONE;
}

async function writeText(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${(error as Error).message}`);
  }
}
