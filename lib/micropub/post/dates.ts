/** Instants as front matter has them, in the site's time zone. */
import { wallTimeOf } from "../../content/facts/dates.ts";
import type { Instant } from "../../model.ts";
import type { DateForm } from "./dialects.ts";

/** `2026-12-01T15:04:05+08:00`, `2026-12-01 15:04:05 +0800`, or `2026-12-01 15:04:05`. */
export function dateText(instant: Instant, timezone: string, form: DateForm): string {
  const { year, month, day, hour, minute, second } = wallTimeOf(instant, timezone);
  const [date, time] = [
    [year, month, day],
    [hour, minute, second],
  ].map((parts) => parts.map(padded));
  const dashed = (date ?? []).join("-").padStart("2026-12-01".length, "0");
  const clock = (time ?? []).join(":");
  if (form === "wall") return `${dashed} ${clock}`;
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  const offset = offsetText(Math.round((wall - Date.parse(instant)) / 60_000));
  return form === "rfc" ? `${dashed}T${clock}${offset}` : `${dashed} ${clock} ${offset.replace(":", "")}`;
}

const padded = (part: number): string => String(part).padStart(2, "0");

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${padded(Math.floor(size / 60))}:${padded(size % 60)}`;
}

/** `2026-12-01`, with which names of files begin. */
export const dayText = (instant: Instant, timezone: string): string => dateText(instant, timezone, "wall").slice(0, 10);
