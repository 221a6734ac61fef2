/** `dripfeed publish`: content → feeds. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { PublishOptions } from "../publish/options.ts";
import { publishUnlessAtRest } from "../publish/rest/look.ts";
import type { Report } from "../publish/types.ts";
import { emptyWarmCache } from "../publish/warmcache.ts";
import { openStores, storeOptions } from "../stores/open.ts";
import type { Folders } from "../workers/messages.ts";
import { clock, log, print, progress, show, untilInterrupted } from "./console.ts";
import { assertContent } from "./content.ts";
import type { InputOf } from "./declare.ts";
import type { PUBLISH } from "./declared/feeds.ts";
import { DONE, exitCode, orUsageError, UsageError } from "./exit.ts";
import { foldersOf } from "./folders.ts";
import { withHeapBounds } from "./heap.ts";
import { holderOf } from "./holder.ts";
import { momentOf } from "./now.ts";
import { contentAsGiven, storeNames } from "./options.ts";
import { BUILD } from "./program.ts";
import { reportView } from "./view.ts";
import { publishWhenDue } from "./wait.ts";

/** Loaded only where there is work to do. */
const publishIn =
  (folders: Folders | undefined) =>
  async (options: PublishOptions): Promise<Report> => {
    const { publish } = await import("../publish/publish.ts");
    const { withHelper } = await import("../workers/helper.ts");
    return withHelper(folders, (helper) => publish({ ...options, helper }));
  };

export async function runPublish({ values, given }: InputOf<typeof PUBLISH>): Promise<number> {
  const { wait, "dry-run": dryRun, force, rebuild, strict } = values;
  if (wait && values.now !== undefined) throw new UsageError("--wait uses the clock: leave out --now");
  if (wait && rebuild) throw new UsageError("--rebuild is done once: leave out --wait");
  if (wait && dryRun) throw new UsageError("--wait has nothing to wait for when nothing is done: leave out --dry-run");
  const now = await momentOf(values.now);
  const names = storeNames(values);
  await assertContent(names.content, contentAsGiven(given));
  const stores = await orUsageError(openStores(names, storeOptions(process.env)));
  const view = reportView(given, names.public);
  const holder = holderOf(names.state);
  const warmCache = emptyWarmCache();
  // With --wait there are several reports, so each is one line of JSON.
  const tell = async (report: Report) =>
    values.json
      ? print(JSON.stringify(report, null, wait ? 0 : 2))
      : await show(await (await import("../terminal/report.ts")).showReport(report, view));
  const publishAt = async (now: Date, force: boolean) => {
    const given = {
      ...stores,
      now,
      clock,
      run: randomUUID(),
      holder,
      log,
      progress,
      dryRun,
      force,
      rebuild,
      warmCache,
    };
    // A look whether there is anything to do is within the bounds: the listing of a large site is much memory already.
    const report = await withHeapBounds(() => publishUnlessAtRest(given, BUILD, publishIn(foldersOf(names))));
    await tell(report);
    return report;
  };
  if (!wait) return exitCode(await publishAt(now, force), strict);

  const interruption = new AbortController();
  const { signal } = interruption;
  void untilInterrupted().then(() => interruption.abort());
  const last = await publishWhenDue({
    // --force accepts what would be refused now, not what later runs may find.
    publish: (isFirst) => publishAt(clock.now(), isFirst && force),
    sleep: (ms) => sleep(ms, undefined, { signal }).catch(() => undefined),
    now: clock.now,
    isInterrupted: () => signal.aborted,
    log,
  });
  return signal.aborted ? DONE : exitCode(last, strict);
}
