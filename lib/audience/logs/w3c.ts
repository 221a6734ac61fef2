/**
 * CloudFront's standard logs: columns between tabs, whose names are in a line of their own (W3C's Extended Log File Format). Owners
 * choose the columns of version 2; the older logs have all of theirs.
 */
import { cloudFrontAgent, hostReader, numberIn, rangeOf, statusIn } from "./columns.ts";
import { dayOfDate, dayOfSeconds } from "./days.ts";
import { type LineReader, type LogLine, requestOf } from "./types.ts";

const HASH = 0x23;
const SLASH = 0x2f;

/** The place of each column that is used; -1 where the log does not have it. */
interface Columns {
  readonly date: number;
  readonly seconds: number;
  readonly milliseconds: number;
  readonly method: number;
  readonly host: number;
  readonly path: number;
  readonly query: number;
  readonly status: number;
  readonly bytes: number;
  readonly agent: number;
  readonly address: number;
  readonly rangeStart: number;
  readonly rangeEnd: number;
  readonly id: number;
}

export function w3cReader(): LineReader {
  let columns: Columns | undefined;
  /** Where each column of the line ends. */
  let ends = new Int32Array(0);
  const hostOf = hostReader();

  const columnIn = (line: string, column: number): string =>
    column < 0 ? "-" : line.slice(startOf(column), ends[column]);
  const startOf = (column: number): number => (column === 0 ? 0 : (ends[column - 1] ?? 0) + 1);
  const endOf = (column: number): number => ends[column] ?? 0;
  const textOf = (line: string, column: number): string => {
    const value = columnIn(line, column);
    return value === "-" ? "" : value;
  };

  function dayOf(line: string, { date, seconds, milliseconds }: Columns) {
    if (date >= 0) return dayOfDate(line, startOf(date), endOf(date));
    if (seconds >= 0) return dayOfSeconds(numberIn(line, startOf(seconds), endOf(seconds), -1));
    return dayOfSeconds(numberIn(line, startOf(milliseconds), endOf(milliseconds), -1) / 1000);
  }

  function readDirective(line: string): LogLine {
    if (!line.startsWith(FIELDS)) return "foreign";
    const names = line.slice(FIELDS.length).trim().split(/\s+/);
    columns = columnsOf(names);
    ends = new Int32Array(names.length);
    return columns ? "unused" : "foreign";
  }

  function read(line: string): LogLine {
    if (line.charCodeAt(0) === HASH) return readDirective(line);
    if (!columns || !markColumns(line, ends)) return "damaged";
    const day = dayOf(line, columns);
    const status = statusIn(line, startOf(columns.status), endOf(columns.status));
    const bytes = columns.bytes < 0 ? 0 : numberIn(line, startOf(columns.bytes), endOf(columns.bytes), 0);
    const method = columnIn(line, columns.method);
    if (day === undefined || status < 0 || bytes < 0 || method === "") return "damaged";
    if (line.charCodeAt(startOf(columns.path)) !== SLASH) return "unused";
    const { rangeStart } = columns;
    return requestOf(
      day,
      method,
      hostOf(columnIn(line, columns.host)),
      columnIn(line, columns.path),
      textOf(line, columns.query),
      status,
      bytes,
      cloudFrontAgent(columnIn(line, columns.agent)),
      textOf(line, columns.address),
      rangeStart < 0 || line.charCodeAt(startOf(rangeStart)) === HYPHEN
        ? undefined
        : rangeOf(columnIn(line, rangeStart), columnIn(line, columns.rangeEnd)),
      textOf(line, columns.id) || undefined,
    );
  }

  return { format: "w3c", read };
}

const HYPHEN = 0x2d;
const FIELDS = "#Fields:";

/** `undefined` if a request could not be told from them: a log of something else, or one that does not say enough. */
function columnsOf(names: readonly string[]): Columns | undefined {
  const host = names.indexOf("x-host-header");
  const columns: Columns = {
    date: names.indexOf("date"),
    seconds: names.indexOf("timestamp"),
    milliseconds: names.indexOf("timestamp(ms)"),
    method: names.indexOf("cs-method"),
    // What the client sent, where a distribution has its own names; else that is the name of the distribution itself.
    host: host < 0 ? names.indexOf("cs(Host)") : host,
    path: names.indexOf("cs-uri-stem"),
    query: names.indexOf("cs-uri-query"),
    status: names.indexOf("sc-status"),
    bytes: names.indexOf("sc-bytes"),
    agent: names.indexOf("cs(User-Agent)"),
    address: names.indexOf("c-ip"),
    rangeStart: names.indexOf("sc-range-start"),
    rangeEnd: names.indexOf("sc-range-end"),
    id: names.indexOf("x-edge-request-id"),
  };
  const hasTime = columns.date >= 0 || columns.seconds >= 0 || columns.milliseconds >= 0;
  return hasTime && columns.method >= 0 && columns.path >= 0 && columns.status >= 0 ? columns : undefined;
}

/** Whether the line has as many columns as there are names. */
function markColumns(line: string, ends: Int32Array): boolean {
  const last = ends.length - 1;
  let from = 0;
  for (let column = 0; column < last; column++) {
    const tab = line.indexOf("\t", from);
    if (tab < 0) return false;
    ends[column] = tab;
    from = tab + 1;
  }
  ends[last] = line.length;
  return line.indexOf("\t", from) < 0;
}
