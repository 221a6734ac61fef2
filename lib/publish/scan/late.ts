/** Late writes: a put of a run that was taken over may still arrive where the catalog knows of no document. */
import type { Instant } from "../../model.ts";
import type { Catalog } from "../../state/types.ts";

/** Far longer than a request is on its way or a computer sleeps; then the path is free again. */
const LATE_MS = 24 * 60 * 60 * 1000;

/** Paths at which an object may be a late write of ours. */
export function latePaths(catalog: Catalog | undefined, now: Instant): readonly string[] {
  return Object.entries(catalog?.late ?? {}).flatMap(([path, until]) => (until > now ? [path] : []));
}

/** What the next catalog notes: inherited paths at which it has no document, besides those noted before. */
export function lateAfter(
  former: Catalog | undefined,
  inherited: ReadonlySet<string>,
  documents: Catalog["documents"],
  now: Instant,
): Pick<Catalog, "late"> {
  const until = new Date(Date.parse(now) + LATE_MS).toISOString();
  const known = latePaths(former, now).map((path) => [path, former?.late?.[path] ?? until] as const);
  const added = [...inherited].map((path) => [path, until] as const);
  const late = [...known, ...added].filter(([path]) => !Object.hasOwn(documents, path));
  return late.length === 0 ? {} : { late: Object.fromEntries(late.sort(([a], [b]) => (a < b ? -1 : 1))) };
}
