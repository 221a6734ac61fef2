/** What whoever publishes may ask for: these options are part of the library, apart from those that only its own programs give. */
import type { Store } from "../stores/store.ts";

export interface PublishRequest {
  /** Holds `site.yaml` and the posts; it is only read. */
  readonly content: Store;
  /** What is served. */
  readonly public: Store;
  /** What is known between runs. It is private, and not within `public`. */
  readonly state: Store;
  /** Content keys that may have changed; an empty list: look only at what is due; absent: look at every key. */
  readonly hints?: readonly string[] | undefined;
  /** Only report what would be done. */
  readonly dryRun?: boolean | undefined;
  /**
   * After this moment no further batch begins: what is written is committed, and the report says `unfinished`. Where not even all
   * posts were read (`scanned`), the next run that looks at every key goes on.
   */
  readonly until?: Date | undefined;
  /** Do what the guard would refuse. */
  readonly force?: boolean | undefined;
  /** The ledger is lost: ids, dates and ownership are read back from the public store first. */
  readonly rebuild?: boolean | undefined;
  /** The ledger as the run of this name left it becomes current first; empty: that of the run before the current one. */
  readonly rollback?: string | undefined;
  /** How long to wait for another run to end, in milliseconds; where a clock is wrong it is a minute at least. */
  readonly patience?: number | undefined;
  /** Takes a line for people who wait. */
  readonly log?: ((line: string) => void) | undefined;
}
