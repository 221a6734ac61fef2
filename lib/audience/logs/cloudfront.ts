/** CloudFront's standard logs as JSON: one object a line, its keys the names of the columns, its values texts. */
import type { Day } from "../types.ts";
import { cloudFrontAgent, hostReader, numberIn, rangeOf, statusIn } from "./columns.ts";
import { dayOfDate, dayOfSeconds } from "./days.ts";
import { type JsonObject, parseObject, textIn } from "./json.ts";
import { type LineReader, type LogLine, requestOf } from "./types.ts";

export function cloudFrontJsonReader(): LineReader {
  const hostOf = hostReader();

  function read(line: string): LogLine {
    const columns = parseObject(line);
    if (!columns) return "damaged";
    const day = dayOf(columns);
    const method = textIn(columns["cs-method"]);
    const path = textIn(columns["cs-uri-stem"]);
    const statusText = textIn(columns["sc-status"]);
    const status = statusIn(statusText, 0, statusText.length);
    const bytesText = textIn(columns["sc-bytes"]);
    const bytes = bytesText === "" ? 0 : numberIn(bytesText, 0, bytesText.length, 0);
    if (day === undefined || status < 0 || bytes < 0 || method === "" || path === "") return "damaged";
    if (!path.startsWith("/")) return "unused";
    return requestOf(
      day,
      method,
      hostOf(textIn(columns["x-host-header"] ?? columns["cs(Host)"])),
      path,
      columnOf(columns, "cs-uri-query"),
      status,
      bytes,
      cloudFrontAgent(textIn(columns["cs(User-Agent)"])),
      columnOf(columns, "c-ip"),
      rangeOf(textIn(columns["sc-range-start"]), textIn(columns["sc-range-end"])),
      columnOf(columns, "x-edge-request-id") || undefined,
    );
  }

  return { format: "cloudfront-json", read };
}

/** Empty where there is a hyphen, or nothing. */
function columnOf(columns: JsonObject, name: string): string {
  const value = textIn(columns[name]);
  return value === "-" ? "" : value;
}

function dayOf(columns: JsonObject): Day | undefined {
  const date = textIn(columns["date"]);
  if (date !== "") return dayOfDate(date, 0, date.length);
  const seconds = textIn(columns["timestamp"]);
  if (seconds !== "") return dayOfSeconds(numberIn(seconds, 0, seconds.length, -1));
  const milliseconds = textIn(columns["timestamp(ms)"]);
  return dayOfSeconds(numberIn(milliseconds, 0, milliseconds.length, -1) / 1000);
}
