/** Plan: what publishing would do, with a reason for each document. A pure function of records, site and now. */

import { present } from "../../base/optional.ts";
import { ofSegments } from "../../base/segments.ts";
import { apart } from "../../channels/apart.ts";
import { archiveDue } from "../../channels/archives.ts";
import { isListed } from "../../channels/listed.ts";
import { liveDue } from "../../channels/live.ts";
import { departedPosts, tombstoneExpiry } from "../../channels/tombstones.ts";
import type { Window } from "../../channels/types.ts";
import { selectWindows } from "../../channels/windows.ts";
import type { PlannedDocument } from "../../formats/types.ts";
import type { GonePost, Instant, PostRecord } from "../../model.ts";
import type { Site } from "../../site/types.ts";
import type { TagAuthority } from "../../state/ids.ts";
import type { Catalog } from "../../state/types.ts";
import type { Plan, PlannedPut, PutReason, RemoveReason } from "../types.ts";
import { copiedPath, isCopy } from "./copies.ts";
import { planDocuments } from "./documents.ts";
import { isHostFile } from "./host.ts";

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
  const documents = planDocuments(windows, input);

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
  const published = Object.keys(catalog?.documents ?? {}).filter((path) => !wanted.has(path));
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

/** When something changes by itself: a post, a stream, an archive, a tombstone. */
function dueOf({ records, gone, site, now }: PlanInput, [current]: readonly Window[]): Instant | undefined {
  const departed = departedPosts({ records, gone }, site.tombstones, now);
  const archive = current && archiveDue(current, departed, site, now);
  return earliest([
    ...momentsIn(records).flatMap(({ due, streams }) => {
      const live = streams.map((stream) => liveDue(stream, now));
      return [due, ...live].filter((moment) => moment !== undefined);
    }),
    ...departed.map(({ when }) => tombstoneExpiry(when, site.tombstones)),
    ...(archive === undefined ? [] : [archive]),
  ]);
}

/** When the first of the records changes by itself, and the streams, whose status does. */
const momentsIn = ofSegments((records: readonly PostRecord[]) => ({
  due: earliest(records.flatMap(({ due }) => due ?? [])),
  streams: records.filter(isListed).flatMap(({ facts }) => facts.live ?? []),
}));

const earliest = (instants: readonly Instant[]) =>
  instants.reduce<Instant | undefined>((a, b) => (a && a < b ? a : b), undefined);
