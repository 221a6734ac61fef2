/** What a person is shown where a channel has no page: the document itself, under a type that browsers display. */
import { describe, expect, test } from "vitest";
import { decide } from "../../lib/edge/decide.ts";
import { edge, PERSON, request } from "./edges.ts";

const pageless = edge("pages: false\naliases: [{ old/feed.xml: atom.xml, 'tag/*/feed/': 'tags/*/feed.json' }]\n");

function headersAt(address: string, headers = {}, method = "GET", on = pageless) {
  const decision = decide(request(address, headers, method), on);
  if (decision.kind !== "serve") throw new Error(`${address} is not served`);
  return { type: decision.headers["content-type"], vary: decision.headers["vary"] };
}

/** Address → what programs get, and what people do. */
const TYPES: readonly (readonly [string, string, string])[] = [
  ["/feeds/rss.xml", "application/rss+xml", "application/xml"],
  ["/feeds/atom.xml", "application/atom+xml", "application/xml"],
  ["/feeds/feed.json", "application/feed+json", "application/json"],
  ["/feeds/tags/x/rss.xml", "application/rss+xml", "application/xml"],
  ["/feeds/rural/video/feed.json", "application/feed+json", "application/json"],
  ["/feeds/archive/2024-05/atom.xml", "application/atom+xml", "application/xml"],
  ["/feeds/feeds.opml", "text/x-opml", "application/xml"],
  ["/old/feed.xml", "application/atom+xml", "application/xml"],
  ["/tag/water/feed/", "application/feed+json", "application/json"],
];

describe.each(TYPES)("%s", (address, program, person) => {
  test(`is ${program} to programs and ${person} to people, and caches keep the two apart`, () => {
    for (const method of ["GET", "HEAD"]) {
      for (const headers of [{}, { accept: "*/*" }, { "sec-fetch-dest": "empty" }, { accept: "text/html" }]) {
        expect(headersAt(address, headers, method)).toEqual({
          type: `${program}; charset=utf-8`,
          vary: "Sec-Fetch-Dest",
        });
      }
      expect(headersAt(address, PERSON, method)).toEqual({ type: `${person}; charset=utf-8`, vary: "Sec-Fetch-Dest" });
    }
  });
});

test("beside pages, archives and the list of feeds are shown as well", () => {
  const paged = edge();
  expect(headersAt("/feeds/archive/2024-05/rss.xml", PERSON, "GET", paged).type).toBe("application/xml; charset=utf-8");
  expect(headersAt("/feeds/feeds.opml", PERSON, "GET", paged).type).toBe("application/xml; charset=utf-8");
});

test("what has one type for everybody does not vary", () => {
  for (const address of ["/feeds/feeds.json", "/feeds/autodiscovery.html"]) {
    expect(headersAt(address, PERSON)).toEqual({ ...headersAt(address), vary: undefined });
  }
});

test("a name of JavaScript's objects is no document", () => {
  for (const name of ["constructor", "toString", "__proto__"]) {
    expect(headersAt(`/feeds/${name}`)).toEqual({ type: undefined, vary: undefined });
    expect(headersAt(`/feeds/${name}/rss.xml`)).toEqual({ type: undefined, vary: undefined });
  }
});
