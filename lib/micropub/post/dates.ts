/** Instants as front matter has them, in the site's time zone. */
import { instantOf } from "../../base/instant.ts";
import { wallTimeOf } from "../../content/facts/dates.ts";
import type { Instant } from "../../model.ts";
import type { DateForm } from "./dialects.ts";

/** `2026-12-01T15:04:05+08:00`, `2026-12-01 15:04:05 +0800`, or `2026-12-01 15:04:05`. */
export function dateText(instant: Instant, timezone: string, form: DateForm): string {
  const local = wallTimeOf(instant, timezone);
  const minutes = Math.round((utcOf(local) - Date.parse(instant)) / 60_000);
  // Of an offset with seconds, as before there were time zones, no date can be written: then it is that of the whole minutes.
  const { year, month, day, hour, minute, second } = form === "wall" ? local : shifted(instant, minutes);
  const [date, time] = [
    [year, month, day],
    [hour, minute, second],
  ].map((parts) => parts.map(padded));
  const dashed = (date ?? []).join("-").padStart("2026-12-01".length, "0");
  const clock = (time ?? []).join(":");
  if (form === "wall") return `${dashed} ${clock}`;
  const offset = offsetText(minutes);
  return form === "rfc" ? `${dashed}T${clock}${offset}` : `${dashed} ${clock} ${offset.replace(":", "")}`;
}

const utcOf = ({ year, month, day, hour, minute, second }: ReturnType<typeof wallTimeOf>): number =>
  new Date(0).setUTCFullYear(year, month - 1, day) + ((hour * 60 + minute) * 60 + second) * 1000;

const shifted = (instant: Instant, minutes: number): ReturnType<typeof wallTimeOf> =>
  wallTimeOf(instantOf(new Date(Date.parse(instant) + minutes * 60_000)), "UTC");

const padded = (part: number): string => String(part).padStart(2, "0");

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${padded(Math.floor(size / 60))}:${padded(size % 60)}`;
}

/** `2026-12-01`, as names of files begin. */
export const dayText = (instant: Instant, timezone: string): string => dateText(instant, timezone, "wall").slice(0, 10);
