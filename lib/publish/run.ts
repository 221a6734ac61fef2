/** A run of the use case, and an attempt within it: what their steps are given. */
import type { Clock } from "../base/clock.ts";
import { instantOf } from "../base/instant.ts";
import { problem, SITE_KEY } from "../base/problems.ts";
import type { Entry, Etag, Instant, Post, Problem } from "../model.ts";
import { siteAt } from "../site/media.ts";
import type { Site } from "../site/types.ts";
import type { Holder } from "../state/busy.ts";
import { type CountedStore, countedStore } from "../stores/counted.ts";
import { type Store, type StoredObject, StoreUnreadable } from "../stores/store.ts";
import { openTimeLimit, type TimeLimit } from "../workers/timelimit.ts";
import type { Helper } from "./helper.ts";
import type { Overrides, PublishOptions } from "./options.ts";
import { type EntrySource, openEntries } from "./render/entries.ts";
import { beginReport, type ReportInProgress } from "./report.ts";
import { openReading, type Reading } from "./scan/prepared/reading.ts";
import { type SlowPosts, slowPosts } from "./scan/slow.ts";
import { readSiteFile } from "./sitefile.ts";
import type { OnProgress, Preparer } from "./types.ts";
import { emptyWarmCache, type WarmCache } from "./warmcache.ts";

/** What all attempts of a run share. */
export interface Run {
  /** A fresh random name. */
  readonly name: string;
  readonly content: CountedStore;
  readonly public: CountedStore;
  readonly state: CountedStore;
  readonly clock: Clock;
  readonly started: Date;
  /** The moment for which is published, as of `started`. */
  readonly now: Date;
  readonly since: Date | undefined;
  readonly overrides: Overrides | undefined;
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly rendersAll: boolean;
  readonly batchSize: number | undefined;
  readonly until: Date | undefined;
  readonly portion: number | undefined;
  readonly preparer: Preparer | undefined;
  /** How long to wait for another run to end, in milliseconds. */
  readonly patience: number;
  readonly holder: Holder | undefined;
  readonly renderEntry: (post: Post) => Promise<Entry>;
  readonly slow: SlowPosts;
  readonly helper: Helper | undefined;
  readonly warmCache: WarmCache;
  readonly report: ReportInProgress;
  readonly rest: PublishOptions["rest"];
  readonly progress: OnProgress | undefined;
  readonly log: (line: string) => void;
}

const PATIENCE_MS = 90_000;

/** Imported when it is needed, so that a function that starts sends its first request sooner. */
export const rendererHere = (limit: TimeLimit) => async (post: Post) => {
  const { renderEntry } = await import("../content/entry.ts");
  return limit.run(() => renderEntry(post));
};

/** Posts that are stopped may take a quarter of the time that the run has. */
function limitOf({ until, clock }: Pick<PublishOptions, "until" | "clock">): TimeLimit {
  if (!until) return openTimeLimit();
  const allowance = Math.max(0, until.getTime() - clock.now().getTime()) / 4;
  return openTimeLimit({ allowance });
}

export function beginRun(options: PublishOptions): Run {
  const { clock, dryRun = false, force = false, renderAll = false, patience = PATIENCE_MS } = options;
  const { timeLimit = limitOf(options), warmCache = emptyWarmCache(), log = () => undefined } = options;
  const stores = {
    content: countedStore(options.content),
    public: countedStore(options.public),
    state: countedStore(options.state),
  };
  const {
    run: name,
    now,
    since,
    overrides,
    batchSize,
    until,
    portion,
    preparer,
    holder,
    helper,
    progress,
    rest,
  } = options;
  const report = beginReport({ ...stores, helper, dryRun, clock });
  const given = {
    name,
    now,
    since,
    clock,
    overrides,
    batchSize,
    until,
    portion,
    preparer,
    dryRun,
    force,
    patience,
    holder,
    renderEntry: rendererHere(timeLimit),
    slow: slowPosts(timeLimit),
    helper,
    warmCache,
    progress,
    log,
    rest,
  };
  return { ...stores, ...given, started: clock.now(), rendersAll: renderAll, report };
}

/** The site and the moment are those of the writing: an attempt begins after all waiting. */
export interface Attempt extends Omit<Run, "now"> {
  /** Its lease and its catalog bear it. */
  readonly name: string;
  readonly site: Site;
  readonly siteEtag: Etag | undefined;
  readonly now: Instant;
  readonly entries: EntrySource;
  readonly reading: Reading;
}

type BegunAttempt =
  | { readonly ok: true; readonly attempt: Attempt }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Loads `site.yaml`. Gives its problems where it cannot be used. */
export async function beginAttempt(run: Run, number: number): Promise<BegunAttempt> {
  const { content, clock, started, overrides } = run;
  const file = await readSite(content);
  if (file && "problem" in file) return { ok: false, problems: [file.problem] };
  const { parseSite } = await import("../site/site.ts");
  const now = new Date(run.now.getTime() + clock.now().getTime() - started.getTime());
  const read = parseSite(file?.body, content.name, now.getUTCFullYear());
  if (!read.ok) return read;
  // The very same object while `site.yaml` is the same: windows and items are memoised by it.
  const site: Site = overrides ? siteAt(read.site, overrides) : read.site;
  const name = number === 1 ? run.name : `${run.name}-${number}`;
  const entries = openEntries({ ...run, site });
  const reading = openReading({ ...run, site });
  const rest = number === 1 ? run.rest : undefined;
  return {
    ok: true,
    attempt: { ...run, rest, name, site, siteEtag: file?.etag, now: instantOf(now), entries, reading },
  };
}

/** A file that cannot be read is a problem of the content, as with posts: the store works. */
async function readSite(content: Store): Promise<StoredObject | { readonly problem: Problem } | undefined> {
  try {
    return await readSiteFile(content);
  } catch (error) {
    if (!(error instanceof StoreUnreadable)) throw error;
    return { problem: problem("unreadable", SITE_KEY, error.message) };
  }
}
