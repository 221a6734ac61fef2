/** Decisions for requests, at the CDN's edge and in the preview. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodePath } from "../../lib/edge/address.ts";
import { copyKey, decide } from "../../lib/edge/decide.ts";
import { headersOf } from "../../lib/edge/headers.ts";
import { assertKey } from "../../lib/stores/store.ts";
import { expectLinear } from "../support/growth.ts";
import { post, world } from "../support/world.ts";
import { answer, edge, PERSON, request } from "./edges.ts";

const served = (address: string, headers = {}, on = edge()) => {
  const decision = decide(request(address, headers), on);
  if (decision.kind !== "serve") throw new Error(`${address} is not served`);
  return decision;
};

describe("an address", () => {
  test("below the URL of the feeds is a key of the public store", () => {
    expect(answer("/feeds/rss.xml")).toBe("rss.xml");
    expect(answer("/feeds/categories/a/b/feed.json")).toBe("categories/a/b/feed.json");
    expect(answer("/feeds/feeds.opml")).toBe("feeds.opml");
    expect(answer("/feeds/robots.txt")).toBe("robots.txt");
  });

  test("encoded with composed or decomposed letters is the key with composed ones", () => {
    expect(answer("/feeds/tags/%E6%89%B6%E8%B4%AB/rss.xml")).toBe("tags/扶贫/rss.xml");
    expect(answer(`/feeds/tags/${encodeURIComponent("e\u0301te\u0301")}/rss.xml`)).toBe("tags/\u00e9t\u00e9/rss.xml");
    for (const name of [
      "한국어",
      "ガーデン",
      "ヴァイオリン",
      "ぱん",
      "příliš-žluťoučký-kůň",
      "ёлка-йод-їжак",
      "çığ-ögün",
    ]) {
      expect(answer(`/feeds/tags/${encodeURIComponent(name.normalize("NFD"))}/rss.xml`)).toBe(`tags/${name}/rss.xml`);
    }
    expect(answer("/%66eeds/r%73s.xml")).toBe("rss.xml");
  });

  test("of a folder gives its page, and without the slash redirects there", () => {
    expect(answer("/feeds/")).toBe("index.html");
    expect(answer("/feeds/tags/x/")).toBe("tags/x/index.html");
    expect(answer("/feeds/rural/video/")).toBe("rural/video/index.html");
    expect(answer("/feeds/tags/%E6%B0%B4?a=b")).toBe("→ /feeds/tags/%E6%B0%B4/?a=b");
    expect(answer("/feeds/rural/video")).toBe("→ /feeds/rural/video/");
    expect(answer("/feeds/feed")).toBe("→ /feeds/feed/");
    expect(answer("/feeds")).toBe("→ /feeds/");
  });

  test("elsewhere is not found", () => {
    expect(answer("/")).toBe("404");
    expect(answer("/feedsrss.xml")).toBe("404");
    expect(answer("/feeds//rss.xml")).toBe("404");
  });

  test.each([
    "/feeds/../state/head.json",
    "/feeds/%2e%2e/head.json",
    "/feeds/%2E./head.json",
    "/feeds/..%2fhead.json",
    "/feeds/a%5c..%5chead.json",
    "/feeds/a\\b",
    "/feeds/%00rss.xml",
    "/feeds/%252e%252e/head.json",
    "/feeds/%25%32%65/x",
    "/feeds/%E6%89",
    "/feeds/%zz",
    "/feeds/%",
    "feeds/rss.xml",
    "*",
    "",
  ])("that leads out of the folder or is malformed is refused: %s", (path) => {
    expect(answer(path)).toBe("400");
  });

  test("is read with GET or HEAD", () => {
    expect(decide(request("/feeds/rss.xml", {}, "HEAD"), edge())).toMatchObject({ key: "rss.xml" });
    for (const method of ["POST", "PUT", "DELETE", "get"]) {
      const refused = { kind: "refuse", status: 405, headers: { allow: "GET, HEAD, OPTIONS" } };
      expect(decide(request("/feeds/rss.xml", {}, method), edge())).toMatchObject(refused);
    }
  });

  test("of any text never leads out of the store", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "..",
        ".",
        "%2e",
        "%2f",
        "%5c",
        "%00",
        "%25",
        "/",
        "*",
        "feed",
        "feeds",
        "tags",
        "x",
        ".xml",
        "?",
      ),
      fc.string({ unit: "binary" }),
    );
    const path = fc.array(piece, { maxLength: 8 }).map((pieces) => `/feeds/${pieces.join("")}`);
    const query = fc.oneof(fc.constantFrom("", "raw", "feed=rss2"), fc.string());
    const on = edge("aliases: [wordpress, jekyll, hugo, hexo, ghost, { 'old/*.*/': 'tags/*/*' }]");
    fc.assert(
      fc.property(fc.oneof(path, fc.string({ unit: "binary" })), query, (path, query) => {
        const decision = decide({ method: "GET", path, query, headers: {} }, on);
        if (decision.kind === "serve" && Buffer.byteLength(decision.key) <= 1024) {
          assertKey("public", "get", decision.key);
        }
        if (decision.kind === "redirect") expect(decision.headers["location"]).toMatch(/^\/feeds\/[^/]/);
      }),
      { numRuns: 2000 },
    );
  });

  test("of every published document gives that document", async () => {
    const site = `title: T\nurl: https://example.com/blog/\nfeeds: https://example.com/%E6%B5%81/\nsince: 2020\n`;
    const built = await world(
      {
        "posts/a.md": post({ title: "A", tags: "[扶贫, C++, e\u0301]", categories: "[[a, 子]]", author: "林小满" }),
        "posts/b.md": post({ title: "B", date: "2025-01-02", lang: "zh-Hant-TW" }),
      },
      site,
    );
    await built.publish();
    const on = edge("", site);
    const paths = await built.paths();
    expect(paths.length).toBeGreaterThan(20);
    for (const path of paths) expect(answer(`/%E6%B5%81/${encodePath(path)}`, on)).toBe(path);
  });
});

describe("a person who opens a feed", () => {
  test.each(["rss.xml", "atom.xml", "feed.json", "tags/x/rss.xml", "categories/a/b/atom.xml", "rural/video/feed.json"])(
    "gets the page of its channel: %s",
    (path) => {
      const page = path.replace(/[^/]+$/, "index.html");
      expect(answer(`/feeds/${path}`, edge(), PERSON)).toBe(page);
      expect(served(`/feeds/${path}`, PERSON).headers).toMatchObject({
        "content-type": "text/html; charset=utf-8",
        vary: "Sec-Fetch-Dest",
      });
    },
  );

  test("sees the feed itself where it has no page", () => {
    expect(answer("/feeds/archive/2024-05/rss.xml", edge(), PERSON)).toBe("archive/2024-05/rss.xml");
    expect(answer("/feeds/rss.xml", edge("pages: false\n"), PERSON)).toBe("rss.xml");
    expect(answer("/feeds/feeds.opml", edge(), PERSON)).toBe("feeds.opml");
    expect(answer("/feeds/rural/video/rss.xml", edge(), PERSON)).toBe("rural/video/rss.xml");
  });

  test("gets the feed itself with ?raw, as a type that browsers display", () => {
    expect(served("/feeds/rss.xml?raw", PERSON)).toMatchObject({
      key: "rss.xml",
      headers: { "content-type": "application/xml; charset=utf-8", vary: "Sec-Fetch-Dest" },
    });
    expect(served("/feeds/atom.xml?a&raw=1").headers["content-type"]).toBe("application/xml; charset=utf-8");
    expect(served("/feeds/feed.json?raw").headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(answer("/feeds/rss.xml?rawness", edge(), PERSON)).toBe("index.html");
  });

  test.each([{}, { "sec-fetch-dest": "empty" }, { accept: "text/html" }])("is not assumed with %j", (headers) => {
    expect(served("/feeds/tags/x/rss.xml", headers)).toMatchObject({
      key: "tags/x/rss.xml",
      headers: { vary: "Sec-Fetch-Dest" },
    });
  });
});

describe("the headers of a served document", () => {
  test.each([
    ["rss.xml", "application/rss+xml; charset=utf-8"],
    ["tags/x/atom.xml", "application/atom+xml; charset=utf-8"],
    ["feed.json", "application/feed+json; charset=utf-8"],
    ["feeds.opml", "text/x-opml; charset=utf-8"],
    ["feeds.json", "application/json; charset=utf-8"],
    ["autodiscovery.html", "text/html; charset=utf-8"],
    ["tags/x/index.html", "text/html; charset=utf-8"],
    ["tags/x/feeds.opml", undefined],
    ["logo.png", undefined],
  ])("have the content type of %s", (key, type) => {
    expect(headersOf(key, false, edge())["content-type"]).toBe(type);
  });

  test("of a feed link to itself and to every hub (WebSub §4)", () => {
    expect(served("/feeds/tags/%E6%B0%B4/rss.xml").headers["link"]).toBe(
      '<https://example.com/feeds/tags/%E6%B0%B4/rss.xml>; rel="self", ' +
        '<https://hub.example.com/>; rel="hub", <https://hub.example.org/>; rel="hub"',
    );
  });

  test("of a page link to the feeds of its channel", () => {
    expect(served("/feeds/rural/video/").headers["link"]).toBe(
      '<https://example.com/feeds/rural/video/feed.json>; rel="alternate"; type="application/feed+json"',
    );
    expect(served("/feeds/tags/x/").headers["link"]?.split(", ")).toHaveLength(3);
  });

  test("allow every origin, forbid content sniffing, and cache as the site says", () => {
    expect(served("/feeds/logo.png", {}, edge("cacheControl: 'public, max-age=60'\n")).headers).toMatchObject({
      "access-control-allow-origin": "*",
      "x-content-type-options": "nosniff",
      "cache-control": "public, max-age=60",
    });
  });
});

describe("an alias", () => {
  const aliases = (list: string) => edge(`aliases: ${list}\n`);

  test("gives its document at the old address, below the site and below its feeds", () => {
    const on = aliases("[{ old/feed.xml: atom.xml }]");
    for (const path of ["/old/feed.xml", "/old/feed.xml/", "/feeds/old/feed.xml"])
      expect(answer(path, on)).toBe("atom.xml");
    // A page's relative links work only at its own address.
    expect(answer("/old/feed.xml", on, PERSON)).toBe("→ /feeds/");
    expect(decide(request("/old/feed.xml", PERSON), on)).toMatchObject({
      status: 302,
      headers: { vary: "Sec-Fetch-Dest" },
    });
    expect(served("/old/feed.xml", {}, on).headers["link"]).toContain(
      '<https://example.com/feeds/atom.xml>; rel="self"',
    );
    expect(answer("/very/old/feed.xml", on)).toBe("404");
  });

  test("may have the name of a document, below the site", () => {
    expect(answer("/atom.xml", aliases("[hexo]"))).toBe("atom.xml");
    expect(answer("/atom.xml", aliases("[]"))).toBe("404");
  });

  test("with * inserts the matched text, spelt as slugs are", () => {
    const on = aliases("[{ 'tag/*/feed/': 'tags/*/rss.xml', 'c/*/in-*.xml': 'categories/*/*/rss.xml' }]");
    expect(answer("/tag/%E6%B0%B4/feed/", on)).toBe("tags/水/rss.xml");
    expect(answer("/tag/Machine_Learning/feed", on)).toBe("tags/machine-learning/rss.xml");
    expect(answer("/c/a/in-b.xml", on)).toBe("categories/a/b/rss.xml");
    for (const path of ["/tag/feed/", "/tag/a/b/feed/", "/c/a/in-.xml", "/c/a/on-b.xml"])
      expect(answer(path, on)).toBe("404");
  });

  test("with a query matches exactly that query, in any order", () => {
    const on = aliases("[{ '?feed=rss2': rss.xml, 'index.php?a=1&b=2': atom.xml }]");
    expect(answer("/?feed=rss2", on)).toBe("rss.xml");
    expect(answer("/feeds/?feed=rss2", on)).toBe("rss.xml");
    expect(answer("/index.php?b=2&a=1", on)).toBe("atom.xml");
    expect(answer("/?feed=rss2&cat=3", on)).toBe("404");
    expect(answer("/index.php?a=1", on)).toBe("404");
  });

  test("without a query matches any query", () => {
    expect(answer("/old.xml?utm_source=x", aliases("[{ old.xml: rss.xml }]"))).toBe("rss.xml");
  });

  test("never hides a document of the site or of a channel that the owner names", () => {
    const on = aliases("[wordpress, { rss.xml: atom.xml, rural/video/feed.json: atom.xml, '*.xml': feeds.json }]");
    expect(answer("/feeds/rss.xml", on)).toBe("rss.xml");
    expect(answer("/feeds/atom.xml", on)).toBe("atom.xml");
    expect(answer("/feeds/rural/video/feed.json", on)).toBe("rural/video/feed.json");
    expect(answer("/feeds/feed/", on)).toBe("feed/index.html");
    expect(answer("/feed/", on)).toBe("rss.xml");
    expect(answer("/feeds/else.xml", on)).toBe("feeds.json");
  });

  test("without * may replace the document of a former tag, and with * never one", () => {
    const on = aliases("[{ tags/old/rss.xml: tags/new/rss.xml, 'tags/*/atom.xml': tags/new/rss.xml }]");
    expect(answer("/feeds/tags/old/rss.xml", on)).toBe("tags/new/rss.xml");
    expect(answer("/feeds/tags/old/atom.xml", on)).toBe("tags/old/atom.xml");
  });

  test("matches below the path of the site", () => {
    const site =
      "title: T\nurl: https://example.com/blog/\nfeeds: https://feeds.example.com/\nsince: 2020\naliases: [hexo]\n";
    expect(answer("/blog/rss2.xml", edge("", site))).toBe("rss.xml");
    expect(answer("/rss2.xml", edge("", site))).toBe("rss.xml");
  });
});

