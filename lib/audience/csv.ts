/** All that is kept of the days as CSV (RFC 4180), one number a row: for spreadsheets and programs. */
import { compareKeys } from "../stores/store.ts";
import { leaveOutDoubtful } from "./summary/doubts.ts";
import type { DoubtfulCount } from "./summary/types.ts";
import type { AgentCount, ChannelCount, DayCount, MissingCount } from "./types.ts";

const HEADER = ["day", "what", "name", "agent", "count", "estimated", "doubtful"];

/** The cells of a row, between its day and `doubtful`. `estimated` is how many of the count are an estimate. */
type Cells = readonly [what: string, name: string, agent: string, count: number, estimated: number];

/**
 * Rows in the order of the days. `name` is the key of a channel, the path of a recording or an address. Readers of the whole site are
 * `distinct readers`: those of its channels, each once. `doubtful` is 1 for a count that is left out of all figures. Lines end with
 * CRLF, as the RFC has them; it is UTF-8 without a mark.
 */
export function renderCsv(days: readonly DayCount[]): string {
  const inOrder = days.toSorted((a, b) => compareKeys(a.day, b.day));
  const doubtful = Map.groupBy(leaveOutDoubtful(inOrder).doubtful, ({ day }) => day);
  return lineOf(HEADER) + inOrder.map((count) => linesOf(count, doubtful.get(count.day))).join("");
}

function linesOf(count: DayCount, doubtful: readonly DoubtfulCount[] = []): string {
  const isDoubtful = ([what, name, by]: Cells) =>
    what === "subscribers" && doubtful.some(({ channel, agent }) => channel === name && agent === by);
  return cellsOf(count)
    .map((cells) => lineOf([count.day, ...cells, Number(isDoubtful(cells))]))
    .join("");
}

const lineOf = (cells: readonly (string | number)[]): string => `${cells.map(cellOf).join(",")}\r\n`;

const cellsOf = ({ requests, channels, agents, readers, recordings, former, missing }: DayCount): readonly Cells[] => [
  ["requests", "", "", requests, 0],
  ...entriesOf(channels).flatMap(([key, channel]) => cellsOfChannel(key, channel)),
  ...entriesOf(readers).map(([agent, n]): Cells => ["distinct readers", "", agent, n, n]),
  ...entriesOf(agents).flatMap(([agent, count]) => cellsOfAgent(agent, count)),
  ...entriesOf(recordings).flatMap(([path, { downloads, estimated, bytes }]): readonly Cells[] => [
    ["downloads", path, "", downloads, estimated],
    ["bytes of recordings", path, "", bytes, 0],
  ]),
  ...entriesOf(former).flatMap(([address, count]) => cellsOfAddress(count.kind, address, count)),
  ...entriesOf(missing).flatMap(([address, count]) => cellsOfAddress("missing", address, count)),
];

const cellsOfAddress = (kind: string, address: string, count: MissingCount): readonly Cells[] => [
  [`requests for ${kind}`, address, "", count.requests, 0],
  [`subscribers of ${kind}`, address, "", count.subscribers, 0],
];

const cellsOfChannel = (key: string, channel: ChannelCount): readonly Cells[] => [
  ...entriesOf(channel.subscribers).map(([agent, n]): Cells => ["subscribers", key, agent, n, 0]),
  ...entriesOf(channel.readers).map(([agent, n]): Cells => ["readers", key, agent, n, n]),
  ["browsers", key, "", channel.browsers, channel.browsers],
  ...entriesOf(channel.formats).map(([format, n]): Cells => [`requests for ${format}`, key, "", n, 0]),
  ["bytes of feeds", key, "", channel.bytes, 0],
];

/** Of all channels. */
const cellsOfAgent = (agent: string, { kind, requests, unchanged, bytes, pairs }: AgentCount): readonly Cells[] => [
  [`requests by ${kind}`, "", agent, requests, 0],
  ["unchanged", "", agent, unchanged, 0],
  ["bytes by agent", "", agent, bytes, 0],
  ["client and feed pairs", "", agent, pairs, 0],
];

/** By name, however they came. */
const entriesOf = <Count>(counts: { readonly [name: string]: Count }): readonly (readonly [string, Count])[] =>
  Object.entries(counts).toSorted(([a], [b]) => compareKeys(a, b));

/**
 * Before what spreadsheets run as a formula when a cell begins with it, and before an apostrophe or a quote of the text's own. A cell may
 * begin within ours, too, since spreadsheets of many languages separate by `;`, and some by tabs (OWASP, CSV Injection; ASVS 1.2.10).
 */
const FORMULA = /(?<=^|[;\t\r\n])(?=[=+\-@＝＋－＠'"\t\r\n\0])/g;

/** RFC 4180, 2.5 to 2.7. */
const QUOTED = /[",\r\n]/;

/** An apostrophe at its start, or after `;`, a tab or a line break, is never of the text: without it the text is as it was. */
function cellOf(value: string | number): string {
  if (typeof value === "number") return String(value);
  const safe = value.replace(FORMULA, "'");
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
