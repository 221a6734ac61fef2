/** What a pull is given, and what it says it did. */
import type { Store } from "../../stores/store.ts";
import type { TextMerging } from "./merge.ts";
import type { Conflict } from "./plan.ts";

export interface PullOptions {
  /** The content store. */
  readonly from: Store;
  /** The folder. */
  readonly to: Store;
  readonly merging: TextMerging;
  /** Also files below `media/`. */
  readonly media?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
}

export interface PullReport {
  readonly dryRun: boolean;
  readonly brought: readonly {
    readonly key: string;
    readonly reason: "new" | "changed" | "merged";
    readonly size: number;
  }[];
  /** Files whose objects others removed, and which nobody changed here. */
  readonly removed: readonly { readonly key: string }[];
  readonly conflicts: readonly {
    readonly key: string;
    readonly what: Conflict;
    /** Where the text of the store lies, beside that of the folder. */
    readonly aside?: string;
  }[];
  readonly left: readonly { readonly key: string; readonly why: string }[];
  /** Those that no push put, and that were not asked for. */
  readonly media: { readonly files: number; readonly bytes: number };
}
