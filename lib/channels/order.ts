/** The order of posts of the same moment, which is most often a day: as the site's generator lists them. */
import type { DialectName, ListedRecord } from "../model.ts";

type Order = (a: ListedRecord, b: ListedRecord) => number;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const byKey: Order = (a, b) => compare(a.key, b.key);
const laterKeyFirst: Order = (a, b) => byKey(b, a);

/** Others have none of their own, or that of ids, which are made of the keys. */
const ORDERS: { readonly [dialect in DialectName]?: Order } = {
  // Both sort by date and path, and turn the whole list round.
  jekyll: laterKeyFirst,
  eleventy: laterKeyFirst,
  hugo: (a, b) => compare(a.facts.title, b.facts.title) || byKey(a, b),
  zola: (a, b) => compare(a.facts.url, b.facts.url) || byKey(a, b),
};

/** Of records that are newest first. */
export function asGenerated(
  records: readonly ListedRecord[],
  dialect: DialectName | undefined,
): readonly ListedRecord[] {
  const order = dialect && ORDERS[dialect];
  const isTied = records.some(({ facts }, i) => facts.published === records[i + 1]?.facts.published);
  if (!order || !isTied) return records;
  return [...records].sort((a, b) => compare(b.facts.published, a.facts.published) || order(a, b));
}
