/** Plan: what publishing would do, with a reason for each document. A pure function of records, site and now. */
import { selectWindows } from "../channels/windows.ts";
import { digest } from "../content/digest.ts";
import { FORMAT_NAMES, FORMATS } from "../formats/formats.ts";
import type { Catalog, Instant, Plan, PlannedDocument, PostRecord, PutReason, Site, Window } from "../model.ts";
import { channelId, type TagAuthority } from "./ids.ts";

export interface PlanInput {
  readonly records: readonly PostRecord[];
  readonly site: Site;
  readonly catalog: Catalog | undefined;
  readonly authority: TagAuthority;
  /** Paths that a pass before this one left half done. */
  readonly inherited: ReadonlySet<string>;
  /** Paths whose object is not what the catalog says. */
  readonly drifted: ReadonlySet<string>;
}

export function planPass({ records, site, catalog, authority, inherited, drifted }: PlanInput): Plan {
  const documents = selectWindows(records, site).flatMap((window) => planWindow(window, site, catalog, authority));

  const reasonToPut = ({ path, fingerprint }: PlannedDocument): PutReason | undefined => {
    const published = catalog?.documents[path];
    if (inherited.has(path)) return "inherited";
    if (!published) return "new";
    if (published.fingerprint !== fingerprint) return "changed";
    return drifted.has(path) ? "drifted" : undefined;
  };
  const put = documents.flatMap((document) => {
    const reason = reasonToPut(document);
    return reason ? [{ path: document.path, reason }] : [];
  });

  const wanted = new Set(documents.map(({ path }) => path));
  const published = Object.keys(catalog?.documents ?? {});
  const remove = [...new Set([...published, ...inherited])]
    .filter((path) => !wanted.has(path))
    .sort()
    .map((path) => ({ path, reason: inherited.has(path) ? ("inherited" as const) : ("channel gone" as const) }));

  const due = earliest(records.flatMap((record) => record.due ?? []));
  return { documents, put, remove, ...(due !== undefined && { due }) };
}

function planWindow(
  window: Window,
  site: Site,
  catalog: Catalog | undefined,
  authority: TagAuthority,
): readonly PlannedDocument[] {
  const { channel, records } = window;
  // What a document holds besides its head: the same for each format of a channel.
  const items = digest(
    ...records.map(({ facts }) => {
      const { id, url, published, updated, language, authors, tags, categories, content = null, inputHash } = facts;
      return [id, url, published, updated, language, authors, tags, categories, content, inputHash];
    }),
  );
  const updated = updatedOf(window, catalog, authority);
  return FORMAT_NAMES.map((format) => {
    const { file, version, contentType } = FORMATS[format];
    const path = channel.path + file;
    const { feeds, authors, hubs, cacheControl } = site;
    const head = [channel, channelId(channel.key, authority), feeds, site.title, site.url, authors, hubs];
    const fingerprint = digest(format, version, contentType, cacheControl, head, updated, items);
    return { path, format, window, updated, fingerprint };
  });
}

/** The latest of what the channel carries and has carried: it never falls. */
function updatedOf({ channel, records }: Window, catalog: Catalog | undefined, { since }: TagAuthority): Instant {
  const beginning = `${String(since).padStart(4, "0")}-01-01T00:00:00Z`; // of a channel that never carried anything
  const former = catalog?.channels[channel.key]?.updated;
  const carried = records.map(({ facts }) => facts.updated);
  return latest([...carried, ...(former === undefined ? [] : [former])]) ?? beginning;
}

const latest = (instants: readonly Instant[]) => [...instants].sort().at(-1);
const earliest = (instants: readonly Instant[]) => [...instants].sort()[0];
