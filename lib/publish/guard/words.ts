/** When a number of posts is many, and how the first of them are named. */
import type { Allowance } from "../../model.ts";

/** More than as many, and more than the share. */
export const isMany = (count: number, of: number, { posts, percent }: Allowance): boolean =>
  count > posts && count * 100 > percent * of;

const NAMED = 3;

/** `a, b, c and 211 more` */
export function named(names: readonly string[]): string {
  const more = names.length - NAMED;
  return names.slice(0, NAMED).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
