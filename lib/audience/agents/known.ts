/** The names that the table knows, in the order in which they decide. */
import type { AgentKind } from "../types.ts";
import { type AgentGroup, finderOf, type KnownAgent } from "./finder.ts";
import { AGGREGATORS, HELPERS } from "./table/aggregators.ts";
import { BROWSERS } from "./table/browsers.ts";
import { PLAYERS, PODCAST_APPS } from "./table/podcasts.ts";
import { BOTS, MONITORS, PROGRAMS } from "./table/programs.ts";
import { FEED_READERS } from "./table/readers.ts";

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
  browser: BROWSERS.map(([name]) => name).sort(),
  bot: namesOf("bot"),
  monitor: namesOf("monitor"),
  program: namesOf("program"),
};

function namesOf(kind: AgentKind): readonly string[] {
  return GROUPS.flatMap(([of, rows]) => (of === kind ? rows.map(([name]) => name) : [])).sort();
}

/** The name of the table that a User-Agent has: of the first group, there the leftmost one, there the longest token. */
export const findKnown: (text: string) => KnownAgent | undefined = finderOf(GROUPS);

/** The first row whose token the User-Agent has, wherever that is. */
export const findBrowser: (text: string) => KnownAgent | undefined = finderOf(
  BROWSERS.map((row) => ["browser", [row]]),
);
