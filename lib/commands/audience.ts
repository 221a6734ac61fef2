/** `dripfeed audience`: access logs → counts in the state store, and what they say. */
import { webcrypto } from "node:crypto";
import { realpath, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { type CountReport, countAudience, PAGE_KEY } from "../audience/audience.ts";
import { renderCsv } from "../audience/csv.ts";
import { dayOf } from "../audience/days.ts";
import { renderAudiencePage } from "../audience/page/page.ts";
import { openStore, openStores, storeOptions } from "../stores/open.ts";
import type { Store } from "../stores/store.ts";
import { showAudience } from "../terminal/audience.ts";
import { visible } from "../terminal/text.ts";
import { count } from "../terminal/words.ts";
import { log, paint, print, show } from "./console.ts";
import { assertContent } from "./content.ts";
import type { InputOf } from "./declare.ts";
import type { AUDIENCE } from "./declared/audience.ts";
import { DONE, FAILED, orUsageError, UsageError } from "./exit.ts";
import { momentOf } from "./now.ts";
import { asCallerTyped, contentAsGiven, storeNames } from "./options.ts";
import { writeTextOutput } from "./output.ts";
import { readSite } from "./site.ts";
import { typed } from "./typed.ts";

export async function runAudience({ values, args, given }: InputOf<typeof AUDIENCE>): Promise<number> {
  if (values.json && values.csv) throw new UsageError("--json and --csv are two forms of the same: choose one");
  await assertContent(values.content, contentAsGiven(given));
  const stores = await orUsageError(openStores(storeNames(values), storeOptions(process.env)));
  const logs = await Promise.all(args.logs.map(openLogs));
  const now = await momentOf(values.now);
  const [one = 0, other = 0] = webcrypto.getRandomValues(new Uint32Array(2));
  const { report, audience, days } = await countAudience({
    logs,
    public: stores.public,
    state: stores.state,
    site: await readSite(stores.content, now),
    today: dayOf(now),
    salt: [one, other],
    dryRun: values["dry-run"],
    log,
  });
  const { files, unreadable, closed, empty } = report;
  if (logs.length > 0 && files + unreadable.length + closed + empty === 0) {
    throw new UsageError(`there is no access log in ${args.logs.map(asCallerTyped).join(", ")}`);
  }
  tellProblems(report);
  if (values.page !== undefined) await writeTextOutput(values.page, renderAudiencePage(audience));
  if (values.json) print(JSON.stringify(audience, null, 2));
  else if (values.csv) process.stdout.write(renderCsv(days));
  else {
    await show(await showAudience(audience, { paint, command: `${typed(["audience"], process.env)} <logs>` }));
    if (logs.length > 0) print(`\n${showCount(report, `${values.state}/${PAGE_KEY}`, values["dry-run"])}`);
  }
  return unreadable.length > 0 ? FAILED : DONE;
}

/** A folder or a bucket with all that is in it, or one file. */
async function openLogs(name: string): Promise<Store> {
  if (/^s3:/i.test(name)) return await orUsageError(openStore(name, storeOptions(process.env)));
  const real = await realpath(name).catch(() => name);
  const found = await stat(real).catch(() => undefined);
  if (!found) throw new UsageError(`${asCallerTyped(name)} cannot be read: name a folder or a file with access logs`);
  if (found.isDirectory()) return await openStore(name);
  const folder = await openStore(dirname(real));
  const key = basename(real);
  return {
    ...folder,
    name,
    async *list() {
      yield { key, etag: "", size: found.size };
    },
  };
}

/** On standard error, so that standard output has the result alone. */
function tellProblems({
  fewer,
  damaged,
  otherHosts,
  outOfRange,
  cut,
  skipped,
  repeated,
  unreadable,
}: CountReport): void {
  if (damaged > 0) log(`${count(damaged, "line")} could not be read, and ${damaged === 1 ? "was" : "were"} left out`);
  if (otherHosts > 0)
    log(`${count(otherHosts, "request")} for other hosts ${otherHosts === 1 ? "was" : "were"} left out`);
  if (outOfRange > 0) {
    const were = outOfRange === 1 ? "was" : "were";
    log(`${count(outOfRange, "request")} of days to come or of more than two years ago ${were} left out`);
  }
  if (fewer.length > 0) {
    const is = fewer.length === 1 ? "count is" : "counts are";
    log(`of ${fewer.join(", ")} the former ${is} kept, which had more requests than these logs (docs/audience.md)`);
  }
  tellFiles(cut, "ends early, or is damaged: what could be read of it was counted", "end early, or are damaged");
  tellFiles(
    repeated,
    "is in another file, too, and was counted once",
    "are in other files, too, and were counted once",
  );
  tellFiles(skipped, "is no access log", "are no access logs");
  for (const [, why] of unreadable.slice(0, MOST_NAMED)) log(why);
  if (unreadable.length > 0) {
    const isDenied = unreadable.some(([, why]) => why.includes("permission denied"));
    const fix = isDenied ? ": run this as a user who may, such as one of the group adm" : "";
    log(`${count(unreadable.length, "file")} could not be read${fix}`);
  }
}

function showCount(report: CountReport, page: string, dryRun: boolean): string {
  const { days, counted, requests, files, closed } = report;
  const kept = dryRun ? "nothing was kept" : `${count(days.length, "day")} new or changed`;
  const read = `read ${count(files, "log file")}: ${count(requests, "request")} of ${count(counted.length, "day")}, ${kept}`;
  const left =
    closed > 0 ? `\n${count(closed, "file")} of days that are closed ${closed === 1 ? "was" : "were"} not opened` : "";
  return dryRun ? read + left : `${read}${left}\nthe same with plots: ${asCallerTyped(page)}`;
}

const MOST_NAMED = 3;

function tellFiles(keys: readonly string[], isSo: string, areSo: string): void {
  if (keys.length === 0) return;
  const named = keys.slice(0, MOST_NAMED).map(visible).join(", ");
  const more = keys.length > MOST_NAMED ? ` and ${keys.length - MOST_NAMED} more` : "";
  log(`${named}${more} ${keys.length === 1 ? isSo : areSo}`);
}
