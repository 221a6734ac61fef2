/** `dripfeed push`: a folder's content → the content store. */
import { PushError } from "../push/files.ts";
import { type PushReport, push } from "../push/push.ts";
import { openStore, storeOptions } from "../stores/open.ts";
import { compareKeys } from "../stores/store.ts";
import { longTable } from "../terminal/table.ts";
import { visible } from "../terminal/text.ts";
import { count, showBytes } from "../terminal/words.ts";
import { print } from "./console.ts";
import { assertFolder } from "./content.ts";
import type { InputOf } from "./declare.ts";
import type { PUSH } from "./declared/stores.ts";
import { DONE, orUsageError, REFUSED, UsageError } from "./exit.ts";
import { asCallerTyped } from "./options.ts";

export async function runPush({ values, args: { folder, store } }: InputOf<typeof PUSH>): Promise<number> {
  await assertFolder(folder, asCallerTyped(folder), "name the one that you write in");
  const [from, to] = await Promise.all([
    orUsageError(openStore(folder)),
    orUsageError(openStore(store, storeOptions(process.env))),
  ]);
  try {
    const report = await push({ from, to, force: values.force, dryRun: values["dry-run"] });
    print(values.json ? JSON.stringify(report, null, 2) : await showPush(report));
    return report.refused ? REFUSED : DONE;
  } catch (error) {
    throw error instanceof PushError ? new UsageError(error.message) : error;
  }
}

async function showPush(report: PushReport): Promise<string> {
  const { dryRun, put, removed, unchanged, conflicts, kept, toPull, left, refused } = report;
  const byKey = <T extends { readonly key: string }>(rows: readonly T[]) =>
    rows.toSorted((a, b) => compareKeys(a.key, b.key));
  const changes = [
    ...byKey(put).map(({ key, reason }) => ["put", key, reason]),
    ...byKey(removed).map(({ key, reason }) => ["remove", key, reason]),
  ];
  const others = [
    ...byKey([...conflicts, ...kept]).map(({ key, what }) => ["keep", key, what]),
    ...left.map(({ key, why }) => ["leave", key, why]),
  ];
  const bytes = put.reduce((sum, { size }) => sum + size, 0);
  const work = `${put.length} put (${showBytes(bytes)}), ${removed.length} removed, ${unchanged} unchanged`;
  return [
    ...(await longTable(changes)),
    ...(await longTable(others)),
    ...(toPull.length + kept.length > 0 ? [showOthers(toPull.length, kept.length)] : []),
    ...(refused
      ? [`refused: ${visible(refused.message)}`, `  fix: ${visible(refused.fix)}`, "nothing was pushed"]
      : [
          put.length + removed.length === 0
            ? `nothing to do: ${count(unchanged, "file")} up to date`
            : `${work}${dryRun ? " (not done)" : ""}`,
        ]),
  ].join("\n");
}

function showOthers(posts: number, kept: number): string {
  const what = [
    ...(posts > 0 ? [`${count(posts, "post")} came into the store by other ways, such as a phone`] : []),
    ...(kept > 0 ? [`${count(kept, "file")} changed there alone`] : []),
  ];
  return `${what.join(", ")}: left alone; dripfeed pull brings this into the folder`;
}
