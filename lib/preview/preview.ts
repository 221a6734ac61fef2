/** The preview: publishes, serves the result, and publishes again whenever the content changes. */

import type { Clock } from "../base/clock.ts";
import { present } from "../base/optional.ts";
import { isMedia } from "../base/served.ts";
import type { Overrides } from "../publish/options.ts";
import { publish } from "../publish/publish.ts";
import { loadSite } from "../publish/sitefile.ts";
import type { OnProgress } from "../publish/types.ts";
import { emptyWarmCache, type WarmCache } from "../publish/warmcache.ts";
import type { Site } from "../site/types.ts";
import type { OpenWithin, Store } from "../stores/store.ts";
import { visible } from "../terminal/text.ts";
import type { Served } from "./answer.ts";
import type { LastRun } from "./bar.ts";
import { gather, type Hints } from "./gather.ts";
import { identity, reasonsOf, summary, welcome } from "./lines.ts";

import { ownPages } from "./own/own.ts";
import { servedOf } from "./served.ts";
import { type PortChoice, startServer } from "./server.ts";
import { watchFolder } from "./watch.ts";

export interface PreviewOptions extends PortChoice {
  readonly content: Store;
  /** The content's folder, which is watched. */
  readonly folder: string;
  /** Opens files of it. */
  readonly media: OpenWithin;
  /** Stores of the preview alone; the real ones are not touched. */
  readonly public: Store;
  readonly state: Store;
  readonly clock: Clock;
  /** A fresh random name for each run. */
  readonly newRun: () => string;
  readonly print: (text: string) => void;
  /** Called once requests are answered, before the first run. */
  readonly opened?: (origin: string) => void;
  /** Called while a run goes on. */
  readonly progress?: OnProgress | undefined;
}

export interface Preview {
  readonly origin: string;
  stop(): Promise<void>;
}

/** An editor's burst of writes is one change. */
const QUIET_MS = 40;

/** The longest delay of a timer in Node. */
const LONGEST_MS = 2 ** 31 - 1;

export async function startPreview(options: PreviewOptions): Promise<Preview> {
  const { print, clock } = options;
  let served: Served | string = "the first run is not done yet";
  let site: Site | undefined;
  let lastRun: LastRun = { problems: [] };
  let mediaChanges = 0;
  let dueTimer: NodeJS.Timeout | undefined;
  const warmCache = emptyWarmCache();

  const own = ownPages({
    ...options,
    origin: () => server.origin,
    lastRun: () => lastRun,
    mediaChanges: () => mediaChanges,
    site: () => site,
  });
  const server = await startServer(options, () => served, own);
  options.opened?.(server.origin);

  /** The last run failed or was refused, so that the next one must be a full run. */
  let needsFullRun = false;

  const rebuild = async (changed: Hints): Promise<void> => {
    clearTimeout(dueTimer);
    const hints = needsFullRun ? undefined : changed;
    needsFullRun = true;
    if (changed?.some(isMedia)) mediaChanges += 1;
    try {
      const read = await readSite(options, server.origin);
      const report = await publishOnce(options, warmCache, read, hints);
      needsFullRun = report.refused !== undefined;
      const isFirst = site === undefined;
      if (read && !report.refused) {
        site = read;
        served = servedOf(site, options.public, options.media);
      } else if (isFirst) served = ["there is nothing to show yet", ...reasonsOf(report)].join("\n");
      print(summary(report, hints, new Set(lastRun.problems.map(identity))));
      if (isFirst && site) print(welcome(site, server.origin)); // last, where it is seen
      lastRun = { problems: report.problems, failure: report.refused?.message };
      if (report.due !== undefined) dueTimer = setTimeout(() => triggers.enqueue(), waitFor(report.due, clock));
    } catch (error) {
      lastRun = { ...lastRun, failure: (error as Error).message };
      print(`not published: ${visible((error as Error).message)}`);
    }
    server.changed();
  };
  const triggers = gather(rebuild, QUIET_MS);

  // Watches before the first run reads, so that no change is missed between the two.
  const watcher = await watchFolder(options.folder, {
    changed: triggers.enqueue,
    failed: (error) => print(`changes may go unnoticed: ${visible(error.message)}`),
  }).catch(async (error) => {
    await server.close();
    throw error;
  });
  await triggers.start();

  return {
    origin: server.origin,
    async stop() {
      await watcher.close();
      await triggers.end();
      clearTimeout(dueTimer);
      await server.close();
    },
  };
}

/** The site with the preview's addresses, a page for every channel, and nothing counted; `undefined` while `site.yaml` cannot be used. */
async function readSite({ content, clock }: PreviewOptions, origin: string): Promise<Site | undefined> {
  const read = await loadSite(content, clock.now());
  if (!read.ok) return undefined;
  const feeds = origin + new URL(read.site.feeds).pathname;
  return { ...read.site, feeds, media: `${origin}/`, enclosurePrefix: undefined, pages: true };
}

function publishOnce(options: PreviewOptions, warmCache: WarmCache, site: Site | undefined, hints: Hints) {
  const { content, public: publicStore, state, clock, newRun, progress } = options;
  return publish({
    content,
    public: publicStore,
    state,
    warmCache,
    clock,
    now: clock.now(),
    run: newRun(),
    hints,
    progress,
    ...present({ overrides: site && overridesOf(site) }),
    // The guard protects subscribers from accidents, and a preview has none.
    force: true,
  });
}

const overridesOf = ({ feeds, media, enclosurePrefix, pages }: Site): Overrides => {
  return { feeds, media, enclosurePrefix, pages };
};

const waitFor = (due: string, clock: Clock): number =>
  Math.min(Math.max(Date.parse(due) - clock.now().getTime(), 0) + 10, LONGEST_MS);
