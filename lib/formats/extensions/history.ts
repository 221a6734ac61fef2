/** Links to older and newer archives (RFC 5005), and tombstones of posts that left (RFC 6721). */

import { type Attributes, element, type XmlElement } from "../element.ts";
import type { AtomDocument, FeedPlace } from "../types.ts";

/** Attributes of links: `rel` and `href`. */
export function historyLinks({
  history: { current, previous, next },
}: Pick<FeedPlace, "history">): readonly Attributes[] {
  const links = { current, "prev-archive": previous, "next-archive": next };
  return Object.entries(links).flatMap(([rel, href]) => (href === undefined ? [] : [{ rel, href }]));
}

export function historyMarks({ isArchive, isComplete }: FeedPlace): readonly XmlElement[] {
  if (isArchive) return [element("fh:archive", {})];
  return isComplete ? [element("fh:complete", {})] : [];
}

export function tombstones({ deleted }: Pick<AtomDocument, "deleted">): readonly XmlElement[] {
  return deleted.map(({ id, when }) => element("at:deleted-entry", { ref: id, when }));
}
