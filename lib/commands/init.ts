/** `dripfeed init`: writes `site.yaml` from what a site's generator is told, and checks the content by it. */
import { basename, resolve } from "node:path";
import { parseArgs } from "node:util";
import { SITE_KEY } from "../base/problems.ts";
import { planSite } from "../init/init.ts";
import { nextCommands, showPlan } from "../init/summary.ts";
import type { SiteFolder } from "../init/types.ts";
import { openStore, storeOptions } from "../stores/open.ts";
import { flawOfKey, readObject, type Store, StoreConflict, StoreUnreadable } from "../stores/store.ts";
import { clock, log, print } from "./console.ts";
import { examine } from "./examine.ts";
import { DONE, orUsageError, REFUSED, USAGE, UsageError } from "./exit.ts";
import { fromCallersFolder } from "./options.ts";

export async function runInit(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { "dry-run": { type: "boolean" }, json: { type: "boolean" }, force: { type: "boolean" } },
  });
  if (positionals.length > 1) throw new UsageError("write: dripfeed init [folder]");
  const name = fromCallersFolder(positionals[0] ?? ".");
  const content = await orUsageError(openStore(name, storeOptions(process.env)));
  const former = await readObject(content, SITE_KEY);
  const { "dry-run": dryRun = false, force = false, json = false } = values;
  if (former && !force && !dryRun) {
    log(
      `dripfeed: ${content.name} has a ${SITE_KEY} already, which stays as it is: look at another with --dry-run, or replace it with --force`,
    );
    return REFUSED;
  }
  const now = clock.now();
  const plan = await planSite(await siteFolder(content), titleOf(name), now.getUTCFullYear());
  const next = nextCommands(plan, name);
  if (dryRun) {
    print(json ? JSON.stringify({ ...plan, next }, null, 2) : plan.text.trimEnd());
    return DONE;
  }
  await write(content, plan.text, former?.etag);
  const { report, code } = await examine(name, now);
  const errors = report.problems.filter(({ severity }) => severity === "error").length;
  if (json)
    print(
      JSON.stringify({ ...plan, written: `${content.name}/${SITE_KEY}`, problems: report.problems, next }, null, 2),
    );
  else {
    const counted = `${errors} ${errors === 1 ? "error" : "errors"} and ${report.problems.length - errors} warnings`;
    const shown =
      report.problems.length === 0
        ? "check: no problems"
        : `check: ${counted}; see them with: dripfeed check --content ${name}`;
    print(
      [showPlan(plan), `Written: ${content.name}/${SITE_KEY}`, shown, "Next:", ...next.map((each) => `  ${each}`)].join(
        "\n",
      ),
    );
  }
  if (code === USAGE)
    log(report.problems.map(({ line, message }) => `${SITE_KEY}:${line ?? 1}: ${message}`).join("\n"));
  return code === USAGE ? USAGE : DONE;
}

const titleOf = (name: string): string => basename(resolve(name));

async function write(content: Store, text: string, known: string | undefined): Promise<void> {
  const condition = known === undefined ? { ifAbsent: true } : { ifMatch: known };
  try {
    await content.put(SITE_KEY, Buffer.from(text), { contentType: "application/yaml", ...condition });
  } catch (error) {
    if (!(error instanceof StoreConflict)) throw error;
    throw new UsageError(`${SITE_KEY} was written by somebody else meanwhile: look at it, and try again`);
  }
}

/** What no generator reads as a site's own. */
const NOT_OWN = /(?:^|\/)(?:node_modules|\.git|_site|vendor|themes|bower_components|\.dripfeed)\//;
/** Bytes; more than any configuration has. A post's front matter is at its beginning. */
const MOST_READ = 262_144;

async function siteFolder(content: Store): Promise<SiteFolder> {
  const paths: string[] = [];
  for await (const { key } of content.list("")) {
    if (!NOT_OWN.test(key) && flawOfKey(key) === undefined) paths.push(key);
  }
  return {
    paths,
    read: async (path) => {
      try {
        const object = await readObject(content, path, MOST_READ);
        return object && new TextDecoder().decode(object.body);
      } catch (error) {
        if (error instanceof StoreUnreadable) return undefined;
        throw error;
      }
    },
  };
}
