/**
 * The outbox → CDN invalidation → WebSub hubs. The head of the state store says what to announce, so of the event only `check` is
 * read: once nothing is to be announced, does the CDN serve what was published?
 */

import { randomUUID } from "node:crypto";
import { type Announcement, announcerOf } from "../lib/announce/announce.ts";
import { type CdnChecked, checkServed } from "../lib/announce/canary.ts";
import type { Cdn } from "../lib/announce/cloudfront.ts";
import { present } from "../lib/base/optional.ts";
import { systemClock } from "../lib/clock.ts";
import { copiesOf } from "../lib/edge/edge.ts";
import { type Log, logError, logger } from "../lib/lambda/log.ts";
import { once } from "../lib/lambda/once.ts";
import { logAnnouncement, logCheck } from "../lib/lambda/outcome/announcement.ts";
import { type Environment, type Invocation, storeSettings } from "../lib/lambda/settings.ts";
import { loadSite } from "../lib/publish/sitefile.ts";
import type { Site } from "../lib/site/types.ts";
import type { Announced } from "../lib/state/outbox.ts";
import { drainOutbox } from "../lib/state/outbox.ts";
import { settledHead } from "../lib/state/settled.ts";
import { openStores, type Stores, storeOptions } from "../lib/stores/open.ts";
import type { Store } from "../lib/stores/store.ts";

/** Kept of the remaining time, to note the outcome. */
const MARGIN_MS = 5_000;
/** For callers that state no remaining time. */
const USUAL_MS = 60_000;

/**
 * `undefined`: there was nothing to announce, or another invocation announces it, or a run holds the lease; writing the head at
 * its end calls this function again.
 */
export type Result = (Announced & Announcement) | CdnChecked | undefined;

/** A handler for events of the state store's head, for the schedule, and for calls by hand. */
export function handlerFor(
  environment: Environment,
  wait: (ms: number) => Promise<void> = systemClock.wait,
): (event: unknown, invocation: Invocation) => Promise<Result> {
  const open = {
    stores: once(async () => openStores(storeSettings(environment), storeOptions(environment))),
    cdn: once(() => openCdn(environment, wait)),
  };
  return async (event, invocation) => {
    const log = logger(invocation.awsRequestId);
    try {
      const stores = await open.stores();
      const cdn = await open.cdn();
      const left = () => invocation.getRemainingTimeInMillis?.() ?? USUAL_MS + MARGIN_MS;
      const remaining = left();
      let announcement: Announcement = { invalidated: [], hubs: [] };
      const clock = { ...systemClock, wait };
      const site = once(async () => {
        const read = await readSite(stores.content);
        const copies = new Set(copiesOf(read).map(({ path }) => path));
        return { ...read, isCopy: (path: string) => copies.has(path) };
      });
      const announcer = announcerOf({ site, public: stores.public, cdn, fetch, ...clock }, (done) => {
        announcement = done;
      });
      const announced = await drainOutbox({
        state: stores.state,
        public: stores.public,
        clock,
        announcer,
        // Not the request's id, which is that of the first where an event is tried again.
        by: randomUUID(),
        patience: Math.max(remaining - MARGIN_MS, remaining / 2),
        log: (line) => log("warn", line),
      });
      const name = environment["DRIPFEED_SITE"] ?? "";
      const result = announced && { ...announced, ...announcement };
      // Before the check, which may fail.
      if (result) logAnnouncement(result, log, name);
      // Also where hubs alone were told, which may take days if one is down.
      const isAsked = cdn && isCheck(event) && !announcement.checked;
      const checked = isAsked ? await check(stores, AbortSignal.timeout(Math.floor(left() / 2)), log) : undefined;
      if (checked) logCheck(checked, log, name);
      return result ? { ...result, ...present({ checked: result.checked ?? checked }) } : checked;
    } catch (error) {
      logError(log, error);
      throw error;
    }
  };
}

export const handler = handlerFor(process.env);

const isCheck = (event: unknown): boolean =>
  typeof event === "object" && event !== null && "check" in event && event.check === true;

/** Where `site.yaml` cannot be used, runs are refused, and tell its owner. */
function check({ content, public: published, state }: Stores, signal: AbortSignal, log: Log) {
  const site = async () => {
    const read = await loadSite(content, new Date());
    if (read.ok) return read.site;
    log("warn", "site.yaml cannot be used, so it is unknown where the feeds are");
    return undefined;
  };
  return checkServed({ site, public: published, fetch, settled: () => settledHead(state), signal });
}

async function readSite(content: Store): Promise<Site> {
  const read = await loadSite(content, new Date());
  if (!read.ok) throw new Error("site.yaml cannot be used, so the addresses of the feeds are unknown");
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
