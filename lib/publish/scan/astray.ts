/** Writes gone astray: of a run that was taken over, one may still arrive where the catalog knows of no document. */
import type { Catalog, Instant } from "../../model.ts";

/** Far longer than a request is on its way or a machine sleeps over lunch; then the path is anybody's again. */
const ASTRAY_MS = 24 * 60 * 60 * 1000;

/** Paths at which an object may be a late one of ours. */
export function astrayPaths(catalog: Catalog | undefined, now: Instant): readonly string[] {
  return Object.entries(catalog?.astray ?? {}).flatMap(([path, until]) => (until > now ? [path] : []));
}

/** What the next catalog notes: the inherited paths that it has no document at, besides those noted before. */
export function astrayAfter(
  former: Catalog | undefined,
  inherited: ReadonlySet<string>,
  documents: ReadonlyMap<string, unknown>,
  now: Instant,
): Pick<Catalog, "astray"> {
  const until = new Date(Date.parse(now) + ASTRAY_MS).toISOString();
  const known = astrayPaths(former, now).map((path) => [path, former?.astray?.[path] ?? until] as const);
  const added = [...inherited].map((path) => [path, until] as const);
  const astray = [...known, ...added].filter(([path]) => !documents.has(path));
  return astray.length === 0 ? {} : { astray: Object.fromEntries(astray.sort(([a], [b]) => (a < b ? -1 : 1))) };
}
