/** Caddy's access log: one JSON object a line (https://caddyserver.com/docs/logging). */

import { objectOf } from "../../base/json.ts";
import type { Day, LoggedRange } from "../types.ts";
import { hostReader, rangeOf } from "./columns.ts";
import { dayOfSeconds, dayOfText } from "./days.ts";
import { parseObject, textIn } from "./json.ts";
import { parseTarget } from "./target.ts";
import { type LineReader, type LogLine, requestOf } from "./types.ts";

const LOGGER = "http.log.access";

export function caddyReader(): LineReader {
  const hostOf = hostReader();

  function read(line: string): LogLine {
    const entry = parseObject(line);
    if (!entry) return "damaged";
    const request = objectOf(entry["request"]);
    // Other loggers write into the same file, and that of errors has the failed request once more.
    const { logger } = entry;
    if (isText(logger) && !logger.startsWith(LOGGER)) return "foreign";
    if (!request) return isText(logger) ? "damaged" : "foreign";
    const { method, uri } = request;
    const { status, size } = entry;
    const day = dayOf(entry["ts"]);
    if (day === undefined || !isText(method) || !isText(uri) || !isCount(status) || !isCount(size)) return "damaged";
    const target = parseTarget(uri);
    if (!target) return "unused";
    const headers = objectOf(request["headers"]);
    return requestOf(
      day,
      method,
      hostOf(target.host ?? textIn(request["host"])),
      target.path,
      target.query,
      status,
      size,
      headerOf(headers?.["User-Agent"]),
      // Behind a proxy that Caddy trusts it is the address that the proxy names.
      textIn(request["client_ip"]) || textIn(request["remote_ip"]),
      requestedRange(headerOf(headers?.["Range"])),
      undefined,
    );
  }

  return { format: "caddy", read };
}

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
const isCount = (value: unknown): value is number =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0;

/** The first value: Caddy writes a list of them. */
const headerOf = (value: unknown): string => textIn(Array.isArray(value) ? value[0] : value);

/** `unix_seconds_float` (the default), `unix_milli_float`, `unix_nano`, or a text. No other unit gives a day of our time. */
function dayOf(ts: unknown): Day | undefined {
  if (typeof ts === "string") return dayOfText(ts);
  if (typeof ts !== "number") return undefined;
  // Divided, not multiplied by 1e-9, which has no exact binary value: midnight would be the day before.
  return dayOfSeconds(ts / (UNITS.find(({ above }) => ts >= above)?.perSecond ?? 1));
}

/** Seconds of a later year than 5138 are milliseconds of a later one than 1973, and so on. */
const UNITS: readonly { readonly above: number; readonly perSecond: number }[] = [
  { above: 1e17, perSecond: 1e9 },
  { above: 1e14, perSecond: 1e6 },
  { above: 1e11, perSecond: 1e3 },
];

/** A single one from a first byte (RFC 9110, section 14.1.2); where one counts from the end, the first byte is unknown. */
function requestedRange(header: string): LoggedRange | undefined {
  const range = /^bytes=(\d{1,15})-(\d{0,15})$/i.exec(header);
  return range ? rangeOf(range[1] ?? "", range[2] ?? "") : undefined;
}
