/** The edge functions as they are deployed: in a context that has only what CloudFront's runtime lists, on real requests, compared with `decide`. */

import { describe, expect, test } from "vitest";
import { edgeCode, MAX_BYTES } from "../../infra/edge/build.ts";
import type { CloudfrontRequest, CloudfrontResponse } from "../../infra/edge/event.ts";
import { decide, type EdgeRequest } from "../../lib/edge/decide.ts";
import { copiesOf, EDGE_BYTES, edgeOf } from "../../lib/edge/edge.ts";
import { headersOf } from "../../lib/edge/headers.ts";
import { ALIAS_LISTS } from "../../lib/site/aliases.ts";
import { parseSite } from "../../lib/site/site.ts";
import type { Site } from "../../lib/site/types.ts";
import { assertSyntax, runAtEdge } from "../edge/runtime.ts";

const SITE = `title: Field notes
url: https://example.com/
feeds: https://example.com/feeds/
since: 2020
hubs: [https://hub.example.com/]
channels:
  - { path: rural/video, formats: [json], tags: [y] }
aliases: [wordpress, hexo, { "topics/*/rss": "tags/*/rss.xml" }]
retired: { podcast.xml: gone, older.xml: rss.xml }
renamed: [{ categories: [Drinks/Tea, 茶] }]
`;

function siteOf(yaml: string): Site {
  const read = parseSite(new TextEncoder().encode(yaml), "content", 2026);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.site;
}

const site = siteOf(SITE);
const edge = edgeOf(site);
const code = edgeCode(site);
type Answer = CloudfrontRequest & CloudfrontResponse;
const onRequest = runAtEdge<{ request: CloudfrontRequest }, Answer>(code.request, "handler");
const onResponse = runAtEdge<{ request: CloudfrontRequest; response: CloudfrontResponse }, CloudfrontResponse>(
  code.response,
  "handler",
);

/** As CloudFront passes it to a function: header names in lower case, the query parsed. */
function asEvent({ method, path, query, headers }: EdgeRequest): CloudfrontRequest {
  const querystring: { [name: string]: { value: string; multiValue?: { value: string }[] } } = {};
  for (const param of query.split("&").filter(Boolean)) {
    const [name = "", ...rest] = param.split("=");
    const value = rest.join("=");
    const earlier = querystring[name];
    querystring[name] = earlier
      ? { value: earlier.value, multiValue: [...(earlier.multiValue ?? [{ value: earlier.value }]), { value }] }
      : { value };
  }
  const given = Object.entries(headers).map(([name, value]) => [name, { value: value ?? "" }]);
  return { method, uri: path, querystring, headers: Object.fromEntries(given) };
}

const NETNEWSWIRE = { "user-agent": "NetNewsWire (RSS Reader; https://netnewswire.com/)", accept: "*/*" };
const FEEDLY = {
  "user-agent": "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 12 subscribers; like FeedFetcher-Google)",
  "if-none-match": '"abc"',
};
const INOREADER = { "user-agent": "Mozilla/5.0 (compatible; inoreader.com/1.0; feed fetcher; 3 subscribers)" };
const FRESHRSS = {
  "user-agent": "FreshRSS/1.27.1 (Linux; https://freshrss.org)",
  "accept-encoding": "gzip, deflate, br",
};
const MINIFLUX = { "user-agent": "Mozilla/5.0 (compatible; Miniflux/2.2.14; +https://miniflux.app)" };
const NEWSBOAT = { "user-agent": "newsboat/2.30.1 (Linux x86_64)", "a-im": "feed" };
const OVERCAST = { "user-agent": "Overcast/1.0 Podcast Sync (40 subscribers; feed-id=1; +http://overcast.fm/)" };
const APPLE = { "user-agent": "Podcasts/1650.20 CFNetwork/1410.0.3 Darwin/22.6.0" };
const CURL = { "user-agent": "curl/8.5.0", accept: "*/*" };
const FIREFOX = {
  "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
  accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
  "sec-fetch-dest": "document",
  "sec-fetch-mode": "navigate",
  "sec-fetch-site": "none",
};
const WEB_READER = { origin: "https://reader.example", "sec-fetch-dest": "empty", "sec-fetch-mode": "cors" };
const OLD_SAFARI = { "user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 15_0 like Mac OS X) Safari/604.1" };

