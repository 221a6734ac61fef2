/** What loading a snapshot is given, and what it gives. */
import type { Instant, Refusal } from "../../model.ts";
import type { Site } from "../../site/types.ts";
import type { Store } from "../../stores/store.ts";

import type { Snapshot } from "./snapshot.ts";

/** Which snapshot an attempt begins with. */
export interface LoadFrom {
  /** Read back from the public store. */
  readonly rebuild: boolean;
  /** An attempt before this one has begun the rebuild. */
  readonly isBegun?: boolean;
  /** As the run of this name left it; empty: the run before the current one. */
  readonly rollback?: string | undefined;
}

/** `loadNext`: what the next attempt loads, should another run have written meanwhile. */
export type Loaded = { readonly snapshot: Snapshot; readonly loadNext: LoadFrom } | { readonly refused: Refusal };

export interface LoadInput {
  readonly public: Store;
  readonly state: Store;
  readonly site: Site;
  readonly now: Instant;
  /** Name of the attempt. */
  readonly name: string;
  readonly force: boolean;
  readonly log: (line: string) => void;
}
