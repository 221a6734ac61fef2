/** Aliases for which the edge has no room: which of them are copies in the public store, and how they are found there. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { copiesOf, EDGE_BYTES, edgeOf } from "../../lib/edge/edge.ts";
import { parseSite } from "../../lib/site/site.ts";
import type { Site } from "../../lib/site/types.ts";
import { assertKey } from "../../lib/stores/store.ts";
import { answer } from "./edges.ts";

const FEEDS = "title: T\nurl: https://example.com/\nfeeds: https://example.com/feeds/\nsince: 2020\n";

function siteOf(yaml: string): Site {
  const read = parseSite(new TextEncoder().encode(yaml), "content", 2026);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.site;
}

/** A site whose first aliases fill the edge, so that these are copies if they can be. */
const crowded = (aliases: { readonly [from: string]: string }, more = "", base = FEEDS): Site => {
  const fill = Array.from({ length: 150 }, (_, i) => [`filling/the/edge/${i}.xml`, "rss.xml"]);
  const all = Object.fromEntries([...fill, ...Object.entries(aliases)]);
  return siteOf(`${base}aliases:\n  - ${JSON.stringify(all)}\n${more}`);
};

const copyOf = (site: Site, of: string) => copiesOf(site).flatMap((copy) => (copy.of === of ? [copy.path] : []));

describe("an alias beyond the edge's room", () => {
  test("is a copy at its path, or without an extension in a folder of that name", () => {
    const site = crowded({
      "old.xml": "atom.xml",
      "feed/": "atom.xml",
      "feed/atom": "atom.xml",
      "wp-atom.php": "atom.xml",
    });
    expect(copyOf(site, "atom.xml")).toEqual(["old.xml", "feed/index.html", "feed/atom/index.html", "wp-atom.php"]);
  });

  test.each(["", "/feeds"])("is served below %s/ with and without a slash, to readers and people", (below) => {
    const site = crowded({ "old.xml": "atom.xml", "feed/": "atom.xml", "旧/地址": "tags/x/rss.xml" });
    const on = edgeOf(site);
    for (const end of ["", "/"]) {
      expect(answer(`${below}/old.xml${end}`, on)).toBe("old.xml");
      expect(answer(`${below}/feed${end}?utm=1`, on)).toBe("feed/index.html");
      expect(answer(`${below}/${encodeURI("旧/地址")}${end}`, on)).toBe("旧/地址/index.html");
    }
  });

  test("is inlined all the same where its copy could not be found, or would be in the way", () => {
    const site = crowded(
      {
        "atom.xml": "rss.xml",
        "tags/a/rss.xml": "tags/b/rss.xml",
        "?feed=rss2": "rss.xml",
        "t/*.xml": "tags/*/rss.xml",
        "t/one.xml": "atom.xml",
        "feeds/inner.xml": "atom.xml",
        "file.xml": "atom.xml",
        "file.xml/below": "atom.xml",
        "same/": "atom.xml",
        "same/index.html": "atom.xml",
        "SAME/": "atom.xml",
      },
      "retired: { gone.xml: gone }\n",
    );
    expect(copyOf(site, "atom.xml")).toEqual(["file.xml", "same/index.html"]);
    const on = edgeOf(site);
    expect(answer("/atom.xml", on)).toBe("rss.xml");
    expect(answer("/feeds/tags/a/rss.xml", on)).toBe("tags/b/rss.xml");
    expect(answer("/?feed=rss2", on)).toBe("rss.xml");
    expect(answer("/t/one.xml", on)).toBe("atom.xml");
    expect(answer("/feeds/inner.xml", on)).toBe("atom.xml");
    expect(answer("/file.xml/below", on)).toBe("atom.xml");
    expect(answer("/same/index.html", on)).toBe("atom.xml");
    expect(answer("/gone.xml", on)).toBe("410");
  });

  test("is no copy below a document, where a folder store has no room, nor where media are served", () => {
    const below = ["rss.xml/feed", "feeds.opml/x", "atom.xml/rss.xml", "TAGS/x/atom.xml/old"];
    const site = crowded(
      Object.fromEntries([...below, "media/feed.xml", "free/feed.xml"].map((path) => [path, "atom.xml"])),
    );
    expect(copyOf(site, "atom.xml")).toEqual(["free/feed.xml"]);
    for (const path of below) expect(answer(`/${path}`, edgeOf(site))).toBe("atom.xml");
  });

  test("never lets a document be served below the site, where it is not", () => {
    const on = edgeOf(crowded({}));
    for (const address of ["/rss.xml", "/tags/x/atom.xml", "/index.html", "/feeds.opml"]) {
      expect(answer(address, on)).toBe("404");
    }
    expect(answer("/feeds/", on)).toBe("index.html");
    expect(answer("/feeds/.well-known/token", on)).toBe(".well-known/token");
  });

  test("leads to the channel's present name", () => {
    expect(
      copyOf(crowded({ "o.xml": "tags/old/rss.xml" }, "renamed: [{ tags: [old, new] }]\n"), "tags/new/rss.xml"),
    ).toEqual(["o.xml"]);
  });

  test.each([
    ["feeds at the site's own address", "title: T\nurl: https://example.com/\nsince: 2020\n", "/old.xml"],
    [
      "feeds on another host",
      "title: T\nurl: https://example.com/blog/\nfeeds: https://f.example.com/\nsince: 2020\n",
      "/blog/old.xml",
    ],
  ])("is found with %s", (_, base, address) => {
    const on = edgeOf(crowded({ "old.xml": "atom.xml" }, "", base));
    expect(answer(address, on)).toBe("old.xml");
  });
});