/** Address, headers, method → the key fetched, `→` and the redirect's target, or the status of a refusal. */
const TABLE: readonly (readonly [string, EdgeRequest["headers"], string, (string | undefined)?])[] = [
  ["/feeds/rss.xml", NETNEWSWIRE, "rss.xml"],
  ["/feeds/atom.xml", FEEDLY, "atom.xml"],
  ["/feeds/feed.json", INOREADER, "feed.json"],
  ["/feeds/tags/%E6%BB%B4%E7%81%8C/rss.xml", FRESHRSS, "tags/滴灌/rss.xml"],
  ["/feeds/tags/%e6%bb%b4%e7%81%8c/rss.xml", MINIFLUX, "tags/滴灌/rss.xml"],
  ["/feeds/tags/caf%65%CC%81/atom.xml", NEWSBOAT, "tags/café/atom.xml"],
  ["/feeds/tags/%E1%84%92%E1%85%A1%E1%86%AB%E1%84%80%E1%85%AE%E1%86%A8/rss.xml", NEWSBOAT, "tags/한국/rss.xml"],
  ["/feeds/rural/video/feed.json", OVERCAST, "rural/video/feed.json"],
  ["/feeds/archive/2026-05/rss.xml", APPLE, "archive/2026-05/rss.xml"],
  ["/feeds/feeds.opml", CURL, "feeds.opml"],
  ["/feeds/rss.xml", CURL, "rss.xml", "HEAD"],
  ["/feeds/rss.xml", { ...CURL, range: "bytes=0-99" }, "rss.xml"],
  ["/feeds/rss.xml", WEB_READER, "rss.xml"],
  ["/feeds/rss.xml", WEB_READER, "204", "OPTIONS"],
  ["/feeds/rss.xml", FIREFOX, "index.html"],
  ["/feeds/tags/rain/atom.xml", FIREFOX, "tags/rain/index.html"],
  ["/feeds/rss.xml?raw", FIREFOX, "rss.xml"],
  ["/feeds/rss.xml?raw=1", FIREFOX, "rss.xml"],
  ["/feeds/rss.xml?utm_source=x&utm_source=y", FIREFOX, "index.html"],
  ["/feeds/rss.xml", OLD_SAFARI, "rss.xml"],
  ["/feeds/", FIREFOX, "index.html"],
  ["/feeds", FIREFOX, "→ /feeds/"],
  ["/feeds?a=1&b", FIREFOX, "→ /feeds/?a=1&b"],
  ["/feeds/tags/rain", FIREFOX, "→ /feeds/tags/rain/"],
  ["/feeds/tags/rain/", CURL, "tags/rain/index.html"],
  ["/feed/", FEEDLY, "rss.xml"],
  ["/feed", FEEDLY, "rss.xml"],
  ["/feed/", FIREFOX, "→ /feeds/"],
  ["/?feed=rss2", FEEDLY, "rss.xml"],
  ["/?feed=atom", FEEDLY, "atom.xml"],
  ["/?feed=rss2&cat=3", FEEDLY, "404"],
  ["/tag/%E6%B0%B4/feed/", FEEDLY, "tags/水/rss.xml"],
  ["/topics/Machine_Learning/rss", FEEDLY, "tags/machine-learning/rss.xml"],
  ["/podcast.xml", OVERCAST, "410"],
  ["/older.xml", FEEDLY, "→ /feeds/rss.xml"],
  ["/feeds/categories/drinks/tea/green/rss.xml", FEEDLY, "→ /feeds/categories/%E8%8C%B6/green/rss.xml"],
  ["/feeds/categories/drinks/tea", FIREFOX, "→ /feeds/categories/%E8%8C%B6/"],
  ["/feeds/archive/2026-05/rss.xml", FIREFOX, "archive/2026-05/rss.xml"],
  ["/feeds/feeds.opml", FIREFOX, "feeds.opml"],
  ["/feeds/constructor", CURL, "constructor"],
  ["/", CURL, "404"],
  ["/elsewhere", CURL, "404"],
  ["/feeds/rss.xml", CURL, "405", "POST"],
  ["/feeds/rss.xml", CURL, "405", "DELETE"],
  ["/feeds/a+b.xml", CURL, "a+b.xml"],
  ["/feeds/a%2Bb.xml", CURL, "a+b.xml"],
  ["/feeds/a%20b.xml", CURL, "a b.xml"],
  ["/feeds/%2e%2e/secret", CURL, "400"],
  ["/feeds/..%2fsecret", CURL, "400"],
  ["/feeds/../secret", CURL, "400"],
  ["/feeds/%252e%252e/secret", CURL, "400"],
  ["/feeds/a%00b", CURL, "400"],
  ["/feeds/a%5cb", CURL, "400"],
  ["/feeds/a\\b", CURL, "400"],
  ["/feeds/%E6%BB", CURL, "400"],
  ["/feeds/%", CURL, "400"],
  ["/feeds/%zz", CURL, "400"],
  ["/feeds/%ED%A0%80", CURL, "400"],
  ["/feeds//rss.xml", CURL, "404"],
];

