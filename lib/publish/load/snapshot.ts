/** The snapshot: the catalog and all beside it that an attempt begins with. */
import type { Ledger } from "../../adopt/ledger.ts";
import { folderOfKey, publicUrl } from "../../channels/urls.ts";
import { fileOf } from "../../formats/files.ts";
import type { Site } from "../../site/types.ts";
import { foldAdopted, readAdopted } from "../../state/adopted.ts";
import { readCatalog } from "../../state/catalog.ts";
import { type CurrentHead, readHead } from "../../state/head.ts";
import { mintPodcastGuid, type TagAuthority } from "../../state/ids.ts";
import { inheritedPaths } from "../../state/intents.ts";
import { LostLease } from "../../state/lease.ts";
import type { Catalog } from "../../state/types.ts";
import type { Store } from "../../stores/store.ts";

export interface Snapshot {
  readonly head: CurrentHead;
  /** Nothing before the first commit. */
  readonly catalog: Catalog | undefined;
  /** Keys of the catalogs before this run, newest first. */
  readonly former: readonly string[];
  readonly authority: TagAuthority;
  /** Of the site's podcast, if it is one. */
  readonly podcastGuid: string;
  /** Key of the ids of a former system, where posts may still wait for theirs. */
  readonly adoptedKey: string | undefined;
  /** Paths that a run before this one may have left half written. */
  readonly inherited: ReadonlySet<string>;
  /** How many objects of the state store may be unused. */
  readonly unused: number;
  /** Where this attempt began: at the feeds, or at a former catalog. It is committed, though nothing else changed. */
  readonly origin?: "feeds" | "former";
}

/** How many objects a run that died left unused is unknown: enough to make the next full run collect. */
const ENOUGH_TO_COLLECT = 1_000_000;

/** What a head names besides its catalog. */
export interface HeadExtras {
  /** Paths that its lease may have left half written. */
  readonly inherited: ReadonlySet<string>;
  /** Ids of a former system that are in no catalog yet. */
  readonly pending: Ledger;
}

/** Throws `StateError` when an object that the head names is damaged or gone. */
export async function readHeadExtras(state: Store, head: CurrentHead): Promise<HeadExtras> {
  const [inherited, pending] = await Promise.all([inheritedPaths(state, head), readAdopted(state, head.value.adopted)]);
  return { inherited, pending };
}

/** The snapshot that the head names. Throws `LostLease` when another run wrote meanwhile, `StateError` on damage. */
export async function loadCurrent(state: Store, site: Site, head: CurrentHead): Promise<Snapshot> {
  const [catalog, extras] = await Promise.all([readCatalog(state, head.value), readHeadExtras(state, head)]).catch(
    async (error: unknown) => {
      // The objects that it named may be gone because there are newer ones.
      if ((await readHead(state)).etag !== head.etag) throw new LostLease("another run wrote meanwhile");
      throw error;
    },
  );
  return snapshotOf(site, head, extras, { catalog, former: formerOf(head, catalog) });
}

/** Keys of the catalogs that are kept beside one that comes after the one that the head names. */
export const formerOf = ({ value: head }: CurrentHead, current: Catalog | undefined): readonly string[] =>
  current && head.catalog !== undefined ? [head.catalog, ...current.former] : [];

/** The snapshot with this catalog, whether or not it is the one that the head names. */
export function snapshotOf(
  site: Site,
  head: CurrentHead,
  { inherited, pending }: HeadExtras,
  { catalog: published, former }: Pick<Snapshot, "catalog" | "former">,
): Snapshot {
  const catalog = published && foldAdopted(published, pending);
  // Fixed by the first run: ids stay, whatever the site is called later.
  const { authority, since } = catalog ?? { authority: new URL(site.url).hostname, since: site.since };
  return {
    head,
    catalog,
    former,
    adoptedKey: head.value.adopted ?? catalog?.adopted,
    authority: { authority, since },
    podcastGuid: site.podcast?.guid ?? catalog?.podcast ?? mintPodcastGuid(podcastFeed(site)),
    inherited,
    unused: (catalog?.unused ?? 0) + (head.value.lease ? ENOUGH_TO_COLLECT : 0),
  };
}

/** The URL at which the podcast is subscribed to. */
function podcastFeed(site: Site): string {
  const { channel = "site" } = site.podcast ?? {};
  return publicUrl(folderOfKey(channel, site) + fileOf("rss", site), site);
}
