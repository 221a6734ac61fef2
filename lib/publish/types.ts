/** What a run plans, and what it reports. */

import type { Displaced } from "../channels/apart.ts";
import type { Window } from "../channels/types.ts";
import type { PlannedDocument } from "../formats/types.ts";
import type { HeldBack, Instant, Problem, RecordState, Refusal } from "../model.ts";
import type { Announced } from "../state/outbox.ts";
import type { OperationCount } from "../stores/counted.ts";

export type PutReason = "new" | "changed" | "drifted" | "inherited" | "replaced" | "forced";
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

/** What a run did. */
export interface Report {
  /** `true`: nothing was written; `put` and `removed` say what would have been. */
  readonly dryRun: boolean;
  /** How many records are in each state. */
  readonly records: { readonly [state in RecordState]: number };
  /** How many of the hidden ones for each reason. */
  readonly heldBack: { readonly [reason in HeldBack]?: number };
  readonly entries: { readonly rendered: number; readonly cached: number };
  readonly put: readonly { readonly path: string; readonly reason: PutReason }[];
  readonly removed: readonly { readonly path: string; readonly reason: RemoveReason }[];
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