const requestFor = ([address, headers, , method = "GET"]: (typeof TABLE)[number]): EdgeRequest => {
  const [path = "", query = ""] = address.split("?");
  return { method, path, query, headers };
};

/** `GET /feeds/rss.xml by curl/8.5.0 gives rss.xml` */
const nameOf = ([address, headers, expected, method = "GET"]: (typeof TABLE)[number]): string =>
  `${method} ${address} by ${headers["user-agent"]?.slice(0, 30) ?? "a page"} gives ${expected}`;

describe("a request", () => {
  test.each(TABLE.map((row) => ({ row, is: nameOf(row) })))("$is", ({ row }) => {
    const request = requestFor(row);
    const decision = decide(request, edge);
    const answer =
      decision.kind === "serve"
        ? decision.key
        : decision.kind === "redirect"
          ? `→ ${decision.headers["location"]}`
          : String(decision.status);
    expect(answer).toBe(row[2]);

    const answered = onRequest({ request: asEvent(request) });
    if (decision.kind === "serve") {
      const encoded = decision.key.split("/").map(encodeURIComponent).join("/");
      expect([answered.uri, answered.headers["x-dripfeed-key"]]).toEqual([`/${encoded}`, { value: encoded }]);
    } else {
      expect(answered.statusCode).toBe(decision.status);
      for (const [name, value] of Object.entries(decision.headers)) expect(answered.headers[name]).toEqual({ value });
    }
  });

  test("that is refused gets the reason as text that pages of other origins may read", () => {
    const answered = onRequest({ request: asEvent(requestFor(["/podcast.xml", CURL, ""])) });
    expect(answered.body).toEqual({ encoding: "text", data: "410 this feed has ended, and is gone for good\n" });
    expect(answered.headers).toMatchObject({
      "content-type": { value: "text/plain; charset=utf-8" },
      "access-control-allow-origin": { value: "*" },
    });
  });

  test("for media of the content store is passed on as it is, but for a preflight, which S3 would refuse", () => {
    for (const method of ["GET", "HEAD"]) {
      const request = asEvent(requestFor(["/media/2026/%E8%8C%B6%20field.mp4?v=2", CURL, "", method]));
      expect(onRequest({ request: structuredClone(request) })).toEqual(request);
    }
    const asked = { ...WEB_READER, "access-control-request-method": "GET", "access-control-request-headers": "range" };
    const answered = onRequest({ request: asEvent(requestFor(["/media/rain.mp4", asked, "204", "OPTIONS"])) });
    expect(answered.statusCode).toBe(204);
    expect(answered.headers).toMatchObject({
      "access-control-allow-origin": { value: "*" },
      "access-control-allow-methods": { value: "GET, HEAD" },
      "access-control-allow-headers": { value: "*" },
    });
    // Only below that path.
    expect(onRequest({ request: asEvent(requestFor(["/feeds/media/rss.xml", CURL, ""])) }).uri).toBe("/media/rss.xml");
  });

  test("is decided by its raw query where the runtime offers that", () => {
    const request = asEvent(requestFor(["/", FEEDLY, ""]));
    const raw = runAtEdge<{ readonly request: object; readonly raw?: string }, Answer>(
      code.request,
      "({ request, raw }) => { request.rawQueryString = () => raw; return handler({ request }); }",
    );
    expect(raw({ request, raw: "feed=rss2" }).uri).toBe("/rss.xml");
    expect(raw({ request }).statusCode).toBe(404);
  });
});

