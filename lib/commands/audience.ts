/** `dripfeed audience`: access logs → counts in the state store, and what they say. */
import { realpath, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { countAudience } from "../audience/audience.ts";
import { newSalt } from "../audience/count/hashes.ts";
import { renderCsv } from "../audience/csv.ts";
import { dayOf } from "../audience/days.ts";
import { PAGE_KEY } from "../audience/kept.ts";
import { renderAudiencePage } from "../audience/page/page.ts";
import { openStore, openStores, storeOptions } from "../stores/open.ts";
import type { Store } from "../stores/store.ts";
import { showAudience } from "../terminal/audience.ts";
import { log, paint, print, show } from "./console.ts";
import { assertContent } from "./content.ts";
import { countedLines, wrongLines } from "./counted.ts";
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
  const site = await readSite(stores.content, now);
  const { report, audience, days } = await countAudience({
    logs,
    public: stores.public,
    state: stores.state,
    site,
    today: dayOf(now),
    salt: newSalt(),
    dryRun: values["dry-run"],
    log,
  });
  const typedLogs = args.logs.map(asCallerTyped).join(", ");
  const { files, requests, otherHosts, unreadable, closed, empty } = report;
  if (logs.length > 0 && files + unreadable.length + closed + empty === 0) {
    throw new UsageError(`there is no access log in ${typedLogs}`);
  }
  if (requests === 0 && otherHosts > 0) {
    const own = `${site.url} and ${site.feeds}`;
    throw new UsageError(
      `all requests in ${typedLogs} are for other hosts than ${own}: name the logs of this site, or correct site.yaml`,
    );
  }
  if (values.page !== undefined) await writeTextOutput(values.page, renderAudiencePage(audience));
  const counted = logs.length > 0 ? countedLines(report, values["dry-run"]) : [];
  if (values.json) print(JSON.stringify(audience, null, 2));
  else if (values.csv) process.stdout.write(renderCsv(days));
  else {
    await show(await showAudience(audience, { paint, command: `${typed(["audience"], process.env)} <logs>` }));
    const kept = report.hasPage ? [`${values.state}/${PAGE_KEY}`] : [];
    const pages = [...kept, ...(values.page === undefined ? [] : [values.page])].map(asCallerTyped);
    const lines = [...counted, ...(pages.length > 0 ? [`the same with plots: ${pages.join(", ")}`] : [])];
    if (lines.length > 0) print(`\n${lines.join("\n")}`);
  }
  // Standard output has the result alone; and cron mails only what is wrong.
  if (values.json || values.csv) for (const line of counted) log(line);
  for (const line of wrongLines(report)) log(line);
  return unreadable.length > 0 ? FAILED : DONE;
}

/** A folder or a bucket with all that is in it, or one file. */
async function openLogs(name: string): Promise<Store> {
  if (/^s3:/i.test(name)) return await orUsageError(openStore(name, storeOptions(process.env)));
  const real = await realpath(name).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === "ENOENT" ? "there is no such file or folder" : error.message;
    throw new UsageError(`${asCallerTyped(name)} cannot be read: ${why}; name a folder or a file with access logs`);
  });
  const found = await stat(real);
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
