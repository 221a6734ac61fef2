/** What a run plans, and what it reports. */

import type { Displaced } from "../channels/apart.ts";
import type { Window } from "../channels/types.ts";
import type { PlannedDocument } from "../formats/types.ts";
import type { HeldBack, Instant, Problem, RecordState, Refusal } from "../model.ts";
import type { Announced } from "../state/outbox.ts";
import type { OperationCount } from "../stores/counted.ts";

/** Why a document is put: `drifted`, another wrote over it; `inherited`, a run that broke off may have left it half done. */
export type PutReason = "new" | "changed" | "drifted" | "inherited" | "replaced" | "forced";
/** Why a document is removed. */
export type RemoveReason = "channel gone" | "archive gone" | "alias gone" | "name gone" | "host changed" | "inherited";

/** What publishing would do. */
export interface Plan {
  /** Every document that should exist. */
  readonly documents: readonly PlannedDocument[];
  /** Every channel with what it carries, the site's first. */
  readonly windows: readonly Window[];
  /** Channels that are not published, since others have their folders. */
  readonly displaced: readonly Displaced[];
  readonly put: readonly PlannedPut[];
  readonly remove: readonly PlannedRemoval[];
  /** When something changes without an edit, so that a run is due. */
  readonly due?: Instant;
}

export interface PlannedPut {
  readonly document: PlannedDocument;
  readonly reason: PutReason;
}

export interface PlannedRemoval {
  readonly path: string;
  readonly reason: RemoveReason;
}

/** What a rebuild read back from the public store, and what became of it. */
export interface Recovered {
  readonly documents: number;
  /** Posts in feeds, and tombstones in them. */
  readonly posts: number;
  readonly tombstones: number;
  /** How many of the posts were found in the content. */
  readonly recognised: number;
  /** Public posts that are in no feed, and were given new ids. */
  readonly minted: number;
}

/** How far a step of a run has come, for people who wait: posts read, entries rendered, documents written. */
export interface StepDone {
  readonly step: "read" | "render" | "write";
  readonly done: number;
  readonly total: number;
}

export type OnProgress = (step: StepDone) => void;

/** How many documents a kind of channel has. */
export interface DocumentCount {
  /** Of channels, or `podcast`; `lists`, `copies` and `host` are documents of the whole site. */
  readonly kind: string;
  readonly channels: number;
  readonly documents: number;
  /** How many of those in `put` and `removed` are of this kind. */
  readonly put: number;
  readonly removed: number;
}

/** A document in the public store, and where people find it. */
export interface Address {
  readonly path: string;
  readonly url: string;
}

/** The site as people know it. */
export interface SiteOverview {
  readonly title: string;
  /** As its page counts them: translations of one post count once. */
  readonly entries: number;
  /** Where it has pages. */
  readonly page?: Address;
  readonly feed?: Address;
}

/** How far a scan has come that had no time for all posts. */
export interface Scanned {
  /** Posts that were read, by this run or by those before it. */
  readonly read: number;
  /** Posts that are to be read. */
  readonly total: number;
  /** The rest is being read beside this run, and a trigger follows when that is done. */
  readonly handedOver?: true;
}

/** What has many posts read and rendered at once, beside the runs, and triggers one when that is done. */
export interface Preparer {
  /** Fewer posts than these a run reads sooner by itself. */
  readonly atLeast: number;
  /** Begins, unless that has begun already. False where it cannot. Never throws. */
  begin(): Promise<boolean>;
}

/** What a run did. */
export interface Report {
  /** Absent where the run ended before the site was understood. */
  readonly site?: SiteOverview;
  /** Nothing was published before. */
  readonly isFirst?: true;
  /** `true`: nothing was written; `put` and `removed` say what would have been. */
  readonly dryRun: boolean;
  /** How many records are in each state. */
  readonly records: { readonly [state in RecordState]: number };
  /** How many of the hidden ones for each reason. */
  readonly heldBack: { readonly [reason in HeldBack]?: number };
  readonly entries: { readonly rendered: number; readonly cached: number };
  readonly put: readonly { readonly path: string; readonly reason: PutReason }[];
  readonly removed: readonly { readonly path: string; readonly reason: RemoveReason }[];
  /** Every kind of channel that there is, with its documents. */
  readonly documents?: readonly DocumentCount[];
  /** Documents that were not put. */
  readonly unchanged: number;
  readonly problems: readonly Problem[];
  readonly refused?: Refusal;
  /** What would have been refused without `force`. */
  readonly forced?: Refusal;
  /** What a rebuild read back from the public store. */
  readonly recovered?: Recovered;
  /** The time was over before all was written: the rest is left to the next run. */
  readonly unfinished?: true;
  /** It was over before all posts were read, too: nothing is planned, and the next full run goes on from here. */
  readonly scanned?: Scanned;
  readonly due?: Instant;
  /** Absent where there was nothing to announce, or no `announce` was given. */
  readonly announced?: Announced;
  readonly operations: {
    readonly content: OperationCount;
    readonly public: OperationCount;
    readonly state: OperationCount;
  };
  /** Milliseconds. */
  readonly took: number;
}
