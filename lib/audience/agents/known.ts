/** The names that the table knows, in the order in which they decide. */
import type { AgentKind } from "../types.ts";
import { type AgentGroup, finderOf, type KnownAgent } from "./finder.ts";
import { AGGREGATORS, HELPERS } from "./table/aggregators.ts";
import { BROWSERS } from "./table/browsers.ts";
import { PLAYERS, PODCAST_APPS } from "./table/podcasts.ts";
import { BOTS, MONITORS, PROGRAMS } from "./table/programs.ts";
import { FEED_READERS } from "./table/readers.ts";
import type { AgentRow } from "./table/row.ts";

/** In the order in which they are decisive: a reader's server may say that it is like Googlebot, or what it fetches with. */
const GROUPS: readonly AgentGroup[] = [
  ["bot", HELPERS],
  ["aggregator", AGGREGATORS],
  ["reader", [...FEED_READERS, ...PODCAST_APPS]],
  ["reader", PLAYERS],
  ["monitor", MONITORS],
  ["bot", BOTS],
  ["program", PROGRAMS],
];

/** The names of the table by kind, in the order of the names. */
export const KNOWN: { readonly [kind in AgentKind]: readonly string[] } = {
  aggregator: namesOf("aggregator"),
  reader: namesOf("reader"),
  browser: sorted(BROWSERS),
  bot: namesOf("bot"),
  monitor: namesOf("monitor"),
  program: namesOf("program"),
};

function namesOf(kind: AgentKind): readonly string[] {
  return sorted(GROUPS.flatMap(([of, rows]) => (of === kind ? rows : [])));
}

/** Whatever their case. */
function sorted(rows: readonly AgentRow[]): readonly string[] {
  return rows.map(([name]) => name).sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
}

const NAMES: ReadonlySet<string> = new Set(Object.values(KNOWN).flat());

export const isKnown = (name: string): boolean => NAMES.has(name);

/** The name of the table that a User-Agent has: of the first group, there the leftmost one, there the longest token. */
export const findKnown: (text: string) => KnownAgent | undefined = finderOf(GROUPS);

/** The first row whose token the User-Agent has, wherever that is. */
export const findBrowser: (text: string) => KnownAgent | undefined = finderOf(
  BROWSERS.map((row) => ["browser", [row]]),
);

const KIND_OF = new Map(
  Object.entries(KNOWN).flatMap(([kind, names]) => names.map((name): [string, string] => [name.toLowerCase(), kind])),
);

/** The name by which an agent is counted: none of the table's with another kind than it has there. */
export function nameAs(name: string, kind: AgentKind): string {
  const known = KIND_OF.get(name.toLowerCase());
  return known === undefined || known === kind ? name : `${name.slice(0, 28)} ${kind}`;
}
