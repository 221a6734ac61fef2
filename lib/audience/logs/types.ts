/** What the readers of single lines give. */
import type { Day, LoggedRange, LogRequest } from "../types.ts";

export type LogFormat = "w3c" | "cloudfront-json" | "combined" | "caddy";

/**
 * `damaged`: no line of this format. `unused`: one of this format, but no request for an address of a site, such as `OPTIONS *`, what
 * was no HTTP, or the header of the columns. `foreign`: one that may stand in such a file, but could in many others, too.
 */
export type LogLine = LogRequest | "damaged" | "unused" | "foreign";

/** Of a line without its line break. A reader may remember what lines before it said: each file has its own. */
export interface LineReader {
  readonly format: LogFormat;
  readonly read: (line: string) => LogLine;
}

/** All requests are made here, with all fields in one order: V8 then has one shape for them, whatever log they come from. */
export function requestOf(
  day: Day,
  method: string,
  host: string | undefined,
  path: string,
  query: string,
  status: number,
  bytes: number,
  agent: string,
  address: string,
  range: LoggedRange | undefined,
  id: string | undefined,
): LogRequest {
  return { day, method, host, path, query, status, bytes, agent, address, range, id };
}
