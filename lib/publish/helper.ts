/**
 * A second thread, as a run sees it: it works off the same lists as this one, with the same functions, and hands back what came
 * of it in parts. What it does not hand back, this thread does.
 */
import type { Claims } from "../base/claims.ts";
import type { ItemSite, PlannedItem } from "../formats/types.ts";
import type { Etag, Facts, Instant } from "../model.ts";
import type { Site } from "../site/types.ts";
import type { OperationCount } from "../stores/counted.ts";
import type { SharedLimits } from "../workers/timelimit.ts";
import type { EntryBlock } from "./render/block.ts";
import type { BlockMemory } from "./render/memory.ts";
import type { Fault } from "./render/posts.ts";
import type { Finding } from "./scan/findings.ts";
import type { Objects } from "./scan/objects.ts";
import type { StoppedPost } from "./scan/slow.ts";
import type { SharedPieces } from "./write/pieces.ts";

export interface Helper {
  /** Has it begun? To begin takes as long as to render some hundred posts. */
  isAtWork(): boolean;
  /** Can it write documents? */
  readonly writes: boolean;
  /** Takes part in the work, which is over when this resolves. Never rejects: a thread that is lost hands back no more. */
  help<Kind extends keyof Jobs>(kind: Kind, job: Jobs[Kind], take: (part: Parts[Kind]) => void): Promise<void>;
  /** What it asked of the stores, which are counted for the report. */
  operations(): HelperOperations;
}

export interface HelperOperations {
  readonly content: OperationCount;
  readonly public: OperationCount;
}

export interface Jobs {
  readonly read: ReadJob;
  readonly render: RenderJob;
  readonly write: WriteJob;
}

/** What is handed back of each kind of work. */
export interface Parts {
  readonly read: ReadPart;
  readonly render: RenderPart;
  readonly write: WritePart;
}

export interface ReadJob {
  readonly claims: Claims;
  readonly site: Site;
  /** Claimed from the first on. */
  readonly keys: readonly string[];
  /** Of each key: when readers got its post. */
  readonly published: readonly (Instant | undefined)[];
  /** All objects of the content store. */
  readonly listed: Objects | undefined;
  /** Characters of Markdown that are kept. */
  readonly room: number;
  readonly limits: SharedLimits;
  /** Not to be tried again. */
  readonly stopped: readonly StoppedPost[];
}

export interface ReadPart {
  readonly findings: readonly (readonly [key: string, finding: Finding])[];
  readonly stopped: readonly StoppedPost[];
}

export interface RenderJob {
  readonly claims: Claims;
  readonly site: Site;
  /** What items show of the site, if feeds are to be written. */
  readonly itemSite: ItemSite | undefined;
  /** The helper claims from the first on, and the other thread from the last on. */
  readonly tasks: readonly RenderTask[];
  readonly memory: BlockMemory;
  readonly limits: SharedLimits;
  readonly stopped: readonly StoppedPost[];
}

/** A public post to be rendered. */
export interface RenderTask {
  readonly key: string;
  readonly etag: Etag;
  readonly facts: Facts;
  /** What feeds show of it, if they are to be written. */
  readonly item?: PlannedItem;
}

export interface RenderPart {
  /** The entries of the tasks that it names. */
  readonly block: EntryBlock;
  /** Of the others. */
  readonly faults: readonly (readonly [task: number, fault: Fault])[];
  readonly stopped: readonly StoppedPost[];
}

export interface WriteJob {
  readonly claims: Claims;
  /** Claimed from the first on. */
  readonly documents: readonly DocumentToWrite[];
  readonly pieces: SharedPieces;
  readonly cacheControl: string;
  /** How long the lease is sure to hold, in milliseconds: a helper that comes later leaves the rest. */
  readonly within: number;
}

/** Put only over what the catalog knows. */
export interface DocumentToWrite {
  readonly path: string;
  readonly contentType: string;
  /** The ETag that the catalog knows; `undefined`: there should be nothing. */
  readonly known: Etag | undefined;
}

export interface WritePart {
  readonly put: readonly (readonly [document: number, put: { readonly etag: Etag; readonly digest: string }])[];
  /** Documents whose condition failed. */
  readonly conflicts: readonly number[];
}
