/** Posts that stay, and would be shown otherwise: under another id, as changed just now, in another archive. */
import { dayBefore } from "../../base/instant.ts";
import { calendarOf } from "../../channels/periods.ts";
import type { Facts, Instant, Refusal } from "../../model.ts";
import type { Allowance, Site } from "../../site/types.ts";
import type { Changes } from "./changes.ts";
import { isMany, named } from "./thresholds.ts";

/** What two versions of a post have in common: key, address or text. */
const sharedTraits = ({ key, facts }: { readonly key: string; readonly facts: Facts }): readonly string[] => [
  `key ${key}`,
  `url ${facts.url}`,
  `words ${facts.sourceDigest}`,
];

/** Readers take a known post under another id for a new one. */
export function refuseIds({ of, strangers, missing }: Changes, allowance: Allowance): Refusal | undefined {
  if (strangers.length <= allowance.posts) return undefined;
  const known = new Map(missing.flatMap((post) => sharedTraits(post).map((trait) => [trait, post] as const)));
  const changed = strangers.flatMap((post) => {
    const former = sharedTraits(post).flatMap((trait) => known.get(trait) ?? [])[0];
    return former ? [`${post.key}, known as ${former.facts.id}`] : [];
  });
  if (!isMany(changed.length, of, allowance)) return undefined;
  return {
    code: "many-ids",
    message: `${changed.length} of ${of} posts would get another id, and be new to all readers (${changed
      .slice(0, 3)
      .join("; ")})`,
    fix: "write the former id into each (`id: …`, as feed.json has it); if it is meant, publish with --force",
  };
}

/** A date that moves into the past day brings the post to its readers again. */
export function refuseUpdated({ of, kept }: Changes, allowance: Allowance, now: Instant): Refusal | undefined {
  const recent = dayBefore(now);
  const moved = kept.filter(({ before, after }) => {
    return after.facts.updated > before.facts.updated && after.facts.updated > recent;
  });
  if (!isMany(moved.length, of, allowance)) return undefined;
  return {
    code: "many-updated",
    message: `${moved.length} of ${of} posts would say that they changed just now (${named(
      moved.map(({ after }) => after.key),
    )})`,
    fix: "take back what changed them all, or write `minor: true` where it is not worth telling; if it is meant, publish with --force",
  };
}

/** A date moves far if it moves to another of the site's archives, or to another month on a site without archives. */
export function refusePublished(
  { of, kept }: Changes,
  allowance: Allowance,
  { archives = "month", timezone }: Site,
): Refusal | undefined {
  const [periodBefore, periodAfter] = [calendarOf(archives, timezone), calendarOf(archives, timezone)];
  const period = (periodOf: typeof periodBefore, published: Instant) => periodOf(published).name;
  const moved = kept.filter(({ before: { facts: was }, after: { facts: is } }) => {
    return was.published !== is.published && period(periodBefore, was.published) !== period(periodAfter, is.published);
  });
  if (!isMany(moved.length, of, allowance)) return undefined;
  return {
    code: "many-dates",
    message: `${moved.length} of ${of} posts would be dated in another ${archives} (${named(
      moved.map(({ after }) => after.key),
    )})`,
    fix: "check the dates of these posts, and timezone, dialect and fileDates in site.yaml; if it is meant, publish with --force",
  };
}
