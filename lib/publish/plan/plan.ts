/** Plan: what publishing would do, with a reason for each document. A pure function of records, site and now. */

import { present } from "../../base/optional.ts";
import { apart } from "../../channels/apart.ts";
import { archiveDue } from "../../channels/archives.ts";
import { isListed } from "../../channels/listed.ts";
import { liveDue } from "../../channels/live.ts";
import { departedPosts, tombstoneExpiry } from "../../channels/tombstones.ts";
import type { Window } from "../../channels/types.ts";
import { selectWindows } from "../../channels/windows.ts";
import { DISCOVERY, FORMATS, fileOf, PAGE } from "../../formats/files.ts";
import type { PlannedDocument } from "../../formats/types.ts";
import type { GonePost, Instant, PostRecord } from "../../model.ts";
import type { Site } from "../../site/types.ts";
import { channelId, type TagAuthority } from "../../state/ids.ts";
import type { Catalog } from "../../state/types.ts";
import type { Plan, PlannedPut, PutReason, RemoveReason } from "../types.ts";
import { copiedPath, isCopy, planCopies } from "./copies.ts";
import { type Fingerprints, fingerprintsOf } from "./fingerprints.ts";
import { isHostFile, planHostFiles, withExactTypes } from "./host.ts";

export interface PlanInput {
  readonly records: readonly PostRecord[];
  readonly gone: readonly GonePost[];
  readonly site: Site;
  readonly now: Instant;
  readonly catalog: Catalog | undefined;
  readonly authority: TagAuthority;
  readonly podcastGuid: string;
  /** Paths that a run before this one left half written, and those of late writes that arrived. */
  readonly inherited: ReadonlySet<string>;
  /** Paths whose object is not what the catalog says. */
  readonly drifted: ReadonlySet<string>;
}

export function planRun(input: PlanInput): Plan {
  const { catalog, inherited, drifted } = input;
  const selected = selectWindows({ ...input, ...present({ published: catalog?.channels }) });
  const { windows, displaced } = apart(selected, input.site, (key) => catalog?.channels[key] !== undefined);
  const fingerprints = fingerprintsOf(windows, input.site, input.podcastGuid);
  const ofChannels = windows.flatMap((window) => planWindow(window, fingerprints, input));
  const updated = ofChannels[0]?.updated ?? input.now;
  const originals = withExactTypes([...ofChannels, ...planDiscovery(updated, fingerprints)], input.site);
  const ofHost = planHostFiles(originals, input.site, updated);
  const documents = [...originals, ...planCopies(originals, input.site), ...ofHost];

  const reasonToPut = ({ path, fingerprint }: PlannedDocument): PutReason | undefined => {
    const published = catalog?.documents[path];
    if (inherited.has(path)) return "inherited";
    if (!published) return "new";
    if (published.fingerprint !== fingerprint) return "changed";
    return drifted.has(path) ? "drifted" : undefined;
  };
  const stale = documents.flatMap((document): readonly PlannedPut[] => {
    const reason = reasonToPut(document);
    return reason ? [{ document, reason }] : [];
  });
  // An entry is in an archive before it leaves the site's feed, or a reader could miss it.
  const put = [...stale.filter(isArchived), ...stale.filter((planned) => !isArchived(planned))];

  const names = new Set(Object.values(input.site.files));
  const wanted = new Set(documents.map(({ path }) => path));
  const published = Object.keys(catalog?.documents ?? {});
  const reasonToRemove = (path: string): RemoveReason => {
    if (inherited.has(path)) return "inherited";
    const document = catalog?.documents[path];
    const isOfFormerAlias = document && isCopy(document) && wanted.has(copiedPath(document));
    if (isOfFormerAlias) return "alias gone";
    if (isHostFile(path)) return "host changed";
    if (document && !isCopy(document) && !names.has(path.slice(path.lastIndexOf("/") + 1))) return "name gone";
    return path.startsWith("archive/") ? "archive gone" : "channel gone";
  };
  const remove = [...new Set([...published, ...inherited])]
    .filter((path) => !wanted.has(path))
    .sort()
    .map((path) => ({ path, reason: reasonToRemove(path) }));

  const due = dueOf(input, windows);
  return { documents, windows, displaced, put, remove, ...present({ due }) };
}

