/** What is written for Netlify and Cloudflare Pages, read by Netlify's own parsers. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAllHeaders } from "@netlify/headers-parser";
import { parseAllRedirects } from "@netlify/redirect-parser";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { hostFiles, hostWarnings } from "../../lib/hosts/hosts.ts";
import { post, SITE, world } from "../support/world.ts";
import { anyAliases, HEAD, siteFrom } from "./sites.ts";

const folder = mkdtempSync(join(tmpdir(), "dripfeed-netlify-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PATHS = ["rss.xml", "atom.xml", "feed.json", "tags/x/rss.xml", "tags/x/atom.xml", "categories/a/b/rss.xml"];

/** As the parser gives it, which has no types for it. */
interface Redirect {
  readonly from: string;
  readonly to: string;
  readonly query: { readonly [name: string]: string };
  readonly status: number;
  readonly force: boolean;
  readonly conditions: object;
}

async function parsed(yaml: string, paths: readonly string[] = PATHS) {
  const files = new Map(hostFiles(siteFrom(yaml), paths).map(({ path, text }) => [path, text]));
  for (const [path, text] of files) writeFileSync(join(folder, path), text);
  const redirects = await parseAllRedirects({
    redirectsFiles: [join(folder, "_redirects")],
    configRedirects: [],
    minimal: true,
  });
  const headers = await parseAllHeaders({ headersFiles: [join(folder, "_headers")], configHeaders: [], minimal: true });
  return { text: files.get("_redirects") ?? "", redirects, rules: redirects.redirects as readonly Redirect[], headers };
}

const ROOT = `${HEAD.replace("example.com/feeds/", "example.com/")}host: netlify\n`;

