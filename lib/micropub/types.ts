/** What Micropub is given: the stores, the clock, and where it is served. */
import type { Clock } from "../base/clock.ts";
import type { Store } from "../stores/store.ts";
import type { Uploads } from "../stores/uploads.ts";

export interface MicropubInput {
  readonly content: Store;
  /** Read for what was published of each post, and written below `write/`. */
  readonly state: Store;
  /** Of the content store. */
  readonly uploads: Uploads;
  readonly clock: Clock;
  /** A fresh random name. */
  readonly newName: () => string;
  /** `https://feeds.example.com`, where `/write/` is served. */
  readonly origin: string;
}
