/** Announces what changed: invalidates the CDN, checks once what it then serves, and notifies the hubs. */
import { present } from "../base/optional.ts";
import { FORMATS } from "../formats/files.ts";
import type { Site } from "../site/types.ts";
import type { Outbox } from "../state/types.ts";
import { readObject, type Store } from "../stores/store.ts";
import type { Cdn } from "./cloudfront.ts";
import { invalidationPaths } from "./paths.ts";
import { type HubFailure, type Ping, pingHubs } from "./websub.ts";

export interface AnnounceOptions extends Pick<Ping, "fetch" | "wait"> {
  readonly site: Pick<Site, "feeds" | "hubs" | "formats">;
  readonly public: Store;
  /** `undefined`: there is no CDN to invalidate. */
  readonly cdn: Cdn | undefined;
  /** CloudFront's caller reference: the same one twice is one invalidation. */
  readonly reference: string;
}

export interface Announcement {
  /** The paths of the invalidation. */
  readonly invalidated: readonly string[];
  /** How what the CDN serves differs from what was published. */
  readonly stale?: string;
  readonly hubs: readonly HubFailure[];
}

/** Throws when the invalidation fails. Hubs that fail and a check that fails are only reported. */
export async function announceChanges(
  { paths }: Pick<Outbox, "paths">,
  { site, public: store, cdn, reference, fetch, wait }: AnnounceOptions,
  signal: AbortSignal,
): Promise<Announcement> {
  const { feeds, hubs } = site;
  const feedPaths = changedFeeds(paths, site);
  const invalidated = cdn ? invalidationPaths(paths, new URL(feeds).pathname) : [];
  if (cdn) await cdn.invalidate(invalidated, reference, signal);
  const [sample] = feedPaths;
  const stale = cdn && sample !== undefined ? await differs(sample, feeds, store, fetch, signal) : undefined;
  const topics = feedPaths.map((path) => urlOf(path, feeds));
  const failures = await pingHubs({ hubs, topics, fetch, wait, signal });
  return { invalidated, ...present({ stale }), hubs: failures };
}

const FEED_FILES = Object.values(FORMATS).map(({ file }) => file);

/** The feeds among the changed paths, those of the site first. `*` (everything changed) stands for the site's feeds. */
function changedFeeds(paths: readonly string[], { formats }: Pick<Site, "formats">): readonly string[] {
  if (paths.includes("*")) return formats.map((format) => FORMATS[format].file);
  const feeds = paths.filter((path) => FEED_FILES.includes(path.slice(path.lastIndexOf("/") + 1)));
  const depth = (path: string) => path.split("/").length;
  return feeds.toSorted((a, b) => depth(a) - depth(b));
}

const urlOf = (path: string, feeds: string): string => feeds + path.split("/").map(encodeURIComponent).join("/");

/** One check is enough: where a run writes in between and causes the difference, it announces again. */
async function differs(
  path: string,
  feeds: string,
  store: Store,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
): Promise<string | undefined> {
  const url = urlOf(path, feeds);
  try {
    const published = await readObject(store, path);
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]) });
    const served = new Uint8Array(await response.arrayBuffer());
    if (!published) return response.ok ? `${url} is still served, though it was removed` : undefined;
    if (!response.ok) return `${url} answers ${response.status}`;
    return Buffer.compare(served, published.body) === 0 ? undefined : `${url} is not what was published`;
  } catch (error) {
    return `${url} could not be checked: ${(error as Error).message}`;
  }
}
