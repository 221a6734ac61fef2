/** What an agent is that neither the table knows nor says for how many it asks, by the words in its User-Agent. */
import type { AgentKind } from "../types.ts";

const MONITOR = /monitor|uptime|health-?check|statuspage/i;
const BOT =
  /bots?(?![a-z])|(?<![a-z])bot|crawl|spider|scrap(?:e|y)|slurp|harvest|scann(?:er|ing)|(?<![a-z])scans?(?![a-z])|indexer|archiv|preview|checker|validator|download(?:er|-)|transcri/i;
const READER = /rss|feed|(?<![a-z])atom(?![a-z])|news|podcast|podcatch|(?<![a-z])pod(?=[/ ])|reader/i;
/** Systems and players by which a person's app fetches: Apple's, and the two of Android. */
const PERSONAL = /(?<![a-z])(?:cfnetwork|exoplayerlib|androidxmedia3|alamofire)(?![a-z])/i;

export function kindOfUnknown(text: string): AgentKind {
  if (MONITOR.test(text)) return "monitor";
  if (BOT.test(text)) return "bot";
  return READER.test(text) || PERSONAL.test(text) ? "reader" : "program";
}
