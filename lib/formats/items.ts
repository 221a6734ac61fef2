/** Items of plans: what documents show of posts; of feeds each is made once, however many feeds carry it. */
import { present } from "../base/optional.ts";
import type { Window } from "../channels/types.ts";
import type { Content, Facts, ListedRecord, LiveStatus } from "../model.ts";
import { digested } from "./digested.ts";
import { namedOf } from "./named.ts";
import type { PlannedItem, PlannedPageItem, ShownFacts } from "./types.ts";

/** Those of a post: one for each content and status that feeds show it with, which is hardly ever more than one. */
const made = new WeakMap<Facts, readonly PlannedItem[]>();

/** `live`: of those streams whose status the format shows. */
export function feedItems({ channel, records }: Window, live: Window["live"]): readonly PlannedItem[] {
  const hasStreams = Object.keys(live).length > 0;
  return records.map(({ facts }) => {
    return feedItem(facts, facts.content ?? channel.content, hasStreams ? live[facts.id] : undefined);
  });
}

function feedItem(facts: Facts, content: Content, live: LiveStatus | undefined): PlannedItem {
  const known = made.get(facts) ?? [];
  const same = known.find((item) => item.content === content && item.live === live);
  if (same) return same;
  const shown = known[0]?.facts ?? shownFacts(facts);
  const { inputHash } = facts;
  const item = digested(live ? { facts: shown, content, live, inputHash } : { facts: shown, content, inputHash });
  made.set(facts, [...known, item]);
  return item;
}

function shownFacts(facts: Facts): ShownFacts {
  const { id, ids, url, published, updated } = facts;
  const { tags, categories } = namedOf(facts);
  const shown = { id, url, published, updated, tags, categories };
  return ids ? { ...shown, ids } : shown;
}

export const pageItems = (records: readonly ListedRecord[], { live }: Window): readonly PlannedPageItem[] =>
  records.map(({ facts: { id, url, published, inputHash } }) => {
    return { facts: { url, published }, inputHash, ...present({ live: live[id] }) };
  });
