/** What a program may import, and the whole of it: the stable surface of the package, which docs/library.md describes. */
import { randomUUID } from "node:crypto";
import { clock } from "./commands/console.ts";
import type { PublishOptions as RunOptions } from "./publish/options.ts";
import { publish as publishRun } from "./publish/publish.ts";
import type { Report } from "./publish/types.ts";
import { withRenderers } from "./workers/renderers.ts";

export type { Etag, HeldBack, Instant, Problem, RecordState, Refusal } from "./model.ts";
export type { PutReason, Recovered, RemoveReason, Report } from "./publish/types.ts";
export { parseSite, type SiteResult } from "./site/site.ts";
export type { Site } from "./site/types.ts";
export { StateError } from "./state/objects.ts";
export { folderStore } from "./stores/folder.ts";
export { memoryStore } from "./stores/memory.ts";
export { type S3Options, s3Store } from "./stores/s3.ts";
export {
  type DeleteOptions,
  type ObjectInfo,
  type PutOptions,
  type Store,
  StoreConflict,
  type StoredObject,
  StoreError,
  StoreNotDurable,
  StoreUnknown,
  StoreUnreadable,
} from "./stores/store.ts";

type Kept =
  | ("content" | "public" | "state")
  | ("hints" | "dryRun" | "force" | "rebuild" | "rollback" | "until" | "patience" | "log");

interface Options extends Pick<RunOptions, Kept> {
  /** The moment for which is published: what is dated later waits. The present one if absent. */
  readonly now?: Date | undefined;
}

export type { Options as PublishOptions };

/**
 * One run. What it finds wrong in the content, and what it refuses, is in the report; throws `StoreError` when a store fails and
 * `StateError` when the state cannot be understood.
 */
export const publish = ({ now = clock.now(), ...options }: Options): Promise<Report> =>
  withRenderers((rendering) => publishRun({ ...options, now, clock, run: randomUUID(), ...rendering }));
