/** The outbox → CDN invalidation → WebSub hubs. Whatever event rings, the head says what is to be told. */
import { setTimeout as sleep } from "node:timers/promises";
import { announceChanges, type Told } from "../lib/announce/announce.ts";
import type { Cdn } from "../lib/announce/cloudfront.ts";
import { once } from "../lib/base/once.ts";
import { SITE_KEY } from "../lib/base/problems.ts";
import { type Log, logger } from "../lib/lambda/log.ts";
import { metricsLine } from "../lib/lambda/metrics.ts";
import { type Environment, type Invocation, settings } from "../lib/lambda/settings.ts";
import type { Announced, Site } from "../lib/model.ts";
import { parseSite } from "../lib/site/site.ts";
import { drainOutbox } from "../lib/state/outbox.ts";
import { openStores, storeOptions } from "../lib/stores/open.ts";
import { readObject, type Store } from "../lib/stores/store.ts";

const NAMES = ["DRIPFEED_CONTENT", "DRIPFEED_PUBLIC", "DRIPFEED_STATE"] as const;

/** What is left to end in order. */
const MARGIN_MS = 5_000;
const USUAL_MS = 60_000;

/** Nothing to tell: nothing was in the outbox, or a run is writing, which rings when it is done. */
export type Result = (Announced & Partial<Told>) | undefined;

/** A handler for events of the state store's head, for a schedule, and for people. */
export function handlerFor(
  environment: Environment,
  wait: (ms: number) => Promise<void> = (ms) => sleep(ms),
): (event: unknown, invocation: Invocation) => Promise<Result> {
  const open = {
    stores: once(() => {
      const names = settings(environment, NAMES);
      return openStores(
        { content: names.DRIPFEED_CONTENT, public: names.DRIPFEED_PUBLIC, state: names.DRIPFEED_STATE },
        storeOptions(environment),
      );
    }),
    cdn: once(() => openCdn(environment, wait)),
  };
  return async (_event, invocation) => {
    const log = logger(invocation.awsRequestId);
    try {
      const stores = await open.stores();
      const cdn = await open.cdn();
      const remaining = invocation.getRemainingTimeInMillis?.() ?? USUAL_MS + MARGIN_MS;
      let told: Told | undefined;
      const announced = await drainOutbox({
        state: stores.state,
        patience: Math.max(remaining - MARGIN_MS, remaining / 2),
        log: (line) => log("warn", line),
        async announce(outbox, signal) {
          const site = await readSite(stores.content);
          const reference = invocation.awsRequestId;
          told = await announceChanges(outbox, { site, public: stores.public, cdn, reference, fetch, wait }, signal);
        },
      });
      if (!announced) return undefined;
      tell(announced, told, log, environment["DRIPFEED_SITE"]);
      return { ...announced, ...told };
    } catch (error) {
      const { name, message, stack } = error as Error;
      log("error", message, { name, stack });
      throw error;
    }
  };
}

export const handler = handlerFor(process.env);

async function readSite(content: Store): Promise<Site> {
  const file = await readObject(content, SITE_KEY);
  const read = parseSite(file?.body, content.name, new Date().getUTCFullYear());
  if (!read.ok) throw new Error("site.yaml cannot be used, so nobody knows where the feeds are");
  return read.site;
}

async function openCdn(
  { DRIPFEED_DISTRIBUTION: distribution }: Environment,
  wait: (ms: number) => Promise<void>,
): Promise<Cdn | undefined> {
  if (!distribution) return undefined;
  const { cloudfront } = await import("../lib/announce/cloudfront.ts");
  return cloudfront({ distribution, wait });
}

function tell({ paths, failed }: Announced, told: Told | undefined, log: Log, site = ""): void {
  const hubs = told?.hubs ?? [];
  for (const failure of hubs) log("warn", "a hub was not told", { ...failure });
  if (told?.stale !== undefined) log("warn", "the CDN serves something else", { why: told.stale });
  log(failed === undefined ? "info" : "error", failed === undefined ? "announced" : "not announced", {
    ...{ paths, failed, invalidated: told?.invalidated },
  });
  const line = metricsLine(
    site,
    {
      OutboxPaths: [failed === undefined ? 0 : paths, "Count"],
      ...{ HubFailures: [hubs.length, "Count"], Stale: [told?.stale === undefined ? 0 : 1, "Count"] },
    },
    new Date(),
  );
  process.stderr.write(`${line}\n`);
}