const isArchived = ({ document: { source } }: PlannedPut): boolean =>
  "window" in source && source.window.channel.kind === "archive";

interface PlannedChannel {
  readonly setting: string;
  readonly updated: Instant;
  readonly documents: readonly PlannedDocument[];
}

/** By window: it is the same object as long as nothing in it changed. */
const plannedBefore = new WeakMap<Window, PlannedChannel>();

/** The documents of a channel, and its page. */
function planWindow(window: Window, fingerprints: Fingerprints, input: PlanInput): readonly PlannedDocument[] {
  const { channel } = window;
  const { setting } = fingerprints;
  const updated = updatedOf(window, input);
  const before = plannedBefore.get(window);
  if (before?.setting === setting && before.updated === updated) return before.documents;
  const documents = documentsOf(window, updated, fingerprints, input);
  // The site's own documents show other channels as well.
  if (channel.kind !== "site") plannedBefore.set(window, { setting, updated, documents });
  return documents;
}

function documentsOf(
  window: Window,
  updated: Instant,
  fingerprints: Fingerprints,
  { site, authority }: PlanInput,
): readonly PlannedDocument[] {
  const { channel } = window;
  const fingerprintIn = fingerprints.feeds(window, updated, channelId(channel.key, authority));
  const documents = channel.formats.map((format): PlannedDocument => {
    const path = channel.path + fileOf(format, site);
    const { contentType } = FORMATS[format];
    return { path, source: { as: format, window }, contentType, updated, fingerprint: fingerprintIn(format) };
  });
  if (!site.pages || channel.kind === "archive") return documents;
  const path = channel.path + fileOf("page", site);
  const source = { as: "page", window } as const;
  const fingerprint = fingerprints.page(window);
  return [...documents, { path, source, contentType: PAGE.contentType, updated, fingerprint }];
}

/** The lists of all channels. */
function planDiscovery(updated: Instant, fingerprints: Fingerprints): readonly PlannedDocument[] {
  return (["opml", "list", "head"] as const).map((as) => {
    const { file, contentType } = DISCOVERY[as];
    return { path: file, source: { as }, contentType, updated, fingerprint: fingerprints.discovery(as) };
  });
}

/** The latest change of what the channel carries and has carried: it never falls. */
function updatedOf(window: Window, { catalog, authority: { since } }: PlanInput): Instant {
  const beginning = `${String(since).padStart(4, "0")}-01-01T00:00:00Z`; // of a channel that never carried anything
  const former = catalog?.channels[window.channel.key]?.updated;
  return latest([lastChange(window), former].filter((moment) => moment !== undefined)) ?? beginning;
}

const lastChanges = new WeakMap<Window, Instant | undefined>();

function lastChange(window: Window): Instant | undefined {
  if (lastChanges.has(window)) return lastChanges.get(window);
  const { records, deleted } = window;
  const last = latest([...records.map(({ facts }) => facts.updated), ...deleted.map(({ when }) => when)]);
  lastChanges.set(window, last);
  return last;
}

/** When something changes by itself: a post, a stream, an archive, a tombstone. */
function dueOf({ records, gone, site, now }: PlanInput, [current]: readonly Window[]): Instant | undefined {
  const departed = departedPosts({ records, gone }, site.tombstones, now);
  const archive = current && archiveDue(current, departed, site, now);
  return earliest([
    ...records.flatMap((record) => {
      const live = isListed(record) && record.facts.live ? liveDue(record.facts.live, now) : undefined;
      return [record.due, live].filter((moment) => moment !== undefined);
    }),
    ...departed.map(({ when }) => tombstoneExpiry(when, site.tombstones)),
    ...(archive === undefined ? [] : [archive]),
  ]);
}

const latest = (instants: readonly Instant[]) =>
  instants.reduce<Instant | undefined>((a, b) => (a && a > b ? a : b), undefined);
const earliest = (instants: readonly Instant[]) =>
  instants.reduce<Instant | undefined>((a, b) => (a && a < b ? a : b), undefined);
