/** `dripfeed publish`: content → feeds. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Report } from "../model.ts";
import { publish } from "../publish/publish.ts";
import { emptyWarmCache } from "../publish/warmcache.ts";
import { openStores, storeOptions } from "../stores/open.ts";
import { showReport } from "../terminal/report.ts";
import { withRenderers } from "../workers/renderers.ts";
import {
  clock,
  DONE,
  exitCode,
  momentOf,
  print,
  STORES,
  storeNames,
  tell,
  UsageError,
  untilInterrupted,
  usage,
} from "./command.ts";
import { publishWhenDue } from "./wait.ts";

export async function runPublish(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...STORES,
      now: { type: "string" },
      full: { type: "boolean" },
      "dry-run": { type: "boolean" },
      force: { type: "boolean" },
      rebuild: { type: "boolean" },
      strict: { type: "boolean" },
      json: { type: "boolean" },
      wait: { type: "boolean" },
    },
  });
  const { wait = false, "dry-run": dryRun, force, rebuild, strict = false } = values;
  if (wait && values.now !== undefined) throw new UsageError("--wait goes by the clock: leave out --now");
  if (wait && rebuild) throw new UsageError("--rebuild is done once: leave out --wait");
  if (wait && dryRun) throw new UsageError("--wait has nothing to wait for when nothing is done: leave out --dry-run");
  const given = momentOf(values.now);
  const stores = await usage(openStores(storeNames(values), storeOptions(process.env)));
  // A report for each line where there are several.
  const show = (report: Report) => (values.json ? JSON.stringify(report, null, wait ? 0 : 2) : showReport(report));
  const warmCache = emptyWarmCache();
  const publishAt = async (now: Date, force: boolean | undefined) => {
    const report = await withRenderers((renderEntry) =>
      publish({
        ...{ ...stores, now, clock, run: randomUUID(), log: tell, dryRun, force, rebuild },
        ...{ renderEntry, warmCache },
      }),
    );
    print(show(report));
    return report;
  };
  if (!wait) return exitCode(await publishAt(given, force), strict);

  const told = new AbortController();
  const { signal } = told;
  void untilInterrupted().then(() => told.abort());
  const last = await publishWhenDue({
    // What is forced is what is there now, not what becomes of it.
    publish: (isFirst) => publishAt(clock.now(), isFirst && force),
    sleep: (ms) => sleep(ms, undefined, { signal }).catch(() => undefined),
    ...{ now: clock.now, isInterrupted: () => signal.aborted, tell },
  });
  return signal.aborted ? DONE : exitCode(last, strict);
}