describe("_redirects", () => {
  test("serves aliases, redirects what has moved, and ends what is gone", async () => {
    const { redirects, rules } =
      await parsed(`${ROOT}aliases: [{ feed/: rss.xml, old.xml: atom.xml, "?feed=rss2": rss.xml, "topics/*/rss": tags/*/rss.xml, "old/*": tags/*x/rss.xml, "by/*.xml": tags/*/atom.xml }]
retired: { older.xml: rss.xml, else.xml: "https://example.org:8080/feed", podcast.xml: gone }
renamed: [{ tags: [old name, x] }, { categories: [Drinks, Tea] }]
`);
    expect(redirects.errors).toEqual([]);
    expect(rules.map(({ from, query, to, status }) => [from, query, to, status])).toEqual([
      ["/", { feed: "rss2" }, "/rss.xml", 200],
      ["/older.xml", {}, "https://example.com/rss.xml", 301],
      ["/else.xml", {}, "https://example.org:8080/feed", 301],
      ["/podcast.xml", {}, "/", 410],
      ["/feed", {}, "/rss.xml", 200],
      ["/feed/", {}, "/rss.xml", 200],
      ["/old.xml", {}, "/atom.xml", 200],
      ["/topics/old-name/rss", {}, "/tags/x/rss.xml", 200],
      ["/topics/old-name/rss/", {}, "/tags/x/rss.xml", 200],
      ["/by/old-name.xml", {}, "/tags/x/atom.xml", 200],
      ["/tags/old-name", {}, "https://example.com/tags/x/", 301],
      ["/tags/old-name/", {}, "https://example.com/tags/x/", 301],
      ["/tags/old-name/rss.xml", {}, "https://example.com/tags/x/rss.xml", 301],
      ["/tags/old-name/atom.xml", {}, "https://example.com/tags/x/atom.xml", 301],
      ["/tags/old-name/feed.json", {}, "https://example.com/tags/x/feed.json", 301],
      ["/tags/old-name/index.html", {}, "https://example.com/tags/x/", 301],
      ["/by/x.xml", {}, "/tags/x/atom.xml", 200],
      ["/categories/drinks/*", {}, "https://example.com/categories/tea/:splat", 301],
      ["/topics/:a/rss", {}, "/tags/:a/rss.xml", 200],
      ["/topics/:a/rss/", {}, "/tags/:a/rss.xml", 200],
    ]);
  });

  test("holds whatever an owner types, as one rule a line that leads where it should", async () => {
    await fc.assert(
      fc.asyncProperty(anyAliases, async (lines) => {
        const { text, redirects, rules } = await parsed(`${ROOT}${lines}`);
        expect(redirects.errors).toEqual([]);
        expect(rules.length).toBe(text.split("\n").filter((line) => /^\//.test(line)).length);
        expect(rules.length).toBe(text.split("\n").length - 2);
        for (const { to, query, force, conditions } of rules) {
          expect(to).toMatch(/^\/|^https?:\/\//);
          expect([force, conditions]).toEqual([Object.keys(query).length > 0, {}]);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("keeps to what Cloudflare Pages reads, and says what it leaves out", async () => {
    const many = Object.fromEntries(Array.from({ length: 2100 }, (_, i) => [`old/${i}.xml`, "rss.xml"]));
    const site = siteFrom(`${ROOT}aliases: [${JSON.stringify(many)}]\n`);
    const [redirects] = hostFiles(site, PATHS);
    expect(redirects?.text.split("\n").length).toBe(2002);
    expect(hostWarnings(site, PATHS)).toMatchObject([
      {
        code: "site-host",
        message: "host: there is no room for: old/2000.xml, old/2001.xml, old/2002.xml and 97 more",
      },
    ]);
  });

  test("an alias that neither can ask for is told", () => {
    const site = siteFrom(`${ROOT}aliases: [{ "by-*/feed": rss.xml }]\nretired: { "old-*.xml": rss.xml }\n`);
    expect(hostWarnings(site, PATHS).map(({ message }) => message)).toEqual([
      "host: these cannot be written: old-*.xml, by-*/feed",
    ]);
  });

  test("what only one of the two hosts can do is told", () => {
    const site = siteFrom(
      `${ROOT}aliases: [{ "?feed=rss2": rss.xml, "?plain": rss.xml }]\nretired: { old.xml: gone }\n`,
    );
    expect(hostWarnings(site, PATHS).map(({ message }) => message)).toEqual([
      "host: Netlify cannot ask for: ?plain",
      "host: Cloudflare Pages asks for no query, so these are for Netlify alone: ?feed=rss2, ?plain",
      "host: Cloudflare Pages cannot answer 410, so these are gone on Netlify alone: old.xml",
    ]);
    const below = siteFrom(`${HEAD}host: netlify\n`);
    expect(hostWarnings(below, PATHS)[0]?.message).toContain("read at the root of what you deploy");
  });
});

test("_headers gives each document its type, its lifetime, and to everybody", async () => {
  const { headers } = await parsed(ROOT);
  expect(headers.errors).toEqual([]);
  const byPath = new Map(headers.headers.map((each) => [each.for, each.values]));
  const types = [...byPath].map(([path, values]) => [path, values["content-type"] ?? values["Content-Type"]]);
  expect(types).toEqual([
    ["/categories/:a/:b/rss.xml", "application/rss+xml; charset=utf-8"],
    ["/rss.xml", "application/rss+xml; charset=utf-8"],
    ["/tags/:a/rss.xml", "application/rss+xml; charset=utf-8"],
    ["/atom.xml", "application/atom+xml; charset=utf-8"],
    ["/tags/:a/atom.xml", "application/atom+xml; charset=utf-8"],
    ["/feed.json", "application/feed+json; charset=utf-8"],
  ]);
  expect(byPath.get("/rss.xml")).toMatchObject({
    "cache-control": "public, max-age=300",
    "access-control-allow-origin": "*",
  });
});

test("both are documents: put when they change, and removed when the host is another", async () => {
  const site = await world({ "posts/a.md": post({}) }, `${SITE}host: netlify\naliases: [wordpress]\n`);
  await site.publish();
  expect(await site.paths()).toEqual(expect.arrayContaining(["_headers", "_redirects"]));
  expect((await site.publish()).put).toEqual([]);
  await site.write("site.yaml", `${SITE}host: netlify\naliases: [ghost]\n`);
  expect((await site.publish()).put).toEqual([{ path: "_redirects", reason: "changed" }]);
  await site.write("site.yaml", `${SITE}host: caddy\naliases: [ghost]\n`);
  const { put, removed } = await site.publish();
  expect(put).toEqual([{ path: "dripfeed.caddy", reason: "new" }]);
  expect(removed).toEqual([
    { path: "_headers", reason: "host changed" },
    { path: "_redirects", reason: "host changed" },
  ]);
  expect((await site.publish()).put).toEqual([]);
});

test("an owner's own _redirects is not replaced, unless site.yaml says so", async () => {
  const site = await world({ "posts/a.md": post({}) }, `${SITE}host: netlify\n`);
  await site.public.put("_redirects", new TextEncoder().encode("/a /b 301\n"), { contentType: "text/plain" });
  const { refused } = await site.publish();
  expect(refused).toMatchObject({
    code: "not-ours",
    message:
      "public holds other content at _redirects; the state store is empty, so nothing in it can be known as Dripfeed's own",
  });
  expect(refused?.fix).toContain('`replace: ["_redirects"]`');
  expect(await site.read("_redirects")).toBe("/a /b 301\n");
  await site.write("site.yaml", `${SITE}host: netlify\nreplace: [_redirects]\n`);
  expect((await site.publish()).put).toContainEqual({ path: "_redirects", reason: "replaced" });
  expect(await site.read("_redirects")).toContain("Dripfeed");
});