describe("a response", () => {
  test("with media lets pages of other sites read what players need, and is as it was otherwise", () => {
    const response = { statusCode: 206, headers: { "content-type": { value: "video/mp4" } } };
    const request = asEvent(requestFor(["/media/rain.mp4", { ...WEB_READER, range: "bytes=0-99" }, ""]));
    expect(onResponse({ request, response: structuredClone(response) })).toEqual({
      statusCode: 206,
      headers: { ...response.headers, "access-control-expose-headers": { value: "ETag, Content-Range" } },
    });
  });

  const stored = { statusCode: 200, headers: { "content-type": { value: "application/xml" }, etag: { value: '"1"' } } };
  const served = TABLE.filter(([, , expected]) => !/^(?:→|\d{3}$)/.test(expected));

  test.each(served.map((row) => ({ row, is: nameOf(row) })))(
    "to $is has the headers that decide gives it",
    ({ row }) => {
      const request = requestFor(row);
      const decision = decide(request, edge);
      const rewritten = onRequest({ request: asEvent(request) });
      const { statusCode, headers } = onResponse({ request: rewritten, response: stored });
      const expected = decision.kind === "serve" ? decision.headers : {};
      expect(statusCode).toBe(200);
      for (const [name, value] of Object.entries(expected)) expect([name, headers[name]]).toEqual([name, { value }]);
      expect(headers["etag"]).toEqual({ value: '"1"' });
      // The same where the response function gets the viewer's own request, without the key header.
      expect(onResponse({ request: asEvent(request), response: stored })).toEqual({ statusCode, headers });
    },
  );

  test("of a feed has its content type, links to itself and its hub, and CORS headers", () => {
    const request = onRequest({ request: asEvent(requestFor(["/feed/", FEEDLY, ""])) });
    expect(onResponse({ request, response: stored }).headers).toMatchObject({
      "content-type": { value: "application/rss+xml; charset=utf-8" },
      link: { value: '<https://example.com/feeds/rss.xml>; rel="self", <https://hub.example.com/>; rel="hub"' },
      vary: { value: "Sec-Fetch-Dest" },
      "access-control-allow-origin": { value: "*" },
    });
    expect(headersOf("atom.xml", true, edge)["content-type"]).toBe("application/xml; charset=utf-8");
  });

  const crowded = siteOf(
    SITE.replace(
      "aliases: [",
      `aliases: [{ ${Array.from({ length: 200 }, (_, i) => `former-${i}/feed/: atom.xml`).join(", ")} }, `,
    ),
  );
  const copies = edgeCode(crowded);
  const onCopyRequest = runAtEdge<{ request: CloudfrontRequest }, Answer>(copies.request, "handler");
  const onCopyResponse = runAtEdge<{ request: CloudfrontRequest; response: CloudfrontResponse }, CloudfrontResponse>(
    copies.response,
    "handler",
  );

  test.each(["/former-199/feed", "/former-199/feed/", "/feeds/former-199/feed/"])(
    "of a copy, asked for at %s, has the type that the store knows, and people see it",
    (address) => {
      const atom = { ...stored, headers: { "content-type": { value: "application/atom+xml; charset=utf-8" } } };
      for (const [headers, type] of [
        [CURL, "application/atom+xml; charset=utf-8"],
        [FIREFOX, "application/xml; charset=utf-8"],
      ] as const) {
        const asked = requestFor([address, headers, ""]);
        expect(decide(asked, edgeOf(crowded))).toMatchObject({ kind: "serve", key: "former-199/feed/index.html" });
        const request = onCopyRequest({ request: asEvent(asked) });
        expect(request.uri).toBe("/former-199/feed/index.html");
        expect(onCopyResponse({ request, response: atom }).headers).toMatchObject({
          "content-type": { value: type },
          vary: { value: "Sec-Fetch-Dest" },
        });
      }
    },
  );

  test.each([403, 404, 500])("of status %i is passed on unchanged", (statusCode) => {
    const request = onRequest({ request: asEvent(requestFor(["/feeds/rss.xml", CURL, ""])) });
    expect(onResponse({ request, response: { ...stored, statusCode } })).toEqual({ ...stored, statusCode });
  });
});

