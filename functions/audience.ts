/** Access logs → who reads which feed. What is to be counted is found in the stores, so of the event only `dryRun` is read. */
import { type CountReport, countAudience } from "../lib/audience/audience.ts";
import { newSalt } from "../lib/audience/count/hashes.ts";
import { dayOf, daysAfter } from "../lib/audience/days.ts";
import type { Audience } from "../lib/audience/summary/types.ts";
import { present } from "../lib/base/optional.ts";
import { logError, logger } from "../lib/lambda/log.ts";
import { noContentYet } from "../lib/lambda/nocontent.ts";
import { once } from "../lib/lambda/once.ts";
import { logCount } from "../lib/lambda/outcome/count.ts";
import { type Environment, type Invocation, settings } from "../lib/lambda/settings.ts";
import type { Problem } from "../lib/model.ts";
import { loadSite } from "../lib/publish/sitefile.ts";
import type { Site } from "../lib/site/types.ts";
import { openStore, openStores, storeOptions } from "../lib/stores/open.ts";
import type { Store } from "../lib/stores/store.ts";

const NAMES = ["DRIPFEED_CONTENT", "DRIPFEED_PUBLIC", "DRIPFEED_STATE", "DRIPFEED_LOGS"] as const;

/** Of the audience only what one line can say: all of it is in the state store. */
export type CountResult = CountReport & Pick<Audience, "day" | "subscribers">;

/** A handler for the schedule, and for calls by hand. Nothing where there is no content yet. */
export function handlerFor(
  environment: Environment,
): (event: unknown, invocation: Invocation) => Promise<CountResult | undefined> {
  const open = once(() => openAll(environment));
  return async (event, invocation) => {
    const log = logger(invocation.awsRequestId);
    try {
      const { logs, ...stores } = await open();
      const now = new Date();
      const site = await readSite(stores, now);
      if ("waits" in site) {
        log("info", site.waits.message, { fix: site.waits.fix });
        return undefined;
      }
      const dryRun = isDryRun(event);
      const today = dayOf(now);
      const { audience, report, days } = await countAudience({
        ...stores,
        logs: [logs],
        site,
        today,
        salt: newSalt(),
        dryRun,
        log: (line) => log("info", line),
      });
      const { day, subscribers } = audience;
      const result: CountResult = { ...report, ...present({ day }), subscribers };
      const ofYesterday = days.find(({ day }) => day === daysAfter(today, -1))?.requests ?? 0;
      logCount({ ...result, dryRun, ofYesterday }, log, environment["DRIPFEED_SITE"] ?? "");
      // What could be read is counted; the alarm brings somebody to the rest, which the next call counts.
      if (report.unreadable.length > 0) throw new Error(`${report.unreadable.length} logs cannot be read`);
      return result;
    } catch (error) {
      logError(log, error);
      throw error;
    }
  };
}

export const handler = handlerFor(process.env);

const isDryRun = (event: unknown): boolean =>
  typeof event === "object" && event !== null && "dryRun" in event && event.dryRun === true;

async function openAll(environment: Environment) {
  const names = settings(environment, NAMES);
  const options = storeOptions(environment);
  const stores = await openStores(
    { content: names.DRIPFEED_CONTENT, public: names.DRIPFEED_PUBLIC, state: names.DRIPFEED_STATE },
    options,
  );
  return { ...stores, logs: await openStore(names.DRIPFEED_LOGS, options) };
}

async function readSite(
  stores: { readonly content: Store; readonly state: Store },
  now: Date,
): Promise<Site | { readonly waits: Problem }> {
  const read = await loadSite(stores.content, now);
  const waits = read.ok ? undefined : await noContentYet(stores);
  if (waits) return { waits };
  if (!read.ok) throw new Error("site.yaml cannot be used, so it is unknown which addresses are feeds");
  return read.site;
}
