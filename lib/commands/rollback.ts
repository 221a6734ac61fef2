/** `dripfeed rollback`: what a former run knew becomes current again. */
import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { isListed } from "../channels/listed.ts";
import { type KeptCatalog, listKept } from "../publish/load/rollback.ts";
import { publish } from "../publish/publish.ts";
import { openStores, storeOptions } from "../stores/open.ts";
import { count, showReport } from "../terminal/report.ts";
import { clock, DONE, exitCode, momentOf, print, STORES, storeNames, tell, usage } from "./command.ts";

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
  const stores = await usage(openStores(storeNames(values), storeOptions(process.env)));
  if (values.list) {
    const kept = await listKept(stores.state);
    print(values.json ? JSON.stringify(kept.map(toldOf), null, 2) : showKept(kept));
    return DONE;
  }
  const report = await publish({
    ...{ ...stores, now, clock, run: randomUUID(), log: tell },
    ...{ dryRun: values["dry-run"], force: values.force, rollback: values.to ?? "" },
  });
  print(values.json ? JSON.stringify(report, null, 2) : showReport(report));
  return exitCode(report, false);
}

function toldOf({ run, written, catalog }: KeptCatalog) {
  const posts = catalog.records.filter(isListed).length;
  return { run, ...(written !== undefined && { written }), posts, documents: Object.keys(catalog.documents).length };
}

/** A line for each, newest first. */
function showKept(kept: readonly KeptCatalog[]): string {
  if (kept.length === 0) return "no former run is kept";
  return kept
    .map(toldOf)
    .map(({ run, written = "", posts, documents }) => {
      return `${run}  ${written}  ${count(posts, "post")}, ${count(documents, "document")}`;
    })
    .join("\n");
}
