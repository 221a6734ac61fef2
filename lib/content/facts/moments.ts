/** When a post is published, updated and expires, from all the dates that it has. */
import { present } from "../../base/optional.ts";
import type { ReportProblem } from "../../base/problems.ts";
import type { Instant } from "../../model.ts";
import { LONGEST_PART } from "../../site/permalink.ts";
import type { Site } from "../../site/types.ts";
import type { Field } from "../frontmatter/types.ts";
import { type Fields, given, textOf } from "../frontmatter/values.ts";
import type { OutsideFacts } from "../outside.ts";
import { parseDate } from "./dates.ts";
import { KEYS } from "./dialects.ts";
import { dateInFolders, type Place } from "./place.ts";
import { zoneDoubt } from "./zonenames.ts";

export interface Moments {
  /** Absent when no date can be read, which is reported. */
  readonly published?: Instant;
  /** The date in the URL: `published`, unless `publishDate` is later than the date. */
  readonly dated?: Instant;
  readonly updated?: Instant;
  readonly expires?: Instant;
  /** The post itself has no date of publication: `published` is from `OutsideFacts`, or is the date of its update. */
  readonly undated?: true;
}

const FILE_DATE = "the date of its file";

/** Eleventy's values for dates that only the generator can look up, such as `Last Modified`. */
const NOT_A_DATE = /^(?:git )?(?:last modified|created)$/i;

export function readMoments(
  fields: Fields,
  place: Place,
  site: Site,
  outside: Pick<OutsideFacts, "published" | "file">,
  report: ReportProblem,
): Moments {
  const read = (field: Field | undefined) => {
    const text = textOf(field);
    return text === undefined ? undefined : parseDate(text, site.timezone);
  };
  const tellDoubt = (field: Field | undefined) => {
    const doubt = field && zoneDoubt(textOf(field) ?? "", site.timezone);
    if (field && doubt !== undefined) report("date-zone", `${quoted(field)}: ${doubt}`, field);
  };
  /** The first of `keys` with a date that can be read; and the first before it with a value that cannot. */
  const firstOf = (keys: readonly string[]) => {
    let first: { readonly key: string; readonly field: Field } | undefined;
    for (const key of keys) {
      const field = fields.get(key);
      if (!field || !mayBeDate(key, field)) continue;
      first ??= { key, field };
      const instant = read(field);
      if (instant === undefined) continue;
      tellDoubt(field);
      return { instant, key, unreadable: first.field === field ? undefined : first };
    }
    return { instant: undefined, key: undefined, unreadable: first };
  };

  const updated = firstOf(KEYS.updated);
  if (updated.unreadable) {
    const { field } = updated.unreadable;
    report("updated-unreadable", `${nameOf(updated.unreadable)} cannot be read`, field);
  }
  const expiry = given(fields, ...KEYS.expires);
  const expires = read(expiry);
  if (expires) tellDoubt(expiry);
  if (expiry && !expires) report("date-unreadable", `the expiry ${quoted(expiry)} cannot be read`, expiry);

  const addressDate = dateInFolders(textOf(given(fields, ...KEYS.permalink))?.slice(0, LONGEST_PART) ?? "");
  const publish = firstOf(KEYS.publishDate);
  const written = firstOf(KEYS.date);
  const fallback =
    publish.instant === undefined
      ? firstFallback(
          ["the date in its path", place.date && parseDate(place.date, site.timezone)],
          ["the date in its address", addressDate && parseDate(addressDate, site.timezone)],
          [FILE_DATE, outside.file && (outside.published ?? outside.file)],
          // Once a post is published, later updates do not move its date.
          [`\`${updated.key}\``, updated.instant && (outside.published ?? updated.instant)],
        )
      : (["`publishDate`", publish.instant] as const);
  const dated = written.instant ?? fallback?.[1];
  const isSubstitute = fallback?.[0] === FILE_DATE || fallback?.[0] === `\`${updated.key}\``;
  const [unreadable] = [written.unreadable, publish.unreadable].filter((each) => each !== undefined);
  if (unreadable && dated !== undefined) {
    const used = written.instant === undefined ? fallback?.[0] : `\`${written.key}\``;
    report("date-fallback", `${nameOf(unreadable)} cannot be read; ${used} is used`, unreadable.field);
  } else if (unreadable) report("date-unreadable", `${nameOf(unreadable)} cannot be read`, unreadable.field);
  else if (dated === undefined && place.date !== undefined) {
    report("date-unreadable", `the date ${place.date} in its path cannot be read`);
  } else if (dated === undefined) report("date-missing", "the post has no date", fields.get("date"));
  else if (written.instant === undefined && isSubstitute && fallback?.[0] !== FILE_DATE) {
    report("date-fallback", `the post has no date; ${fallback?.[0]} is used`, fields.get(updated.key ?? ""));
  }

  const isPostponed = dated !== undefined && publish.instant !== undefined && publish.instant > dated;
  const published = isPostponed ? publish.instant : dated;
  const undated = (written.instant === undefined && isSubstitute) || undefined;
  return present({ published, dated, updated: updated.instant, expires, undated });
}

/** Flags are written under some of the keys. */
function mayBeDate(key: string, field: Field): boolean {
  const text = textOf(field);
  if (text === undefined || NOT_A_DATE.test(text)) return false;
  return !(key === "publish" || key === "published") || !/^(?:true|false|yes|no|on|off|[01])$/i.test(text);
}

function firstFallback(
  ...candidates: readonly (readonly [name: string, instant: Instant | undefined | ""])[]
): readonly [name: string, instant: Instant] | undefined {
  for (const [name, instant] of candidates) if (instant) return [name, instant];
  return undefined;
}

const quoted = (field: Field) => JSON.stringify(textOf(field));
const nameOf = ({ key, field }: { key: string; field: Field }) =>
  `${key === "date" ? "the date" : key} ${quoted(field)}`;
