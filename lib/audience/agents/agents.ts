/**
 * Who made a request, by its User-Agent. The first of these that applies decides:
 *
 * 1. Helpers of aggregators (`NewsBlur Page Fetcher`) are bots, whatever number they say.
 * 2. A name of the table, groups in the order of `known.ts`. A reader or a program that says for how many it asks is an aggregator;
 *    a bot or a monitor stays one.
 * 3. Whoever says for how many it asks is an aggregator.
 * 4. A browser: what starts as one does (`Mozilla/`, `Opera/`), unless the package isbot finds a bot in it; and what a browser fetches
 *    with the network of Apple's systems. Nothing else is asked of isbot: it holds every agent that is no browser for a bot, feed
 *    readers and podcast apps above all.
 * 5. Words of what is left decide its kind (`unknown.ts`). If there are none, it is a bot where isbot found one, else a program.
 *
 * The name is from the table, or a product that is safe to show (`product.ts`). A name of the table has one kind.
 */
import { isbot } from "isbot";
import { present } from "../../base/optional.ts";
import type { Agent, AgentKind } from "../types.ts";
import { readCount, readFeedId, type SaidCount } from "./count.ts";
import type { KnownAgent } from "./finder.ts";
import { findBrowser, findKnown, nameAs } from "./known.ts";
import { readProduct } from "./product.ts";
import { kindOfUnknown } from "./unknown.ts";

/** No User-Agent tells more in what comes later. */
const LOOKED_AT = 2000;

export function readAgent(userAgent: string): Agent {
  const sent = beginningOf(userAgent);
  // Before and after, since parts of a mail address may look encoded, and all of it may be.
  const agent = withoutMail(decoded(withoutMail(sent)));
  // The address of a feed or of a site may have any name in it.
  const text = agent.replace(/\bhttps?:\/\/[^\s;,)"'>]+/gi, " ");
  const said = readCount(text);
  const known = findKnown(text);
  if (known !== undefined) return knownAgent(known, said, agent);
  if (said !== undefined) return aggregator(productName(text, "aggregator"), said, agent);
  return unknownAgent(sent, text);
}

function knownAgent({ name, kind }: KnownAgent, said: SaidCount | undefined, agent: string): Agent {
  if (kind === "aggregator") return aggregator(name, said, agent);
  const speaksForMany = said !== undefined && (kind === "reader" || kind === "program");
  // The server of an app.
  return speaksForMany ? aggregator(nameAs(name.replace(/ app$/, ""), "aggregator"), said, agent) : { name, kind };
}

function aggregator(name: string, said: SaidCount | undefined, agent: string): Agent {
  return { name, kind: "aggregator", ...present({ subscribers: said?.subscribers, feedId: readFeedId(agent) }) };
}

function unknownAgent(sent: string, text: string): Agent {
  const isBot = /^\s*(?:mozilla|opera)\//i.test(sent) ? isbot(sent) : undefined;
  const isBrowser = isBot === false || (isBot === undefined && /\bcfnetwork\//i.test(text));
  const browser = isBrowser ? findBrowser(text) : undefined;
  if (browser !== undefined) return browser;
  const kind = kindOfUnknown(text, isBot === true);
  const name = productName(text, kind);
  return kind === "aggregator" ? aggregator(name, undefined, text) : { name, kind };
}

/** Of those without a name, each kind has one of its own, so that they are not counted as one agent. */
function productName(text: string, kind: AgentKind): string {
  const product = readProduct(text);
  return product === undefined ? (kind === "program" ? "unknown" : `unknown ${kind}`) : nameAs(product, kind);
}

/** Whole words, since half a mail address does not look like one. */
function beginningOf(userAgent: string): string {
  if (userAgent.length <= LOOKED_AT) return userAgent;
  const start = userAgent.slice(0, LOOKED_AT + 1);
  return start.slice(0, start.lastIndexOf(" ") + 1);
}

const withoutMail = (agent: string): string =>
  agent.replace(/[^\s(),;<>]+/g, (piece) => (piece.includes("@") ? " " : piece));

/** Apple's apps send their names percent-encoded: `Pocket%20Casts/7`, `%E6%92%AD%E5%AE%A2/1410`. */
function decoded(agent: string): string {
  return agent.replace(/(?:%[\da-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
}
