/** What is kept between runs. */
import type { Etag, GonePost, Instant, PostRecord } from "../model.ts";

/** One immutable object: every record, and for every published document its fingerprint and ETag. */
export interface Catalog {
  /** Name of the attempt that wrote it: that of the run, and from the second on `-2`, `-3`, … */
  readonly run: string;
  /** Authority and year of every tag URI, fixed by the first run (RFC 4151). */
  readonly authority: string;
  readonly since: number;
  /** Digest of the settings and versions that the records were read with; another value: every post is read again. */
  readonly reader: string;
  /** By key, in UTF-8 order. */
  readonly records: readonly PostRecord[];
  /** Posts whose files were removed, by id: a file that comes back under any key is recognised by them. */
  readonly gone: readonly GonePost[];
  /** By channel key, those that are gone included. */
  readonly channels: { readonly [channel: string]: PublishedChannel };
  /** By path. */
  readonly documents: { readonly [path: string]: PublishedDocument };
  /** Paths without a document at which a run that was taken over may still put one, each with the moment until which it is watched. */
  readonly late?: { readonly [path: string]: Instant };
  /** `podcast:guid`, once it was published: it never changes. */
  readonly podcast?: string;
  /** Key of the ids of a former system, as long as a post that has one waits for its first publication. */
  readonly adopted?: string;
  /** Keys of all such ids that runs have used. */
  readonly adoptedBefore?: readonly string[];
  /** A forced run accepted all removals up to this moment: the guard does not count them. */
  readonly departuresAcceptedUntil?: Instant;
  /** Keys of the catalogs that are kept beside this one, newest first. */
  readonly former: readonly string[];
  /** How many objects of the state store may be unused, if any. */
  readonly unused?: number;
  /** As long as all is as it says, a run has nothing to do. */
  readonly rest?: RestNote;
}

/** What a run that did all its work found, and what the report of the next one says if it finds the same. */
export interface RestNote {
  /** The run that wrote the catalog: one that was made of this catalog is another. */
  readonly run: string;
  /** Names the program, to the last line: another one may plan otherwise. */
  readonly build: string;
  /** Digests of the content's listing, and of the documents with their ETags. */
  readonly content: string;
  readonly published: string;
  /** Names of the stores that problems may name. */
  readonly stores: readonly string[];
  /** The moments at which nothing changes by itself: from the one until the other. */
  readonly from: Instant;
  readonly due?: Instant;
  readonly report: { readonly [field: string]: unknown };
}

export interface PublishedChannel {
  /** That of its documents, which never falls but by a rollback. */
  readonly updated: Instant;
  /** Where a part of an archive ends: it never moves. */
  readonly until?: { readonly published: Instant; readonly id: string };
}

export interface PublishedDocument {
  readonly fingerprint: string;
  readonly etag: Etag;
  /** Of its bytes: tells whether they changed where the ETag moved. */
  readonly digest: string;
}

/** The object by which runs exclude each other. */
export interface Head {
  readonly format: 1;
  /** Key of the current catalog; absent before the first commit. */
  readonly catalog?: string;
  /** Key of ids of a former system that no catalog knows yet. */
  readonly adopted?: string;
  readonly lease?: Lease;
  readonly outbox: Outbox;
}

/** Which run is writing, until when, and which paths may be half written. */
export interface Lease {
  readonly run: string;
  readonly until: Instant;
  /** Name of the process, where one tells by it whether the process has ended. */
  readonly holder?: string;
  /** Key of the immutable object that lists every path to be put or removed. */
  readonly intent: string;
}

/** An immutable object: every path that the holder of a lease is about to put or to remove. */
export interface Intent {
  readonly format: 1;
  readonly run: string;
  readonly paths: readonly string[];
}

/** What changed for readers. Of many paths or keys, `tags/*` stands for all below `tags/`. */
export interface Changed {
  /** Paths of the public store, in the order in which they changed. */
  readonly paths: readonly string[];
  /** Keys of the content store's media. */
  readonly media: readonly string[];
  /** Paths at which documents were missing, or written over, and are again what hubs know: caches alone are told. */
  readonly restored?: readonly string[];
}

/** What changed since it was last taken to be announced. */
export interface Outbox extends Pick<Changed, "paths" | "restored">, Partial<Pick<Changed, "media">> {
  /** When something changes without an edit, so that a run is due. */
  readonly due?: Instant;
  /** When the first of these changes was asked for, where it is known. */
  readonly since?: Instant;
}

/** By hub: paths of the feeds of which it is still to be told. */
export interface Topics {
  readonly [hub: string]: readonly string[];
}

/** What was taken from the outbox and is being announced: first to caches, then to hubs. What caches were told leaves it. */
export interface Taken extends Changed {
  /** Who announces it, a fresh name each time. */
  readonly by: string;
  /** From when on anybody else may: whoever took it failed, or ended without a word. */
  readonly until: Instant;
  /** Names these changes: the same one twice is the same invalidation. */
  readonly reference: string;
  /** ETag of the head that it was taken from, which may name the same for a moment longer. */
  readonly head?: Etag;
  /** When the first of what caches are to be told was asked for, where it is known. */
  readonly since?: Instant;
  readonly topics: Topics;
}

/** The other object of the state store that changes: announcers alone write it, so that runs never wait for them. */
export interface Announcing {
  readonly format: 1;
  readonly taken: readonly Taken[];
}

/** How changes are announced. */
export interface Announcer {
  /** Tells caches, and returns when that is done. Throws when it fails. `signal` aborts when the time is over. */
  invalidate(changes: Changed, signal: AbortSignal, reference: string): Promise<void>;
  /** Absent: there are no hubs. */
  readonly hubs?: HubAnnouncer;
}

export interface HubAnnouncer {
  /** What each hub is to be told: what waits for it, and the feeds among what changed. */
  topics(waiting: Topics, changes: Changed): Promise<Topics>;
  /**
   * Tells hubs, and calls `settle` for each topic that a hub took, or refused for good. Never throws. `until`: when the time
   * is over, and `signal` aborts.
   */
  notify(topics: Topics, settle: Settle, time: { readonly until: Date; readonly signal: AbortSignal }): Promise<void>;
}

export type Settle = (hub: string, topic: string) => void;
