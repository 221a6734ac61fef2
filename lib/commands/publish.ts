/** `dripfeed publish`: content → feeds. */
import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { publish } from "../publish.ts";
import { showReport } from "../show.ts";
import { openStores } from "../stores/open.ts";
import { clock, exitCode, momentOf, print, STORES, storeNames, storeOptions, tell, usage } from "./command.ts";

export async function runPublish(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...STORES,
      now: { type: "string" },
      full: { type: "boolean" },
      "dry-run": { type: "boolean" },
      force: { type: "boolean" },
      strict: { type: "boolean" },
      json: { type: "boolean" },
    },
  });
  const now = momentOf(values.now);
  const stores = await usage(openStores(storeNames(values), storeOptions()));
  const report = await publish({
    ...{ ...stores, now, clock, pass: randomUUID(), log: tell },
    ...{ dryRun: values["dry-run"], force: values.force },
  });
  print(values.json ? JSON.stringify(report, null, 2) : showReport(report));
  return exitCode(report, values.strict === true);
}
