/** How changes are announced: the CDN is invalidated, and checked once; then hubs are told. */
import { digest } from "../base/digest.ts";
import { matcherOf } from "../base/fold.ts";
import type { Site } from "../site/types.ts";
import type { Announcer } from "../state/types.ts";
import type { Store } from "../stores/store.ts";
import type { CdnChecked } from "./canary.ts";
import { differs } from "./check.ts";
import type { Cdn } from "./cloudfront.ts";
import { depthOf, existingFeeds, feedTest } from "./feeds.ts";
import { invalidationPaths } from "./paths.ts";
import { type HubFailure, type Ping, pingHubs } from "./websub.ts";

export interface AnnounceOptions extends Pick<Ping, "fetch" | "now" | "wait"> {
  /** Is called where there is something to announce. */
  readonly site: () => Promise<AnnouncedSite>;
  readonly public: Store;
  /** `undefined`: there is no CDN to invalidate. */
  readonly cdn: Cdn | undefined;
}

export interface AnnouncedSite extends Pick<Site, "feeds" | "hubs" | "files"> {
  /** Is it a document under the path of an alias? Subscribers of hubs have the address that the document gives itself. */
  readonly isCopy?: (path: string) => boolean;
}

export interface Announcement {
  /** The paths of the invalidation, each of which is billed. */
  readonly invalidated: readonly string[];
  /** When the CDN had no old copy of them any more. */
  readonly completed?: Date;
  /** Whether the CDN serves what was published, where it was asked: one check is enough, since a run that wrote meanwhile announces again. */
  readonly checked?: CdnChecked;
  readonly hubs: readonly HubFailure[];
}

/** How many topics may wait for a hub: one that stays down must not cost more and more. */
const MAX_TOPICS = 5000;

/** `announced` is called with what was done, as far as it came. A check that fails, and hubs that fail, are only reported. */
export function announcerOf(options: AnnounceOptions, announced: (announcement: Announcement) => void): Announcer {
  const { public: store, cdn, fetch, now, wait } = options;
  let announcement: Announcement = { invalidated: [], hubs: [] };
  const report = (done: Partial<Announcement>) => {
    announcement = { ...announcement, ...done };
    announced(announcement);
  };
  return {
    async invalidate(changes, signal, reference) {
      const { feeds, files, isCopy = () => false } = await options.site();
      if (!cdn) return;
      // Each copy would be billed with each edit. They are cached for no longer than `cacheControl` says.
      const paths = changes.paths.filter((path) => !isCopy(path));
      const invalidated = invalidationPaths({ ...changes, paths }, new URL(feeds).pathname, files.page);
      if (invalidated.length === 0) return;
      // With other paths, CloudFront refuses a reference that it knows.
      await cdn.invalidate(invalidated, `${reference}-${digest(invalidated)}`, signal);
      report({ invalidated, completed: now() });
      const [path] = paths.filter(feedTest({ files })).toSorted((a, b) => depthOf(a) - depthOf(b));
      if (path === undefined) return;
      const found = await differs({ path, url: urlOf(path, feeds), store, fetch }, signal);
      report({ checked: found === undefined || found === "unpublished" ? {} : { stale: found.why } });
    },
    hubs: {
      async topics(waiting, { paths }) {
        const { hubs, files, isCopy = () => false } = await options.site();
        if (hubs.length === 0) return {};
        const named = [...new Set([...Object.values(waiting).flat(), ...paths])];
        const existing = await existingFeeds(store, named, feedTest({ files }));
        const feeds = existing.filter((path) => !isCopy(path));
        const hasChanged = matcherOf(paths);
        const wanted = hubs.map((hub) => {
          const waits = matcherOf(waiting[hub] ?? []);
          return [hub, feeds.filter((path) => hasChanged(path) || waits(path))] as const;
        });
        report({ hubs: wanted.flatMap(([hub, topics]) => droppedOf(hub, topics.slice(MAX_TOPICS))) });
        return Object.fromEntries(
          wanted.flatMap(([hub, topics]) => (topics.length > 0 ? [[hub, topics.slice(0, MAX_TOPICS)]] : [])),
        );
      },
      async notify(topics, settle, time) {
        const { feeds } = await options.site();
        const urls = Object.entries(topics).map(([hub, paths]) => [hub, paths.map((path) => urlOf(path, feeds))]);
        const paths = new Map(Object.values(topics).flatMap((all) => all.map((path) => [urlOf(path, feeds), path])));
        const failures = await pingHubs({
          topics: Object.fromEntries(urls),
          settle: (hub, url) => settle(hub, paths.get(url) ?? url),
          ...{ fetch, now, wait, ...time },
        });
        report({ hubs: [...announcement.hubs, ...failures] });
      },
    },
  };
}

function droppedOf(hub: string, [topic, ...others]: readonly string[]): readonly HubFailure[] {
  if (topic === undefined) return [];
  const why = `more than ${MAX_TOPICS} topics wait for it: this one and ${others.length} others are dropped`;
  return [{ hub, topic, why }];
}

const urlOf = (path: string, feeds: string): string => feeds + path.split("/").map(encodeURIComponent).join("/");
