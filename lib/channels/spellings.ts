/** How posts spell the name of their channel: spellings with the same slug are one channel, named as most posts name it. */

/** By the name, or by its JSON if it has several parts. */
export type Spellings = Map<string, { readonly name: readonly string[]; readonly uses: number }>;

/** Counts so many uses more. */
export function countSpelling(spellings: Spellings, name: readonly string[], more = 1): void {
  const spelling = name.length === 1 ? (name[0] ?? "") : JSON.stringify(name);
  const uses = (spellings.get(spelling)?.uses ?? 0) + more;
  if (uses > 0) spellings.set(spelling, { name, uses });
  else spellings.delete(spelling);
}

/** The spelling that most posts use; of several with as many uses the first in code unit order. */
export function commonest(spellings: Spellings): readonly string[] {
  const [first] = [...spellings].sort(
    ([a, { uses: usesA }], [b, { uses: usesB }]) => usesB - usesA || (a < b ? -1 : 1),
  );
  return first?.[1].name ?? [];
}
