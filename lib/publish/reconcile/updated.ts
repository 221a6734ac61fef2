/** Since when a post reads as it does. */
import type { Catalog, Instant } from "../../model.ts";
import { isRecovered, isWordless } from "../../state/unknown.ts";
import type { Candidate } from "./candidate.ts";

interface UpdatedInput {
  readonly catalog: Catalog | undefined;
  readonly now: Instant;
  readonly isCalm?: boolean | undefined;
}

/**
 * The author's word; else it moves when the words move, and starts where a former system left it, at the date, or now
 * for a post that comes late.
 */
export function updatedOf(
  { post, known, adopted, isSameFile }: Candidate,
  { catalog, now, isCalm }: UpdatedInput,
): Instant {
  if (post.updated !== undefined) return post.updated > post.published ? post.updated : post.published;
  if (known) {
    const isAsWas = isSameFile && known.key === post.key;
    if (isCalm || isWordless(known.facts)) return known.facts.updated;
    return isAsWas || post.minor || known.facts.sourceDigest === post.sourceDigest ? known.facts.updated : now;
  }
  if (adopted?.updated !== undefined) return adopted.updated > post.published ? adopted.updated : post.published;
  // What no feed told of was beyond their limits: as old as it says.
  const isFirst = catalog === undefined || isRecovered(catalog);
  return isFirst || post.published > now ? post.published : now;
}