describe("a retired address", () => {
  const retired = (yaml: string, more = "") => edge(`retired: ${yaml}\n${more}`);

  test("redirects permanently to a document here or to a URL elsewhere", () => {
    const on = retired(
      "{ old.xml: rss.xml, 'tag/*/feed': 'tags/*/atom.xml', en/feed: en/, away.xml: 'https://example.org/f?x=1' }",
    );
    expect(answer("/old.xml", on)).toBe("→ /feeds/rss.xml");
    expect(answer("/feeds/old.xml/", on)).toBe("→ /feeds/rss.xml");
    expect(answer("/tag/%E6%BB%B4%E7%81%8C/feed/", on)).toBe("→ /feeds/tags/%E6%BB%B4%E7%81%8C/atom.xml");
    expect(answer("/en/feed", on)).toBe("→ /feeds/en/");
    expect(answer("/away.xml", on)).toBe("→ https://example.org/f?x=1");
    expect(decide(request("/old.xml"), on)).toMatchObject({
      kind: "redirect",
      status: 301,
      headers: { "cache-control": "public, max-age=300" },
    });
  });

  test("elsewhere inserts the text that * matched, encoded", () => {
    const on = retired("{ 'tag/*.xml': 'https://example.org/*/feed' }");
    expect(answer("/tag/%E6%B0%B4%3F.xml", on)).toBe("→ https://example.org/%E6%B0%B4%3F/feed");
  });

  test("that is gone is answered with 410", () => {
    const on = retired("{ podcast.xml: gone, '?feed=rdf': gone }");
    expect(answer("/podcast.xml", on)).toBe("410");
    expect(answer("/?feed=rdf", on)).toBe("410");
  });

  test("takes precedence over an alias, and never hides a document", () => {
    const on = retired("{ feed/: gone, rss.xml: gone, '*.json': gone }", "aliases: [wordpress, { rss2/: rss.xml }]\n");
    expect(answer("/feed/", on)).toBe("410");
    expect(answer("/rss2/", on)).toBe("rss.xml");
    expect(answer("/feeds/rss.xml", on)).toBe("rss.xml");
    expect(answer("/feeds/feed.json", on)).toBe("feed.json");
    expect(answer("/feeds/other.json", on)).toBe("410");
  });
});

test("a CORS-preflight request is allowed", () => {
  expect(decide(request("/feeds/rss.xml", { origin: "https://reader.example" }, "OPTIONS"), edge())).toMatchObject({
    kind: "allow",
    status: 204,
    headers: { "access-control-allow-origin": "*", "access-control-allow-headers": "*" },
  });
});

test("a copy of a folder is its page, one of a file or of what is hidden is at its own path", () => {
  expect(["feed/atom", "feed/", "feed.xml", "a.b/c", ".well-known/a", "a/.b/c", ""].map(copyKey)).toEqual([
    "feed/atom/index.html",
    "feed/index.html",
    "feed.xml",
    "a.b/c/index.html",
    ".well-known/a",
    "a/.b/c",
    "index.html",
  ]);
  expectLinear((size) => () => copyKey(`a${".".repeat(size)}/b`));
});
