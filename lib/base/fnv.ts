/** FNV-1a (draft-eastlake-fnv), which is fast and spreads well enough, over UTF-16 code units. */

const BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

/** 32 bits, with a sign. Another basis and prime give another hash of the same text. */
export function fnv1a(text: string, basis = BASIS, prime = PRIME): number {
  let hash = basis;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), prime);
  return hash;
}
