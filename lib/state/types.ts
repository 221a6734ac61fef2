/** What is remembered between runs. */
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
  /** A forced run accepted all removals up to this moment: the guard does not count them. */
  readonly departuresAcceptedUntil?: Instant;
  /** Keys of the catalogs that are kept beside this one, newest first. */
  readonly former: readonly string[];
  /** How many objects of the state store may be unused, if any. */
  readonly unused?: number;
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

/** The one mutable object of the state store. */
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
  /** Key of the immutable object that lists every path to be put or removed. */
  readonly intent: string;
}

/** What is still to announce. */
export interface Outbox {
  /** Public paths that changed, in order; `["*"]` when they are too many to name. */
  readonly paths: readonly string[];
  /** When something changes without an edit, so that a run is due. */
  readonly due?: Instant;
}
