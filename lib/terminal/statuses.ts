/** How many posts are in each state, in words. */
import type { Report } from "../publish/types.ts";
import { visible } from "./text.ts";
import { amounts } from "./words.ts";

/** `14 posts public, 1 future, 3 hidden (2 draft, 1 password)`; `ofPublic` comes first. */
export function showStatuses({ records, heldBack }: Pick<Report, "records" | "heldBack">, ofPublic: string): string {
  const reasons = amounts(Object.entries(heldBack));
  const others = Object.entries(records)
    .filter(([status, n]) => n > 0 && status !== "public" && status !== "removed")
    .map(([status, n]) => visible(`${n} ${status}${status === "hidden" ? ` (${reasons.join(", ")})` : ""}`));
  return [ofPublic, ...others].filter(Boolean).join(", ");
}
