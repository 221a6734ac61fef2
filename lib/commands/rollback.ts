/** `dripfeed rollback`: what a former pass knew becomes current again. */
import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { isListed } from "../channels/listed.ts";
import { publish } from "../publish.ts";
import { count, showReport } from "../show.ts";
import { listKept } from "../state/recall.ts";
import type { Kept } from "../state/rollback.ts";
import { openStores } from "../stores/open.ts";
import { clock, DONE, exitCode, momentOf, print, STORES, storeNames, storeOptions, tell, usage } from "./command.ts";

export async function runRollback(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...STORES,
      list: { type: "boolean" },
      to: { type: "string" },
      now: { type: "string" },
      "dry-run": { type: "boolean" },
      force: { type: "boolean" },
      json: { type: "boolean" },
    },
  });
  const now = momentOf(values.now);
  const stores = await usage(openStores(storeNames(values), storeOptions()));
  if (values.list) {
    const kept = await listKept(stores.state);
    print(values.json ? JSON.stringify(kept.map(toldOf), null, 2) : showKept(kept));
    return DONE;
  }
  const report = await publish({
    ...{ ...stores, now, clock, pass: randomUUID(), log: tell },
    ...{ dryRun: values["dry-run"], force: values.force, rollback: values.to ?? "" },
  });
  print(values.json ? JSON.stringify(report, null, 2) : showReport(report));
  return exitCode(report, false);
}

function toldOf({ pass, written, catalog }: Kept) {
  const posts = catalog.records.filter(isListed).length;
  return { pass, ...(written !== undefined && { written }), posts, documents: Object.keys(catalog.documents).length };
}

/** A line for each, newest first. */
function showKept(kept: readonly Kept[]): string {
  if (kept.length === 0) return "no former pass is kept";
  return kept
    .map(toldOf)
    .map(({ pass, written = "", posts, documents }) => {
      return `${pass}  ${written}  ${count(posts, "post")}, ${count(documents, "document")}`;
    })
    .join("\n");
}
