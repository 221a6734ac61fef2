/** `dripfeed pull`: what came into the content store by other ways than pushes → a folder. */
import { PushError } from "../push/files.ts";
import { pull } from "../push/pull/pull.ts";
import type { PullReport } from "../push/pull/types.ts";
import { openStore, storeOptions } from "../stores/open.ts";
import { compareKeys } from "../stores/store.ts";
import { longTable } from "../terminal/table.ts";
import { visible } from "../terminal/text.ts";
import { count, showBytes } from "../terminal/words.ts";
import { print } from "./console.ts";
import { assertFolder } from "./content.ts";
import type { InputOf } from "./declare.ts";
import type { PULL } from "./declared/stores.ts";
import { DONE, orUsageError, REFUSED, UsageError } from "./exit.ts";
import { gitMerging } from "./gitmerge.ts";
import { asCallerTyped } from "./options.ts";

export async function runPull({ values, args: { store, folder } }: InputOf<typeof PULL>): Promise<number> {
  await assertFolder(folder, asCallerTyped(folder), "name the one that you write in");
  const [from, to] = await Promise.all([
    orUsageError(openStore(store, storeOptions(process.env))),
    orUsageError(openStore(folder)),
  ]);
  try {
    const { media, "dry-run": dryRun } = values;
    const report = await pull({ from, to, merging: gitMerging(folder), media, dryRun });
    print(values.json ? JSON.stringify(report, null, 2) : await showPull(report));
    return report.conflicts.length > 0 ? REFUSED : DONE;
  } catch (error) {
    throw error instanceof PushError ? new UsageError(error.message) : error;
  }
}

async function showPull({ dryRun, brought, removed, conflicts, left, media }: PullReport): Promise<string> {
  const byKey = <T extends { readonly key: string }>(rows: readonly T[]) =>
    rows.toSorted((a, b) => compareKeys(a.key, b.key));
  const changes = [
    ...byKey(brought).map(({ key, reason }) => ["bring", key, reason]),
    ...byKey(removed).map(({ key }) => ["remove", key, "removed in the store"]),
  ];
  const bytes = brought.reduce((sum, { size }) => sum + size, 0);
  const work = `${brought.length} brought (${showBytes(bytes)}), ${removed.length} removed`;
  const isDone = changes.length + conflicts.length === 0;
  return [
    ...(await longTable(changes)),
    ...(await longTable(byKey(left).map(({ key, why }) => ["leave", key, why]))),
    ...byKey(conflicts).flatMap(showConflict),
    ...(media.files > 0
      ? [`${count(media.files, "file")} below media/ (${showBytes(media.bytes)}) in the store: --media brings them`]
      : []),
    isDone ? "nothing to do: all that is in the store is known here" : `${work}${dryRun ? " (not done)" : ""}`,
  ].join("\n");
}

function showConflict({ key, what, aside = "" }: PullReport["conflicts"][number]): readonly string[] {
  const file = visible(key);
  const [message, fix] = {
    "changed here and there": [
      `${file} was changed here and in the store, in the same lines`,
      `yours is as it was, that of the store is ${visible(aside)}: make one text of both in ${file}, remove that file, and pull again`,
    ],
    "removed here, changed there": [
      `${file} was removed here and changed in the store`,
      "it is here again, as the store has it: keep it, or remove it again, which the next push does in the store, too",
    ],
    "changed here, removed there": [
      `${file} was changed here and removed in the store`,
      "it stays here as it is: remove it, or the next push puts it into the store again",
    ],
  }[what];
  return [`conflict: ${message}`, `  fix: ${fix}`];
}
