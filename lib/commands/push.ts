/** `dripfeed push`: a folder's content → the content store. */
import { PushError } from "../push/files.ts";
import { type PushReport, push } from "../push/push.ts";
import { openStore, storeOptions } from "../stores/open.ts";
import { visible } from "../terminal/text.ts";
import { count } from "../terminal/words.ts";
import { print } from "./console.ts";
import type { InputOf } from "./declare.ts";
import type { PUSH } from "./declared/stores.ts";
import { DONE, orUsageError, REFUSED, UsageError } from "./exit.ts";

export async function runPush({ values, args: { folder, store } }: InputOf<typeof PUSH>): Promise<number> {
  const [from, to] = await Promise.all([
    orUsageError(openStore(folder)),
    orUsageError(openStore(store, storeOptions(process.env))),
  ]);
  try {
    const report = await push({ from, to, force: values.force, dryRun: values["dry-run"] });
    print(values.json ? JSON.stringify(report, null, 2) : showPush(report));
    return report.refused ? REFUSED : DONE;
  } catch (error) {
    throw error instanceof PushError ? new UsageError(error.message) : error;
  }
}

/** Longer lists are cut. */
const MAX_ROWS = 40;

function showPush({ dryRun, put, removed, unchanged, conflicts, left, refused }: PushReport): string {
  const changes = [
    ...put.map(({ key, reason }) => `  put     ${visible(key)}  ${reason}`),
    ...removed.map(({ key, reason }) => `  remove  ${visible(key)}  ${reason}`),
  ].toSorted();
  const more = changes.length - MAX_ROWS;
  const bytes = put.reduce((sum, { size }) => sum + size, 0);
  const work = `${put.length} put (${showBytes(bytes)}), ${removed.length} removed, ${unchanged} unchanged`;
  return [
    ...changes.slice(0, MAX_ROWS),
    ...(more > 0 ? [`  … and ${more} more`] : []),
    ...conflicts.slice(0, MAX_ROWS).map(({ key, what }) => `  keep    ${visible(key)}  ${what}`),
    ...left.map(({ key, why }) => `  leave   ${visible(key)}  ${visible(why)}`),
    ...(refused
      ? [`refused: ${visible(refused.message)}`, `  fix: ${visible(refused.fix)}`, "nothing was pushed"]
      : [
          put.length + removed.length === 0
            ? `nothing to do: ${count(unchanged, "file")} up to date`
            : `${work}${dryRun ? " (not done)" : ""}`,
        ]),
  ].join("\n");
}

const showBytes = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
