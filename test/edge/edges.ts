/** Edges and requests for tests, in a few words. */
import { decide, type EdgeRequest } from "../../lib/edge/decide.ts";
import { edgeOf } from "../../lib/edge/edge.ts";
import type { Edge } from "../../lib/edge/folders.ts";
import { parseSite } from "../../lib/site/site.ts";

const SITE = `title: Field notes
url: https://example.com/
feeds: https://example.com/feeds/
since: 2020
hubs: [https://hub.example.com/, https://hub.example.org/]
channels:
  - { path: feed, tags: [x] }
  - { path: rural/video, formats: [json], tags: [y] }
`;

export function edge(more = "", site = SITE): Edge {
  const read = parseSite(new TextEncoder().encode(site + more), "content", 2026);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return edgeOf(read.site);
}

/** A request for an address such as `/feeds/rss.xml?raw`. */
export function request(address: string, headers: EdgeRequest["headers"] = {}, method = "GET"): EdgeRequest {
  const at = address.indexOf("?");
  return {
    method,
    headers,
    path: at < 0 ? address : address.slice(0, at),
    query: at < 0 ? "" : address.slice(at + 1),
  };
}

export const PERSON = { "sec-fetch-dest": "document" };

/** The decision for an address in one word: the key, `→` and a location, or a status. */
export function answer(address: string, on = edge(), headers: EdgeRequest["headers"] = {}): string {
  const decision = decide(request(address, headers), on);
  if (decision.kind === "serve") return decision.key;
  return decision.kind === "redirect" ? `→ ${decision.headers["location"]}` : String(decision.status);
}
