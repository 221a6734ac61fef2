/** `dripfeed rollback`: publishes by the catalog of a former run. */
import { randomUUID } from "node:crypto";
import { present } from "../base/optional.ts";
import { isListed } from "../channels/listed.ts";
import { type KeptCatalog, listKept } from "../publish/load/rollback.ts";
import { publish } from "../publish/publish.ts";
import { openStores, storeOptions } from "../stores/open.ts";
import { showReport } from "../terminal/report.ts";
import { table } from "../terminal/table.ts";
import { count } from "../terminal/words.ts";
import { clock, log, print, progress, show } from "./console.ts";
import { assertContent } from "./content.ts";
import type { InputOf } from "./declare.ts";
import type { ROLLBACK } from "./declared/feeds.ts";
import { DONE, exitCode, orUsageError } from "./exit.ts";
import { holderOf } from "./holder.ts";
import { momentOf } from "./now.ts";
import { contentAsGiven, storeNames } from "./options.ts";
import { reportView } from "./view.ts";

export async function runRollback({ values, given }: InputOf<typeof ROLLBACK>): Promise<number> {
  const now = await momentOf(values.now);
  const names = storeNames(values);
  await assertContent(names.content, contentAsGiven(given));
  const stores = await orUsageError(openStores(names, storeOptions(process.env)));
  if (values.list) {
    const kept = (await listKept(stores.state)).map(summaryOf);
    print(values.json ? JSON.stringify(kept, null, 2) : await showKept(kept));
    return DONE;
  }
  const report = await publish({
    ...stores,
    now,
    clock,
    run: randomUUID(),
    holder: holderOf(names.state),
    log,
    progress,
    dryRun: values["dry-run"],
    force: values.force,
    rollback: values.to ?? "",
  });
  if (values.json) print(JSON.stringify(report, null, 2));
  else await show(await showReport(report, reportView(given, names.public)));
  return exitCode(report, false);
}

/** What `--list` shows of a former run. */
interface KeptSummary {
  readonly run: string;
  readonly written?: string;
  readonly posts: number;
  readonly documents: number;
}

function summaryOf({ run, written, catalog }: KeptCatalog): KeptSummary {
  const posts = catalog.records.filter(isListed).length;
  return { run, ...present({ written }), posts, documents: Object.keys(catalog.documents).length };
}

/** A line for each, newest first. */
async function showKept(kept: readonly KeptSummary[]): Promise<string> {
  if (kept.length === 0) return "no former run is kept";
  const rows = await table(
    kept.map(({ run, written = "", posts, documents }) => {
      return [run, written, count(posts, "post"), count(documents, "document")];
    }),
  );
  return [...rows, `${count(kept.length, "former run")} kept: go back to one with --to <run>`].join("\n");
}
