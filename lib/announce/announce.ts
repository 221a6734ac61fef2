/** Telling of what changed, in order: the CDN forgets, what it then serves is looked at once, hubs are told. */
import { FORMATS } from "../formats/files.ts";
import type { Outbox, Site } from "../model.ts";
import { readObject, type Store } from "../stores/store.ts";
import type { Cdn } from "./cloudfront.ts";
import { invalidationPaths } from "./paths.ts";
import { type HubFailure, type Ping, pingHubs } from "./websub.ts";

export interface AnnounceOptions extends Pick<Ping, "fetch" | "wait"> {
  readonly site: Pick<Site, "feeds" | "hubs" | "formats">;
  readonly public: Store;
  /** Where there is none, nobody keeps copies that would have to go. */
  readonly cdn: Cdn | undefined;
  /** A name for this telling; the same one twice is one invalidation. */
  readonly reference: string;
}

export interface Told {
  /** What the CDN was told to forget. */
  readonly invalidated: readonly string[];
  /** Why what it serves is not what was published, if it is not. */
  readonly stale?: string;
  readonly hubs: readonly HubFailure[];
}

/** Throws when the CDN could not be told. A hub, or a look that fails, is told of and no more. */
export async function announceChanges(
  { paths }: Pick<Outbox, "paths">,
  { site, public: store, cdn, reference, fetch, wait }: AnnounceOptions,
  signal: AbortSignal,
): Promise<Told> {
  const { feeds, hubs } = site;
  const feedPaths = changedFeeds(paths, site);
  const invalidated = cdn ? invalidationPaths(paths, new URL(feeds).pathname) : [];
  if (cdn) await cdn.invalidate(invalidated, reference, signal);
  const [sample] = feedPaths;
  const stale = cdn && sample !== undefined ? await differs(sample, feeds, store, fetch, signal) : undefined;
  const topics = feedPaths.map((path) => urlOf(path, feeds));
  const failures = await pingHubs({ hubs, topics, fetch, wait, signal });
  return { invalidated, ...(stale !== undefined && { stale }), hubs: failures };
}

const FEED_FILES = Object.values(FORMATS).map(({ file }) => file);

/** Feeds alone can be subscribed to; the site's own first. Where all changed, these stand for all. */
function changedFeeds(paths: readonly string[], { formats }: Pick<Site, "formats">): readonly string[] {
  if (paths.includes("*")) return formats.map((format) => FORMATS[format].file);
  const feeds = paths.filter((path) => FEED_FILES.includes(path.slice(path.lastIndexOf("/") + 1)));
  const depth = (path: string) => path.split("/").length;
  return feeds.toSorted((a, b) => depth(a) - depth(b));
}

const urlOf = (path: string, feeds: string): string => feeds + path.split("/").map(encodeURIComponent).join("/");

/** A run that writes meanwhile makes a difference too: it announces again, so once is enough. */
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
    return `${url} could not be looked at: ${(error as Error).message}`;
  }
}