describe("names of the owner's", () => {
  const named = siteOf(`${SITE}files: { rss: index.xml, page: feeds.html }
kinds: { tags: { path: "tag/{slug}/" }, categories: { path: "category/{slug}/feed/" }, sections: { path: "{slug}/" } }
`);
  const { request, response } = edgeCode(named);
  const onNamed = runAtEdge<{ request: CloudfrontRequest }, Answer>(request, "handler");
  const onNamedResponse = runAtEdge<{ request: CloudfrontRequest; response: CloudfrontResponse }, CloudfrontResponse>(
    response,
    "handler",
  );

  test.each([
    ["/feeds/index.xml", "index.xml", "application/rss+xml; charset=utf-8"],
    ["/feeds/", "feeds.html", "text/html; charset=utf-8"],
    ["/feeds/tag/tea/index.xml", "tag/tea/index.xml", "application/rss+xml; charset=utf-8"],
    ["/feeds/category/a/b/feed/atom.xml", "category/a/b/feed/atom.xml", "application/atom+xml; charset=utf-8"],
    ["/feeds/notes/", "notes/feeds.html", "text/html; charset=utf-8"],
    ["/feeds/archive/2026-01/2/feed.json", "archive/2026-01/2/feed.json", "application/feed+json; charset=utf-8"],
    ["/topics/tea/rss", "tag/tea/index.xml", "application/rss+xml; charset=utf-8"],
  ])("lead at %s to %s", (address, key, type) => {
    const asked = onNamed({ request: asEvent(requestFor([address, CURL, ""])) });
    expect(asked.uri).toBe(`/${key}`);
    const stored = { statusCode: 200, headers: {} };
    expect(onNamedResponse({ request: asked, response: stored }).headers["content-type"]).toEqual({ value: type });
  });

  test("give what no channel publishes none of their types", () => {
    for (const address of ["/feeds/rss.xml", "/feeds/tags/tea/rss.xml", "/feeds/a/b/index.xml"]) {
      const asked = requestFor([address, CURL, ""]);
      expect(decide(asked, edgeOf(named))).toMatchObject({ kind: "serve", key: address.slice(7), isShown: false });
      expect(headersOf(address.slice(7), false, edgeOf(named))["content-type"]).toBeUndefined();
    }
  });
});

