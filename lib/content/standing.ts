/** Whether what stands in a file may be shown: the answer for a post, and for a file that a post includes. */
import { isError, type ReportProblem } from "../base/problems.ts";
import type { DialectName, HeldBack } from "../model.ts";
import type { Site } from "../site/types.ts";
import { folderDefaults } from "./defaults/defaults.ts";
import { parseDate } from "./facts/dates.ts";
import { KEYS } from "./facts/dialects.ts";
import { type Place, placeOf } from "./facts/place.ts";
import { isExcludedBy, readTaxonomy, type Taxonomy } from "./facts/taxonomy.ts";
import { heldBackBy, holderAmong } from "./facts/visibility.ts";
import { readSource, type SourceFile } from "./frontmatter/frontmatter.ts";
import type { Field } from "./frontmatter/types.ts";
import { type Fields, given, textOf, withTaxonomies } from "./frontmatter/values.ts";
import type { OtherObjects } from "./outside.ts";

interface Said {
  readonly key: string;
  /** With what is said of the file elsewhere. */
  readonly fields: Fields;
  readonly repeated: SourceFile["repeated"];
  readonly taxonomy: Taxonomy;
  readonly place: Place;
  readonly site: Pick<Site, "timezone" | "include" | "exclude">;
  readonly report: ReportProblem;
}

/** Why a file is held back by its place, its front matter, its folder, or the site. */
export function reasonToHold({ key, fields, repeated, taxonomy, place, site, report }: Said): HeldBack | undefined {
  const isDate = (field: Field) => parseDate(textOf(field) ?? "", site.timezone) !== undefined;
  return (
    heldBackBy(fields, place, isDate, report) ??
    // Of two lines that disagree, the one that holds the post back counts: a leak cannot be undone.
    holderAmong(repeated ?? [], place, isDate)?.reason ??
    (isExcludedBy(taxonomy, key, site) ? "excluded" : undefined)
  );
}

/** What `include` asks for is asked of posts alone, and may stand in a line that cannot be read. */
export const excludingOnly = ({ exclude }: Pick<Site, "exclude">): Pick<Site, "include" | "exclude"> => ({
  exclude,
  include: { paths: [], tags: [], categories: [] },
});

export interface Including {
  /** The post that shows the file. */
  readonly key: string;
  readonly dialect: DialectName;
  readonly site: Site;
  readonly outside: OtherObjects;
}

export type Standing = "shown" | "held-back" | "broken";

/**
 * Of a file that is no post by itself. A date holds it back, since it is shown as soon as the post is; so does a file that is to
 * say what holds for its folder and cannot be read. What belongs to another post stands as that one does.
 */
export function standingOf(key: string, source: SourceFile, by: Including): Standing {
  const said = [source.fields, ...(source.repeated ?? []).map((field) => new Map([field]))];
  return said.some((fields) => given(fields, ...DATES)) ? "held-back" : standing(key, source, by);
}

const DATES = [...KEYS.date, ...KEYS.publishDate, ...KEYS.expires];

function standing(key: string, source: SourceFile, by: Including): Standing {
  const { dialect, site, outside } = by;
  const whole = placeOf(key, site);
  // A name that begins with `_` is that of a part.
  const { aside, ...place } = whole;
  const { problems, partOf, complete } = folderDefaults({ key, dialect, place, site, outside });
  if (problems.some(isError)) return "broken";
  for (const owner of partOf) {
    const read = owner === by.key ? undefined : standingOfOwner(owner, by);
    if (read !== undefined && read !== "shown") return read;
  }
  const fields = complete(withTaxonomies(source.fields));
  if (given(fields, ...KEYS.publishDate, ...KEYS.expires)) return "held-back";
  const taxonomy = readTaxonomy(fields, whole, dialect, site);
  const rules = { ...excludingOnly(site), timezone: site.timezone };
  const said = { key, fields, repeated: source.repeated, taxonomy, place, site: rules, report: () => undefined };
  return reasonToHold(said) === undefined ? "shown" : "held-back";
}

function standingOfOwner(key: string, by: Including): Standing {
  const { source, problems } = readSource(key, new TextEncoder().encode(by.outside.textOf(key) ?? ""));
  return !source || problems.some(isError) ? "broken" : standing(key, source, by);
}
