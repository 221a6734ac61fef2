/** Which post holds an id or an address, of all that claim it. */
import { idsOf } from "../../adopt/ledger.ts";
import { finderOf } from "../../base/finder.ts";
import { isListed } from "../../channels/listed.ts";
import type { Facts, GonePost, PostRecord } from "../../model.ts";
import { compareKeys } from "../../stores/store.ts";
import type { Candidate } from "./candidate.ts";

/** Which key holds an id or an address. */
export interface Holders {
  readonly byId: Map<string, string>;
  readonly byUrl: Map<string, string>;
}

const findHolders = finderOf<PostRecord>(({ facts }) => (facts ? [facts.url, ...idsOf(facts)] : []));

/** `unchanged`: the records of keys that were not looked into; `others`: those of keys that were. */
export function holdersOf(
  unchanged: readonly PostRecord[],
  others: Iterable<PostRecord>,
  gone: Iterable<GonePost>,
  candidates: readonly Candidate[],
): Holders {
  const holders: Holders = { byId: new Map(), byUrl: new Map() };
  const claimIds = (facts: Facts, holder: string) => {
    holders.byId.set(facts.id, holder);
    for (const id of facts.ids ? idsOf(facts) : []) holders.byId.set(id, holder);
  };
  if (candidates.length === 0) return holders;
  // Most runs publish a few posts that are known: then only who holds their ids and addresses matters.
  const urls = new Set(candidates.flatMap(({ post, known }) => (known ? [post.url, known.facts.url] : [post.url])));
  const ids = new Set(candidates.flatMap(({ known }) => (known ? idsOf(known.facts) : [])));
  const areKnown = candidates.every(({ known }) => known);
  const claim = (record: PostRecord) => {
    const { key, facts } = record;
    if (!facts) return;
    if (!areKnown || idsOf(facts).some((id) => ids.has(id))) claimIds(facts, key);
    if (urls.has(facts.url) && isListed(record)) holders.byUrl.set(facts.url, key);
  };
  for (const record of areKnown ? findHolders(unchanged, [...urls, ...ids]) : unchanged) claim(record);
  for (const record of others) claim(record);
  // A post that is gone keeps its id from everybody else; its address is free.
  for (const { facts, key } of gone) claimIds(facts, `${key}, which is gone`);
  for (const { known, post } of candidates) if (known) claimIds(known.facts, post.key);
  for (const { adopted, post } of candidates) {
    for (const id of adopted ? idsOf(adopted) : []) if (!holders.byId.has(id)) holders.byId.set(id, post.key);
  }
  return holders;
}

/** Of two claims the older wins: a post that was published before, then the earlier date, then the key. */
export function olderFirst(a: Candidate, b: Candidate): number {
  const before = Number(a.known === undefined) - Number(b.known === undefined);
  if (before !== 0) return before;
  // A post that has the address already keeps it, whatever else is read again beside it.
  const stays = ({ known, post }: Candidate) => known !== undefined && isListed(known) && known.facts.url === post.url;
  const first = Number(stays(b)) - Number(stays(a));
  if (first !== 0) return first;
  const [dateA, dateB] = [a, b].map(({ known, post }) => known?.facts.published ?? post.published);
  if (dateA !== dateB && dateA !== undefined && dateB !== undefined) return dateA < dateB ? -1 : 1;
  return compareKeys(a.post.key, b.post.key);
}