describe("the functions", () => {
  test("are within CloudFront's size limit, with every list of aliases", () => {
    const all = edgeCode(siteOf(SITE.replace("[wordpress, hexo,", `[${ALIAS_LISTS.join(", ")},`)));
    for (const text of [code.request, code.response, all.request, all.response]) {
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_BYTES);
    }
  });

  test("have room for the data of a site, beside their code", () => {
    const bare = siteOf("title: T\nurl: https://example.com/\nsince: 2020\n");
    const data = Buffer.byteLength(JSON.stringify(edgeOf(bare)));
    for (const text of Object.values(edgeCode(bare))) {
      expect(Buffer.byteLength(text) - data + EDGE_BYTES).toBeLessThanOrEqual(MAX_BYTES);
    }
  });

  test.each([60, 1000])("take %i aliases: those for which there is no room are copies", (count) => {
    const many = Array.from({ length: count }, (_, i) => `"旧地址 ${i}/feed.xml": rss.xml`.replace(" ", "%20")).join(
      ", ",
    );
    const crowded = siteOf(SITE.replace('"topics/*/rss"', `${many}, "topics/*/rss"`));
    for (const text of Object.values(edgeCode(crowded))) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_BYTES);
    const inlined = edgeOf(crowded).aliases.split("旧地址").length - 1;
    expect(inlined).toBeGreaterThan(20);
    expect(inlined + copiesOf(crowded).length).toBe(count);
  });

  test.each(["normalize()", "at(0)", "matchAll(/x/g)", "charCodeAt(0)", "localeCompare('x')", "isWellFormed()"])(
    "would fail with a method that the runtime does not list: %s",
    (method) => expect(() => runAtEdge("", `(text) => text.${method}`)("text")).toThrow(/is not a function/),
  );

  test.each([
    "Array.from('ab')",
    "new Map()",
    "new URL('https://example.com/')",
    "[[1]].flatMap((x) => x)",
    "structuredClone(1)",
  ])("would fail with what the runtime does not list: %s", (expression) =>
    expect(() => runAtEdge("", `() => ${expression}`)("")).toThrow(/is not (?:a function|defined)/),
  );

  test.each(["/(?<=a)b/", "/\\p{L}/u", "/a/s", "/a/y", "let { a } = b", "for (const a of b);", "async () => {}"])(
    "would fail with syntax that the runtime does not list: %s",
    (code) => expect(assertSyntax(code)).rejects.toThrow(),
  );

  test("that would be too large are an error that names what to shorten", () => {
    const many = Array.from({ length: 300 }, (_, i) => `a-former-address-${i}/feed.xml: gone`).join(", ");
    expect(() => edgeCode(siteOf(SITE.replace(/retired: .*/, `retired: { ${many} }`)))).toThrow(
      /site\.yaml: the edge function would have [\d,]+ bytes, [\d,]+ more than CloudFront takes; shorten retired: a-former-address-0\/feed\.xml, .* and 297 more \([\d,]+ bytes\); or aliases: /,
    );
    const kinds = Array.from({ length: 20 }, (_, i) => `${"series-".repeat(13)}${"abcdefghijklmnopqrst"[i]}`).join(
      ", ",
    );
    const hub = `https://hub.example.com/${"a".repeat(9000)}`;
    expect(() => edgeCode(siteOf(`${SITE.replace(/hubs: .*/, `hubs: [${hub}]`)}taxonomies: [${kinds}]\n`))).toThrow(
      /taxonomies: series-[^,]*, .* and 17 more \([\d,]+ bytes\)/,
    );
  });

  test("are JavaScript of CloudFront's runtime 2.0, and use no global that it lacks", async () => {
    for (const text of [code.request, code.response]) {
      expect(text).toMatch(/function handler\(e\)\{return /);
      await assertSyntax(text);
      expect(text).not.toMatch(/\b(?:import|export|require|eval|console|process|Buffer|URL|globalThis|setTimeout)\b/);
    }
  });
});
