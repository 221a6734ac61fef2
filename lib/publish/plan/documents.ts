/** The documents that a site has now, each with its fingerprint; what of it is stale is up to the plan. */
import { memoisedOf } from "../../base/memoised.ts";
import type { Window } from "../../channels/types.ts";
import { type CountedListing, countedListings, listSources, pageDirectory } from "../../formats/directory.ts";
import { DISCOVERY, FORMATS, fileOf, PAGE } from "../../formats/files.ts";
import { feedSources, pageSource } from "../../formats/inputs.ts";
import type { ChannelSource, ListSource, PageDirectory, PlannedDocument } from "../../formats/types.ts";
import type { Instant } from "../../model.ts";
import type { Site } from "../../site/types.ts";
import { channelId, type TagAuthority } from "../../state/ids.ts";
import type { Catalog } from "../../state/types.ts";
import { planCopies } from "./copies.ts";
import { fingerprintOf } from "./fingerprints.ts";
import { planHostFiles, withExactTypes } from "./host.ts";

/** What documents are made of besides windows. */
export interface Publication {
  readonly site: Site;
  readonly now: Instant;
  readonly catalog: Pick<Catalog, "channels"> | undefined;
  readonly authority: TagAuthority;
  readonly podcastGuid: string;
}

export function planDocuments(windows: readonly Window[], publication: Publication): readonly PlannedDocument[] {
  const { site, now } = publication;
  const counted = countedListings(windows, site);
  const directory = site.pages ? pageDirectory(counted, site) : undefined;
  const ofChannels = windows.flatMap((window) => planWindow(window, directory, publication));
  const updated = ofChannels[0]?.updated ?? now;
  const originals = withExactTypes([...ofChannels, ...planLists(counted, updated, site)], site);
  const ofHost = planHostFiles(originals, site, updated);
  return [...originals, ...planCopies(originals, site), ...ofHost];
}

type Of = Pick<Publication, "site" | "podcastGuid" | "authority">;

interface PlannedChannel extends Of {
  readonly updated: Instant;
  readonly documents: readonly PlannedDocument[];
}

/** By window: it is the same object as long as nothing in it changed. */
const plannedBefore = new WeakMap<Window, PlannedChannel>();

/** The documents of a channel, and its page. */
function planWindow(
  window: Window,
  directory: PageDirectory | undefined,
  publication: Publication,
): readonly PlannedDocument[] {
  const { site, podcastGuid, authority } = publication;
  const updated = updatedOf(window, publication);
  // The site's own page shows other channels as well.
  if (window.channel.kind === "site") return documentsOf(window, updated, directory, publication);
  const before = plannedBefore.get(window);
  if (before && before.updated === updated && isSame(before, publication)) return before.documents;
  const documents = documentsOf(window, updated, undefined, publication);
  plannedBefore.set(window, { site, podcastGuid, authority, updated, documents });
  return documents;
}

const isSame = (a: Of, b: Of): boolean =>
  a.site === b.site &&
  a.podcastGuid === b.podcastGuid &&
  a.authority.authority === b.authority.authority &&
  a.authority.since === b.authority.since;

function documentsOf(
  window: Window,
  updated: Instant,
  directory: PageDirectory | undefined,
  { site, authority, podcastGuid }: Of,
): readonly PlannedDocument[] {
  const { channel } = window;
  const id = channelId(channel.key, authority);
  const feeds = feedSources({ site, window, updated, id, podcastGuid });
  const hasPage = site.pages && channel.kind !== "archive";
  const sources = hasPage ? [...feeds, pageSource(window, site, directory)] : feeds;
  return sources.map((source) => {
    const { contentType } = source.as === "page" ? PAGE : FORMATS[source.as];
    return planned(channel.path + fileOf(source.as, site), contentType, source, updated, site);
  });
}

/** The lists of all channels. */
const planLists = (counted: readonly CountedListing[], updated: Instant, site: Site): readonly PlannedDocument[] =>
  listSources(counted, site).map((source) => {
    const { file, contentType } = DISCOVERY[source.as];
    return planned(file, contentType, source, updated, site);
  });

const planned = (
  path: string,
  contentType: string,
  source: ChannelSource | ListSource,
  updated: Instant,
  site: Site,
): PlannedDocument => ({ path, source, contentType, updated, fingerprint: fingerprintOf(source, site) });

/** The latest change of what the channel carries and has carried: it never falls. */
function updatedOf(window: Window, { catalog, authority: { since } }: Publication): Instant {
  const beginning = `${String(since).padStart(4, "0")}-01-01T00:00:00Z`; // of a channel that never carried anything
  const former = catalog?.channels[window.channel.key]?.updated;
  return latest([lastChange(window), former].filter((moment) => moment !== undefined)) ?? beginning;
}

const lastChange = memoisedOf(({ records, deleted }: Window) =>
  latest([...records.map(({ facts }) => facts.updated), ...deleted.map(({ when }) => when)]),
);

const latest = (instants: readonly Instant[]) =>
  instants.reduce<Instant | undefined>((a, b) => (a && a > b ? a : b), undefined);
