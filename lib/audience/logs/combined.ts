/**
 * The combined and the common log format of nginx and Apache: address, identity, user, [time], "request line", status, bytes, and in
 * the combined one "referer" and "User-Agent"; whatever owners added after that is not read. Apache's `vhost_combined` has the name of
 * the site in front.
 */
import { hostReader, numberIn, plainAgent, statusIn } from "./columns.ts";
import { dayOfTime, TIME_LENGTH } from "./days.ts";
import { unescaped } from "./escapes.ts";
import { parseTarget } from "./target.ts";
import { type LineReader, type LogLine, requestOf } from "./types.ts";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BLANK = 0x20;
const AFTER_TIME = '] "';

const agentOf = plainAgent(unescaped);

export function combinedReader(): LineReader {
  const hostOf = hostReader();

  function read(line: string): LogLine {
    const time = timeIn(line);
    if (time < 0) return "damaged";
    const client = clientOf(line.slice(0, time - " [".length));
    const day = dayOfTime(line, time);
    if (!client || day === undefined) return "damaged";
    const start = time + TIME_LENGTH + AFTER_TIME.length;
    const end = quoteIn(line, start);
    const statusEnd = line.indexOf(" ", end + 2);
    if (end < 0 || statusEnd < 0 || line.charCodeAt(end + 1) !== BLANK) return "damaged";
    const status = statusIn(line, end + 2, statusEnd);
    const nextBlank = line.indexOf(" ", statusEnd + 1);
    const bytesEnd = nextBlank < 0 ? line.length : nextBlank;
    const bytes = numberIn(line, statusEnd + 1, bytesEnd, 0);
    const agent = agentAfter(line, bytesEnd);
    if (status < 0 || bytes < 0 || agent === undefined) return "damaged";
    const request = requestLineOf(unescaped(line.slice(start, end)));
    const target = request && parseTarget(request.target);
    if (!target) return "unused";
    return requestOf(
      day,
      request.method,
      hostOf(target.host ?? client.host),
      target.path,
      target.query,
      status,
      bytes,
      agent,
      client.address,
      undefined,
      undefined,
    );
  }

  return { format: "combined", read };
}

/** Where the time begins: what is before it may have brackets, too, since clients choose the name of the user. */
function timeIn(line: string): number {
  for (let bracket = line.indexOf(" ["); bracket >= 0; bracket = line.indexOf(" [", bracket + 1)) {
    const time = bracket + " [".length;
    if (line.startsWith(AFTER_TIME, time + TIME_LENGTH)) return time;
  }
  return -1;
}

interface Client {
  readonly host: string;
  readonly address: string;
}

/** Address, identity and user, which may have blanks; with the site in front, the address comes second, where no identity looks like one. */
function clientOf(text: string): Client | undefined {
  const first = text.indexOf(" ");
  const second = text.indexOf(" ", first + 1);
  if (first <= 0 || second < 0) return undefined;
  const next = text.slice(first + 1, second);
  if (!ADDRESS.test(next)) return { host: "", address: text.slice(0, first) };
  // Two addresses are those of the client and of proxies, if the log has what the header X-Forwarded-For says.
  if (text[first - 1] === ",") return { host: "", address: text.slice(0, first - 1) };
  return { host: text.slice(0, first), address: next };
}

const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{0,4}:[\da-f:.]{1,40})$/i;

/** Of the quote that ends a text from `from`: one after an odd number of backslashes belongs to the text. */
function quoteIn(line: string, from: number): number {
  for (let quote = line.indexOf('"', from); quote >= 0; quote = line.indexOf('"', quote + 1)) {
    let before = quote;
    while (before > from && line.charCodeAt(before - 1) === BACKSLASH) before--;
    if ((quote - before) % 2 === 0) return quote;
  }
  return -1;
}

/** Empty where the log has none; `undefined` where the line is cut, or is of another format. */
function agentAfter(line: string, bytesEnd: number): string | undefined {
  if (bytesEnd === line.length) return "";
  if (line.charCodeAt(bytesEnd + 1) !== QUOTE) return undefined;
  const refererEnd = quoteIn(line, bytesEnd + 2);
  if (refererEnd < 0 || !line.startsWith(' "', refererEnd + 1)) return undefined;
  const start = refererEnd + 3;
  const end = quoteIn(line, start);
  return end < 0 ? undefined : agentOf(line.slice(start, end));
}

interface RequestLine {
  readonly method: string;
  readonly target: string;
}

/** `undefined` for what is no HTTP, such as a handshake of TLS at the wrong port. */
function requestLineOf(text: string): RequestLine | undefined {
  const first = text.indexOf(" ");
  const last = text.lastIndexOf(" ");
  if (first <= 0 || last <= first || !text.startsWith("HTTP/", last + 1)) return undefined;
  return { method: text.slice(0, first), target: text.slice(first + 1, last) };
}
