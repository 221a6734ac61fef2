/** What an agent is that neither the table knows nor says for how many it asks, by the words in its User-Agent. */
import type { AgentKind } from "../types.ts";

const MONITOR = /monitor|uptime|health-?check|statuspage/i;
/** As `Overcast/1.0 Podcast Sync`: the server of an app. */
const SERVER = /podcast[ -]sync/i;
const BOT = /bots?(?![a-z])|(?<![a-z])bot|crawl|spider|slurp|harvest|archiv|preview|transcri|translat|search engine/i;
/** Those that make something of what they fetch, but a `FeedFetcher`, which may be a reader's. */
const WORKER =
  /scrap(?:e|ing)|scann(?:er|ing)|(?<![a-z])scans?(?![a-z])|index(?:er|ing)|import|grab|analy[sz]|pipeline|worker|puller|process|download|check|validat|tester|(?<!(?:feed|rss)[ -]?)fetcher/i;
/** Not `news`: most that have it in their names observe the press. */
const READER = /rss|feed|(?<![a-z])atom(?![a-z])|podcast|podcatch|reader/i;
/** Systems and players with which a person's app fetches. */
const PERSONAL =
  /(?<![a-z])(?:cfnetwork|exoplayer(?:lib)?|androidxmedia3|alamofire|iphone|ipad|ipod|ios|ipados|watchos|tvos|android)(?![a-z])/i;

/** `isFake`: it says that it is a browser, and is a bot, so that the system which it says to be on tells nothing. */
export function kindOfUnknown(text: string, isFake: boolean): AgentKind {
  if (MONITOR.test(text)) return "monitor";
  if (SERVER.test(text)) return "aggregator";
  if (BOT.test(text)) return "bot";
  if (!isFake && PERSONAL.test(text)) return "reader";
  if (WORKER.test(text)) return "bot";
  if (READER.test(text)) return "reader";
  return isFake ? "bot" : "program";
}
