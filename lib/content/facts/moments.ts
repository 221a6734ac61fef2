/** When a post appears, changes and expires: of all that it says about that, what can be read. */

import type { ReportProblem } from "../../base/problems.ts";
import type { Instant, Site } from "../../model.ts";
import { type Fields, given, textOf } from "../frontmatter/values.ts";
import type { Field } from "../frontmatter/yaml.ts";
import { parseDate } from "./dates.ts";
import { KEYS } from "./dialects.ts";
import type { Place } from "./place.ts";

export interface Moments {
  /** Absent when no date can be read, which was reported. */
  readonly published?: Instant;
  /** The date that an address is made of: `published`, unless the post waited for a later day. */
  readonly dated?: Instant;
  readonly updated?: Instant;
  readonly expires?: Instant;
  /** `published` is no word of the post's for when it appears: it is what was borrowed, or stands in for it. */
  readonly undated?: true;
}

/** What is known of a post besides its file: for one that does not say itself when it was published, or how big its media are. */
export interface Borrowed {
  /** When readers got it. */
  readonly published?: Instant | undefined;
  /** The file's own date, where the site wants it. */
  readonly file?: Instant | undefined;
  /** Bytes of another content key, if there is such an object. */
  readonly sizes?: ((key: string) => number | undefined) | undefined;
}

const FILE_DATE = "the date of its file";

/** A word of a generator for a date that only it can tell, such as Eleventy's `Last Modified`. */
const NOT_A_DATE = /^(?:git )?(?:last modified|created)$/i;

export function readMoments(
  fields: Fields,
  place: Place,
  site: Site,
  borrowed: Borrowed,
  report: ReportProblem,
): Moments {
  const read = (field: Field | undefined) => {
    const text = textOf(field);
    return text === undefined ? undefined : parseDate(text, site.timezone);
  };
  /** The first of `keys` that can be read; the first that has a value and cannot. */
  const firstOf = (keys: readonly string[]) => {
    const having = keys.flatMap((key) => {
      const field = fields.get(key);
      const text = textOf(field);
      if (!field || text === undefined || NOT_A_DATE.test(text)) return [];
      return key === "published" && /^(?:true|false|yes|no|on|off|[01])$/i.test(text) ? [] : [{ key, field }];
    });
    const readable = having.find(({ field }) => read(field) !== undefined);
    const before = readable ? having.slice(0, having.indexOf(readable)) : having;
    return { instant: read(readable?.field), key: readable?.key, unreadable: before[0] };
  };

  const updated = firstOf(KEYS.updated);
  if (updated.unreadable) {
    const { field } = updated.unreadable;
    report("updated-unreadable", `${nameOf(updated.unreadable)} cannot be read`, field);
  }
  const expiry = given(fields, ...KEYS.expires);
  const expires = read(expiry);
  if (expiry && !expires) report("date-unreadable", `the expiry ${quoted(expiry)} cannot be read`, expiry);

  const publish = firstOf(KEYS.publishDate);
  const written = firstOf(KEYS.date);
  const fallback =
    publish.instant === undefined
      ? firstFallback(
          ["the date in its path", place.date && parseDate(place.date, site.timezone)],
          [FILE_DATE, borrowed.file && (borrowed.published ?? borrowed.file)],
          // Once it was published, later updates do not make it newer.
          [`\`${updated.key}\``, updated.instant && (borrowed.published ?? updated.instant)],
        )
      : (["`publishDate`", publish.instant] as const);
  const dated = written.instant ?? fallback?.[1];
  const isBorrowed = fallback?.[0] === FILE_DATE || fallback?.[0] === `\`${updated.key}\``;
  const [first] = [written.unreadable, publish.unreadable].filter((each) => each !== undefined);
  if (first && dated !== undefined) {
    const used = written.instant === undefined ? fallback?.[0] : `\`${written.key}\``;
    report("date-fallback", `${nameOf(first)} cannot be read; ${used} is used`, first.field);
  } else if (first) report("date-unreadable", `${nameOf(first)} cannot be read`, first.field);
  else if (dated === undefined && place.date !== undefined) {
    report("date-unreadable", `the date ${place.date} in its path cannot be read`);
  } else if (dated === undefined) report("date-missing", "the post has no date", fields.get("date"));
  else if (written.instant === undefined && isBorrowed && fallback?.[0] !== FILE_DATE) {
    report("date-fallback", `the post has no date; ${fallback?.[0]} is used`, fields.get(updated.key ?? ""));
  }

  const isEmbargoed = dated !== undefined && publish.instant !== undefined && publish.instant > dated;
  const published = isEmbargoed ? publish.instant : dated;
  return {
    ...(published !== undefined && { published }),
    ...(dated !== undefined && { dated }),
    ...(updated.instant !== undefined && { updated: updated.instant }),
    ...(expires !== undefined && { expires }),
    ...(written.instant === undefined && isBorrowed && { undated: true as const }),
  };
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
