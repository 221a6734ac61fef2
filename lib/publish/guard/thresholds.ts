/** When a number of posts is many, and how a message names the first of them. */
import type { Allowance } from "../../site/types.ts";

/** Beyond both limits. */
export const isMany = (count: number, of: number, { posts, percent }: Allowance): boolean =>
  count > posts && count * 100 > percent * of;

const NAMED = 3;

/** `a, b, c and 211 more` */
export function named(names: readonly string[]): string {
  const more = names.length - NAMED;
  return names.slice(0, NAMED).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
