/** Which settings and versions posts are read with. */
import { digest } from "../../base/digest.ts";
import { entryLimit } from "../../content/entrylimit.ts";
import { READER_VERSION, RENDERER_VERSION } from "../../content/versions.ts";
import { mediaUrlsOf } from "../../site/media.ts";
import type { Site } from "../../site/types.ts";

/** What records are read with; another value makes every record be read anew. */
export function readerDigest(site: Site): string {
  const { url, language, timezone, since, authors, permalink, dialect = null, languages, fileDates } = site;
  const { include, exclude, taxonomies, posts, sourceMarkdown, emoji, templates, variables } = site;
  const { enclosurePrefix = null } = site;
  const defaults = site.defaults.map(({ paths, values }) => [paths, values] as const);
  const place = [url, permalink, dialect, languages, fileDates, include, exclude, taxonomies, posts, defaults];
  const served = [mediaUrlsOf(site), enclosurePrefix];
  const bounds = [site.guard.tags ?? null, String(entryLimit(site, undefined)), String(entryLimit(site, "full"))];
  const read = [place, language, timezone, since, authors, sourceMarkdown, emoji, served, bounds, templates, variables];
  return digest(READER_VERSION, RENDERER_VERSION, ...read);
}
