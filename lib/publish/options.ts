/** What the use case is given. */
import type { Clock } from "../base/clock.ts";
import type { Site } from "../site/types.ts";
import type { Holder } from "../state/busy.ts";
import type { Announce } from "../state/outbox.ts";
import type { RestNote } from "../state/types.ts";
import type { TimeLimit } from "../workers/timelimit.ts";
import type { Helper } from "./helper.ts";
import type { PublishRequest } from "./request.ts";
import type { OnProgress, Preparer } from "./types.ts";
import type { WarmCache } from "./warmcache.ts";

/** What counts before what the site says: addresses, and whether channels have pages. */
export type Overrides = Pick<Site, "feeds" | "media" | "enclosurePrefix"> & Partial<Pick<Site, "pages">>;

export interface PublishOptions extends PublishRequest {
  /** The moment for which is published: what is dated later waits. */
  readonly now: Date;
  readonly clock: Clock;
  /** A fresh random name for this run. */
  readonly run: string;
  /** When it was asked for, where whoever announces is to tell how long that took. */
  readonly since?: Date | undefined;
  /** Counts before what the site says: a preview publishes under an address of its own. */
  readonly overrides?: Overrides | undefined;
  /** Render every public post, not only those that a document needs, to find all that cannot be rendered. */
  readonly renderAll?: boolean | undefined;
  /** A second thread, for many posts in folders; without it this one does everything. */
  readonly helper?: Helper | undefined;
  /** What each post may take; without it some seconds, and all that are stopped together a minute. */
  readonly timeLimit?: TimeLimit | undefined;
  /** How many documents are written per commit, 500 if absent: a run that ends early loses no more than these. */
  readonly batchSize?: number | undefined;
  /** How many posts are read between two looks at the clock, 1000 if absent: a run without time for more prepares these. */
  readonly portion?: number | undefined;
  /** Whom to leave many posts to; without it a run reads them all. */
  readonly preparer?: Preparer | undefined;
  /** What a process that stays keeps from one run to the next: faster, and the same documents. */
  readonly warmCache?: WarmCache | undefined;
  /** Announces what changed to caches and hubs, after every run; without it the outbox waits. */
  readonly announce?: Announce | undefined;
  /** How long to wait for that, in milliseconds. */
  readonly announcePatience?: number | undefined;
  /** This process, so that the next run need not wait for one that ended before it could give back its lease. */
  readonly holder?: Holder | undefined;
  /** What a run that looked first found, so that it can note when the next one need not look further (`rest/`). */
  readonly rest?: Pick<RestNote, "build" | "content"> | undefined;
  /** Told after each post, entry and document how far the run has come. */
  readonly progress?: OnProgress | undefined;
}
