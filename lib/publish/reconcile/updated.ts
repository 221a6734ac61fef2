/** The moment since when a post reads as it does: Atom's `updated`. */
import type { Instant } from "../../model.ts";
import type { Catalog } from "../../state/types.ts";
import { hasUnknownText, isRecovered } from "../../state/unknown.ts";
import type { Candidate } from "./candidate.ts";

interface UpdatedInput {
  readonly catalog: Catalog | undefined;
  readonly now: Instant;
  readonly keepsUpdated?: boolean | undefined;
}

/**
 * What the author wrote, unless that is still to come: the `updated` of a feed never falls again. Else it moves when title, text
 * or media move. It starts where a former system left it, else at the date of the post, else now for a post that is published
 * late.
 */
export function updatedOf(
  { post, known, adopted, isSameFile }: Candidate,
  { catalog, now, keepsUpdated }: UpdatedInput,
): Instant {
  if (post.updated !== undefined && post.updated <= now) {
    return post.updated > post.published ? post.updated : post.published;
  }
  if (known) {
    const isAsWas = isSameFile && known.key === post.key;
    if (keepsUpdated || hasUnknownText(known.facts)) return known.facts.updated;
    return isAsWas || post.minor || known.facts.sourceDigest === post.sourceDigest ? known.facts.updated : now;
  }
  if (adopted?.updated !== undefined) return adopted.updated > post.published ? adopted.updated : post.published;
  // After a rebuild, a post that no feed carried was beyond their limits, and is as old as it says.
  const isFirst = catalog === undefined || isRecovered(catalog);
  return isFirst || post.published > now ? post.published : now;
}
