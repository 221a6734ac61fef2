/** `dripfeed init`: writes `site.yaml` from what a site's generator is told, and checks the content by it. */
import { basename, resolve } from "node:path";
import { SITE_KEY } from "../base/problems.ts";
import { planSite, sitesBelow } from "../init/init.ts";
import { nextCommands, showPlan } from "../init/summary.ts";
import type { SiteFolder } from "../init/types.ts";
import { openStore, storeOptions } from "../stores/open.ts";
import { flawOfKey, readObject, type Store, StoreConflict, StoreUnreadable } from "../stores/store.ts";
import { severities } from "../terminal/order.ts";
import { visibleLines } from "../terminal/text.ts";
import { clock, log, logError, print, show } from "./console.ts";
import { assertFolder } from "./content.ts";
import type { InputOf } from "./declare.ts";
import type { INIT } from "./declared/stores.ts";
import { examine } from "./examine.ts";
import { DONE, orUsageError, REFUSED, USAGE, UsageError } from "./exit.ts";
import { asCallerTyped, fromCallersFolder } from "./options.ts";
import { typed } from "./typed.ts";

export async function runInit({ values, args }: InputOf<typeof INIT>): Promise<number> {
  const asTyped = (words: readonly string[]) => typed(words, process.env);
  const given = args.folder ?? ".";
  const name = fromCallersFolder(given);
  // `npm run` is for a checkout of Dripfeed, in which no blog is.
  if (args.folder === undefined && name === "." && process.env["npm_lifecycle_event"] === "dripfeed")
    throw new UsageError(`name the folder of your blog: ${asTyped(["init", "../blog"])}`);
  const content = await orUsageError(openStore(name, storeOptions(process.env)));
  // A folder that is mistyped would be made.
  await assertFolder(
    name,
    given,
    `name the one that your site's configuration is in; for a new blog make the folder, and try again`,
  );
  const former = await readObject(content, SITE_KEY);
  const { "dry-run": dryRun, force, json } = values;
  if (former && !force && !dryRun) {
    logError(
      `${content.name} has a ${SITE_KEY} already, which stays as it is: --dry-run prints what would be written, and --force replaces it. What comes next: ${asTyped(["check", "--content", given])}`,
    );
    return REFUSED;
  }
  const now = clock.now();
  const folder = await siteFolder(content);
  const plan = await planSite(folder, titleOf(name), now.getUTCFullYear());
  const below = await sitesBelow(folder, plan);
  if (below.length > 0) {
    const above = given === "." ? "" : given.replace(/\/?$/, "/");
    const each = below.map(([inner, generator]) => `${asTyped(["init", above + inner])} (${generator})`);
    throw new UsageError(`${given} has no site of its own, but a folder below has: ${each.join(", or ")}`);
  }
  const next = nextCommands(plan, given).map(asTyped);
  if (dryRun) {
    print(json ? JSON.stringify({ ...plan, next }, null, 2) : plan.text.trimEnd());
    return DONE;
  }
  await write(content, plan.text, former?.etag);
  const written = asCallerTyped(`${content.name}/${SITE_KEY}`);
  const { report, code } = await examine(name, now);
  if (json) print(JSON.stringify({ ...plan, written, problems: report.problems, next }, null, 2));
  else {
    const shown =
      report.problems.length === 0
        ? "check: no problems"
        : `check: ${severities(report.problems)}; see them with: ${asTyped(["check", "--content", given])}`;
    const lines = [showPlan(plan), `Written: ${written}`, shown, "Next:", ...next.map((each) => `  ${each}`)];
    await show(visibleLines(lines.join("\n")));
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
