/** Requests → the text of a log as each server writes it: the truth that reading is held against. */
import type { LoggedRange } from "../../../lib/audience/types.ts";

export interface LoggedLine {
  readonly ms: number;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  readonly status: number;
  readonly bytes: number;
  readonly agent: string;
  readonly address: string;
  readonly range: LoggedRange | undefined;
  readonly id: string;
}

type Writer = (lines: readonly LoggedLine[]) => string;

const ended = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join("");

// ── CloudFront ───────────────────────────────────────────────────────────────────────────────────────────────────

/** All columns of a standard log, in its order. */
const COLUMNS: readonly (readonly [name: string, value: (line: LoggedLine) => string])[] = [
  ["date", ({ ms }) => new Date(ms).toISOString().slice(0, 10)],
  ["time", ({ ms }) => new Date(ms).toISOString().slice(11, 19)],
  ["x-edge-location", () => "FRA56-P4"],
  ["sc-bytes", ({ bytes }) => String(bytes)],
  ["c-ip", ({ address }) => address],
  ["cs-method", ({ method }) => method],
  ["cs(Host)", () => "d111111abcdef8.cloudfront.net"],
  ["cs-uri-stem", ({ path }) => path],
  ["sc-status", ({ status }) => String(status).padStart(3, "0")],
  ["cs(Referer)", () => "-"],
  ["cs(User-Agent)", ({ agent }) => (agent === "" ? "-" : percentEncoded(agent))],
  ["cs-uri-query", ({ query }) => query || "-"],
  ["cs(Cookie)", () => "-"],
  ["x-edge-result-type", () => "Hit"],
  ["x-edge-request-id", ({ id }) => id || "-"],
  ["x-host-header", ({ host }) => host || "-"],
  ["cs-protocol", () => "https"],
  ["cs-bytes", () => "231"],
  ["time-taken", () => "0.002"],
  ["x-forwarded-for", () => "-"],
  ["ssl-protocol", () => "TLSv1.3"],
  ["ssl-cipher", () => "TLS_AES_128_GCM_SHA256"],
  ["x-edge-response-result-type", () => "Hit"],
  ["cs-protocol-version", () => "HTTP/2.0"],
  ["fle-status", () => "-"],
  ["fle-encrypted-fields", () => "-"],
  ["c-port", () => "50904"],
  ["time-to-first-byte", () => "0.002"],
  ["x-edge-detailed-result-type", () => "Hit"],
  ["sc-content-type", () => "application/rss+xml"],
  ["sc-content-len", () => "19876"],
  ["sc-range-start", ({ range }) => (range ? String(range.start) : "-")],
  ["sc-range-end", ({ range }) => (range?.end === undefined ? "-" : String(range.end))],
];

/** Blanks and whatever is not printable ASCII, and what CloudFront encodes besides. */
export function percentEncoded(text: string): string {
  return text.replace(/[^!$&-;=?-Z_a-z]+/gu, (part) =>
    [...Buffer.from(part)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join(""),
  );
}

const chosenColumns = (chosen: readonly string[]) => COLUMNS.filter(([name]) => chosen.includes(name));

const w3cOf =
  (columns: typeof COLUMNS): Writer =>
  (lines) =>
    ended([
      "#Version: 1.0",
      `#Fields: ${columns.map(([name]) => name).join(" ")}`,
      ...lines.map((line) => columns.map(([, value]) => value(line)).join("\t")),
    ]);

export const CHOSEN = chosenColumns([
  ...["date", "time", "sc-bytes", "c-ip", "cs-method", "cs-uri-stem", "sc-status", "cs(User-Agent)", "cs-uri-query"],
  ...["x-edge-request-id", "x-host-header", "sc-range-start", "sc-range-end"],
]);

const jsonOf =
  (columns: typeof COLUMNS): Writer =>
  (lines) =>
    ended(lines.map((line) => JSON.stringify(Object.fromEntries(columns.map(([name, value]) => [name, value(line)])))));

// ── nginx, Apache ────────────────────────────────────────────────────────────────────────────────────────────────

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `28/Nov/2026:10:00:00 +0800`, in a zone that is as many minutes ahead. */
export function logTime(ms: number, ahead: number): string {
  const [date = "", time = ""] = new Date(ms + ahead * 60_000).toISOString().split("T");
  const [year, month, day] = date.split("-");
  const zone = Math.abs(ahead);
  const digits = String(Math.floor(zone / 60) * 100 + (zone % 60)).padStart(4, "0");
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${time.slice(0, 8)} ${ahead < 0 ? "-" : "+"}${digits}`;
}

/** As nginx does by default. */
export function nginxEscaped(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) => {
      const isPlain = byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c;
      return isPlain ? String.fromCharCode(byte) : `\\x${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    })
    .join("");
}

/** As Apache does (ap_escape_logitem). */
export function apacheEscaped(text: string): string {
  const letters: { readonly [byte: number]: string } = { 8: "b", 9: "t", 10: "n", 11: "v", 13: "r", 34: '"', 92: "\\" };
  return [...Buffer.from(text)]
    .map((byte) => {
      if (letters[byte]) return `\\${letters[byte]}`;
      return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`;
    })
    .join("");
}

const combinedOf =
  (escaped: (text: string) => string, { isVhost = false, ahead = 0 } = {}): Writer =>
  (lines) =>
    ended(
      lines.map((line) => {
        const target = line.query === "" ? line.path : `${line.path}?${line.query}`;
        const request = escaped(`${line.method} ${target} HTTP/1.1`);
        const site = isVhost ? `${line.host}:443 ` : "";
        const agent = line.agent === "" ? "-" : escaped(line.agent);
        return `${site}${line.address} - - [${logTime(line.ms, ahead)}] "${request}" ${String(line.status).padStart(3, "0")} ${line.bytes} "-" "${agent}" "extra"`;
      }),
    );

// ── Caddy ────────────────────────────────────────────────────────────────────────────────────────────────────────

const caddy: Writer = (lines) =>
  ended(
    lines.map((line) => {
      const { start, end } = line.range ?? {};
      const headers = {
        ...(line.agent === "" ? {} : { "User-Agent": [line.agent] }),
        Accept: ["*/*"],
        "Accept-Encoding": ["gzip"],
        ...(start === undefined ? {} : { Range: [`bytes=${start}-${end ?? ""}`] }),
      };
      const request = {
        ...{ remote_ip: "192.0.2.200", remote_port: "41342", client_ip: line.address, proto: "HTTP/2.0" },
        ...{ method: line.method, host: line.host, uri: line.query === "" ? line.path : `${line.path}?${line.query}` },
        headers,
        tls: { resumed: false, version: 772, cipher_suite: 4865, proto: "h2", server_name: "feeds.example.com" },
      };
      return JSON.stringify({
        ...{ level: "info", ts: line.ms / 1000, logger: "http.log.access", msg: "handled request", request },
        ...{ bytes_read: 0, user_id: "", duration: 0.000929675, size: line.bytes, status: line.status },
        resp_headers: { Server: ["Caddy"], "Content-Type": ["text/xml"], Etag: ['"abc"'] },
      });
    }),
  );

export const WRITERS = {
  "w3c, all columns": w3cOf(COLUMNS),
  "w3c, chosen columns": w3cOf(CHOSEN),
  "cloudfront-json, all columns": jsonOf(COLUMNS),
  "cloudfront-json, chosen columns": jsonOf(CHOSEN),
  nginx: combinedOf(nginxEscaped),
  apache: combinedOf(apacheEscaped, { isVhost: true, ahead: 330 }),
  caddy,
} satisfies { readonly [name: string]: Writer };
