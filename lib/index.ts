/** What a program may import, and the whole of it: the stable surface of the package, which docs/library.md describes. */
import { randomUUID } from "node:crypto";
import { resolve } from "node:path";
import { systemClock as clock } from "./clock.ts";
import { publish as publishRun } from "./publish/publish.ts";
import type { PublishRequest } from "./publish/request.ts";
import type { Report } from "./publish/types.ts";
import { folderStore as openFolder } from "./stores/folder.ts";
import { assertApart, type PlacedStores, placeOfBucket, placeOfFolder } from "./stores/places.ts";
import type { S3Options } from "./stores/s3/options.ts";
import { s3Store as openBucket } from "./stores/s3.ts";
import type { Store } from "./stores/store.ts";
import { withHelper } from "./workers/helper.ts";
import type { FolderPlace } from "./workers/messages.ts";

export type { Etag, HeldBack, Instant, Problem, RecordState, Refusal } from "./model.ts";
export type { PutReason, Recovered, RemoveReason, Report } from "./publish/types.ts";
export { parseSite, type SiteResult } from "./site/site.ts";
export type { Site } from "./site/types.ts";
export { StateError } from "./state/objects.ts";
export { memoryStore } from "./stores/memory.ts";
export type { S3Options } from "./stores/s3/options.ts";
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

interface Options extends PublishRequest {
  /** The moment for which is published: what is dated later waits. The present one if absent. */
  readonly now?: Date | undefined;
}

export type { Options as PublishOptions };

/** Where the stores are that were opened here; of others no more can be told than which object they are. */
const places = new WeakMap<Store, string | Promise<string>>();

/** The folders of stores that were opened here: a second thread can open these, too. */
const folders = new WeakMap<Store, FolderPlace>();

/** A store in a folder on disk, which is made at the first put. Several processes may use it at once. */
export function folderStore(folder: string): Store {
  const store = openFolder(folder);
  places.set(store, placeOfFolder(folder));
  folders.set(store, { name: folder, root: resolve(folder) });
  return store;
}

/**
 * A store in a bucket of S3, or of another server with S3's protocol. Credentials are found as AWS's SDK finds them: in the environment, in
 * `~/.aws`, or from the machine. Throws a `TypeError` for a prefix without a slash at its end.
 */
export function s3Store(options: S3Options): Store {
  const store = openBucket(options);
  places.set(store, `${options.endpoint ?? ""} ${placeOfBucket(options)}`);
  return store;
}

/** Throws a `TypeError` for what the types do not admit, or cannot tell. */
async function assertUsable(stores: Pick<Options, keyof PlacedStores>, now: Date): Promise<void> {
  if (Number.isNaN(now.getTime())) throw new TypeError("now is not a date that exists");
  const placed = async (as: keyof PlacedStores) => {
    const store: Store | undefined = stores[as];
    if (store === undefined) throw new TypeError(`no store ${as}: give one, such as folderStore("…")`);
    const apart = [stores.content, stores.public, stores.state].indexOf(store);
    return { name: store.name, place: (await places.get(store)) ?? `store ${apart}/` };
  };
  const [content, served, state] = await Promise.all([placed("content"), placed("public"), placed("state")]);
  assertApart({ content, public: served, state }, (store) => `as \`${store}\``);
}

/**
 * One run. What it finds wrong in the content, and what it refuses, is in the report. Throws a `StoreError` when a store fails, a
 * `StateError` when the state cannot be understood, and a `TypeError` where the state would be served, or the content written over.
 */
export async function publish({ now = clock.now(), ...options }: Options): Promise<Report> {
  await assertUsable(options, now);
  const [content, served] = [folders.get(options.content), folders.get(options.public)];
  return withHelper(content === undefined ? undefined : { content, public: served }, (helper) =>
    publishRun({ ...options, now, clock, run: randomUUID(), helper }),
  );
}