test("without need nothing is a copy, and the store is not asked below the site", () => {
  const site = siteOf(`${FEEDS}aliases: [{ old.xml: rss.xml }]\n`);
  expect(copiesOf(site)).toEqual([]);
  expect(answer("/elsewhere.xml", edgeOf(site))).toBe("404");
});

test("every alias leads to its document or its copy, whatever the owner lists", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "feed",
      "rss",
      "atom.xml",
      "old",
      "a",
      "A",
      "feeds",
      "tags",
      ".x",
      "%20",
      "index.html",
      "旧",
      "prototype",
    ),
    fc.stringMatching(/^[a-z]{1,12}(?:\.[a-z]{3})?$/),
  );
  const path = fc.tuple(fc.array(piece, { minLength: 1, maxLength: 4 }), fc.constantFrom("", "/"));
  const from = path.map(([pieces, end]) => pieces.join("/") + end);
  fc.assert(
    fc.property(fc.uniqueArray(from, { minLength: 1, maxLength: 40 }), (aliases) => {
      const site = crowded(Object.fromEntries(aliases.map((each) => [each, "tags/x/rss.xml"])));
      const on = edgeOf(site);
      const copies = new Map(copiesOf(site).map((copy) => [copy.path, copy.of]));
      const paths = [...copies.keys()];
      for (const each of paths) {
        assertKey("public", "put", each);
        expect(paths.filter((other) => other.toLowerCase().startsWith(`${each.toLowerCase()}/`))).toEqual([]);
      }
      expect(new Set(paths.map((each) => each.toLowerCase())).size).toBe(paths.length);
      for (const each of aliases) {
        const served = answer(`/${each}`, on);
        const own =
          /^(?:index\.html|atom\.xml)?$/.test(each.replace(/\/$/, "").replace(/^feeds(?:\/|$)/, "")) ||
          each.startsWith("feeds/");
        if (!own) expect([each, copies.get(served) ?? served]).toEqual([each, "tags/x/rss.xml"]);
      }
      expect(Buffer.byteLength(JSON.stringify({ ...on, aliases: "" }))).toBeLessThan(EDGE_BYTES);
    }),
    { numRuns: 300 },
  );
});
