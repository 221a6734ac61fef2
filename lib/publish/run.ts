/** One run of the use case, and what it knew when it began. */

import type { Ledger } from "../adopt/ledger.ts";
import type { Clock } from "../base/clock.ts";
import { publicUrl } from "../channels/urls.ts";
import { FORMATS } from "../formats/files.ts";
import type { Catalog, Entry, Etag, Instant, Post, Site } from "../model.ts";
import { foldAdopted, readAdopted } from "../state/adopted.ts";
import { type CurrentHead, readCatalog, readHead, readHeadAnyway } from "../state/head.ts";
import { mintPodcastGuid, type TagAuthority } from "../state/ids.ts";
import { busyUntil, inheritedPaths, LEASE_MS, LostLease } from "../state/lease.ts";
import type { Store } from "../stores/store.ts";
import type { WarmCache } from "./render/entries.ts";

export interface Run {
  readonly content: Store;
  readonly public: Store;
  readonly state: Store;
  readonly site: Site;
  /** Of `site.yaml`, so that it is noticed when it moves. */
  readonly siteEtag: Etag | undefined;
  /** The moment for which is published. */
  readonly now: Instant;
  readonly clock: Clock;
  /** A fresh random name. */
  readonly run: string;
  readonly dryRun: boolean;
  /** Every public post is rendered, not only those that a document needs. */
  readonly renderAll: boolean;
  readonly renderEntry: (post: Post) => Entry | Promise<Entry>;
  /** How many documents are written per commit, where it is not the usual number. */
  readonly batchSize: number | undefined;
  /** After this moment no further batch begins. */
  readonly until: Date | undefined;
  readonly warmCache: WarmCache;
  readonly force: boolean;
  /** Takes a line for people who wait. */
  readonly log: (line: string) => void;
}

/** What the state store knew when an attempt began. */
export interface Snapshot {
  readonly head: CurrentHead;
  /** Nothing before the first commit. */
  readonly catalog: Catalog | undefined;
  /** Keys of the catalogs before this run, newest first. */
  readonly former: readonly string[];
  readonly authority: TagAuthority;
  /** Of the site's podcast, if it is one. */
  readonly podcastGuid: string;
  /** Key of the ids of a former system, where posts may still wait for theirs. */
  readonly adopted: string | undefined;
  /** Paths that a run before this one may have left half done. */
  readonly inherited: ReadonlySet<string>;
  /** How many objects of the state store may be there for nothing. */
  readonly unused: number;
  /**
   * Where the catalog is not the one that the head names, what it is: read back from feeds, or a former one. It is
   * committed, though nothing else be to do.
   */
  readonly loaded?: "feeds" | "former";
}

/** Of a run that died nobody counted what it left. */
const UNCOUNTED = 1_000_000;

export interface Waiting extends Pick<Run, "state" | "clock" | "dryRun" | "log"> {
  /** How long to wait for another run to end, in milliseconds. */
  readonly patience: number;
  /** A damaged head is to be overcome: it counts as one that says nothing. */
  readonly overcomes?: boolean;
}

/**
 * The head, as soon as nobody else is writing; nothing when that takes too long. A dry run does not wait.
 *
 * A lease expires by the clock of whoever made it, which may be ahead of this one by a year. Who lives renews it: a head
 * that stays as it is for a whole lease is nobody's.
 */
export async function headOnceFree(waiting: Waiting): Promise<CurrentHead | undefined> {
  const { state, clock, patience, dryRun, log, overcomes = false } = waiting;
  const deadline = clock.now().getTime() + patience;
  let seen: { readonly etag: Etag | undefined; readonly since: number } | undefined;
  for (;;) {
    const head = await (overcomes ? readHeadAnyway(state) : readHead(state));
    const until = busyUntil(head, clock);
    const now = clock.now().getTime();
    if (!seen) {
      if (until && !dryRun) log(`another run (${head.head.lease?.run}) is writing; waiting for it`);
      seen = { etag: head.etag, since: now };
    }
    if (seen.etag !== head.etag) seen = { etag: head.etag, since: now };
    if (!until || dryRun || now - seen.since > LEASE_MS) return head;
    if (now >= deadline) return undefined;
    await clock.wait(Math.min(Math.max(Math.min(until.getTime(), deadline) - now, 50), 1000));
  }
}

/** Where the podcast is subscribed to. */
export function podcastFeed(site: Site): string {
  const { channel = "site" } = site.podcast ?? {};
  const folder = channel === "site" ? "" : `${channel.replace(/^channels\//, "")}/`;
  return publicUrl(folder + FORMATS.rss.file, site);
}

/** What a head says besides which catalog is current. */
export interface Said {
  /** Paths that its lease may have left half done. */
  readonly inherited: ReadonlySet<string>;
  /** Ids of a former system that no catalog knows yet. */
  readonly pending: Ledger;
}

/** Throws `StateError` when what it names is damaged or gone. */
export async function readSaid(state: Store, head: CurrentHead): Promise<Said> {
  const [inherited, pending] = await Promise.all([inheritedPaths(state, head), readAdopted(state, head.head.adopted)]);
  return { inherited, pending };
}

/** Throws `LostLease` when another run wrote meanwhile. */
export async function loadCurrent(run: Run, head: CurrentHead): Promise<Snapshot> {
  const { state } = run;
  const [catalog, said] = await Promise.all([readCatalog(state, head.head), readSaid(state, head)]).catch(
    async (error: unknown) => {
      // What it named may be gone because there is newer.
      if ((await readHead(state)).etag !== head.etag) throw new LostLease("another run wrote meanwhile");
      throw error;
    },
  );
  return knownFrom(run, head, said, catalog, formerOf(head, catalog));
}

/** Keys of what is kept beside a catalog that comes after the one that the head names, if that can be read. */
export const formerOf = ({ head }: CurrentHead, current: Catalog | undefined): readonly string[] =>
  current && head.catalog !== undefined ? [head.catalog, ...current.former] : [];

/** What a run knows that begins with this `catalog`, whether or not it is the one that the head names. */
export function knownFrom(
  { site }: Run,
  head: CurrentHead,
  { inherited, pending }: Said,
  published: Catalog | undefined,
  former: readonly string[],
): Snapshot {
  const catalog = published && foldAdopted(published, pending);
  // Fixed by the first run: whatever the site is called later, ids stay.
  const { authority, since } = catalog ?? { authority: new URL(site.url).hostname, since: site.since };
  return {
    head,
    catalog,
    former,
    adopted: head.head.adopted ?? catalog?.adopted,
    authority: { authority, since },
    podcastGuid: site.podcast?.guid ?? catalog?.podcast ?? mintPodcastGuid(podcastFeed(site)),
    inherited,
    unused: (catalog?.unused ?? 0) + (head.head.lease ? UNCOUNTED : 0),
  };
}
