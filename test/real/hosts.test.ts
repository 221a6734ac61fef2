/** A published folder behind nginx and behind Caddy, each with the configuration that was published into it, as feed readers and browsers ask. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hostFiles } from "../../lib/hosts/hosts.ts";
import { anyAliases, HEAD, siteFrom } from "../hosts/sites.ts";
import { post } from "../support/world.ts";
import { checked, type StaticHost, type StaticServer, startHost } from "./statichosts.ts";

/** Everything that a configuration could take for its own. */
const NASTY = `a%22b'c;%7B%7D%23%60$(x)[y]|^.xml`;

const site = `title: Field notes
url: https://example.com/
feeds: https://example.com/feeds/
since: 2020
aliases:
  - wordpress
  - hugo
  - "${NASTY}": atom.xml
  - 旧%20地址/feed.xml: atom.xml
  - "?a=1&b=2": feed.json
  - "topics/*/rss": tags/*/rss.xml
retired:
  older/feed.xml: rss.xml
  "label/*/feed.xml": tags/*/rss.xml
  "moved/*.xml": "https://example.org/x/*?a=b$c"
  podcast.xml: gone
renamed:
  - tags: [old name, Weirs]
  - categories: [Drinks/Tea, Tea]
`;

const HOSTS = ["nginx", "caddy"] as const;

let folder: string;
const servers: { [host: string]: StaticServer } = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dripfeed-hosts-"));
  for (const host of HOSTS) {
    servers[host] = await startHost(host, join(folder, host), {
      site,
      posts: { "posts/a.md": post({ title: "A weir", tags: "[weirs, 短视频]", categories: "[Tea]" }) },
      pages: { "index.html": "the home page" },
      below: "feeds/",
    });
  }
});
afterAll(async () => {
  for (const { close } of Object.values(servers)) close();
  await rm(folder, { recursive: true, force: true });
});

function started(host: StaticHost): StaticServer {
  const server = servers[host];
  if (!server) throw new Error(`${host} was not started`);
  return server;
}

const PERSON = { "sec-fetch-dest": "document" };

test.each(HOSTS)("%s reads the configuration, whatever an owner types as an alias", async (host) => {
  const base = join(folder, `${host}-typed`);
  await mkdir(join(base, "www/feeds"), { recursive: true });
  await fc.assert(
    fc.asyncProperty(anyAliases, async (lines) => {
      const [file] = hostFiles(siteFrom(`${HEAD}host: ${host}\n${lines}`), []);
      await writeFile(join(base, "www/feeds", file?.path ?? ""), file?.text ?? "");
      expect(await checked(host, base)).toBe("");
    }),
    { numRuns: 100 },
  );
});

describe.each(HOSTS)("%s", (host) => {
  const get: StaticServer["get"] = (...asked) => started(host).get(...asked);

  test.each([
    ["/feeds/rss.xml", "application/rss+xml; charset=utf-8"],
    ["/feeds/atom.xml", "application/atom+xml; charset=utf-8"],
    ["/feeds/feed.json", "application/feed+json; charset=utf-8"],
    ["/feeds/tags/weirs/atom.xml", "application/atom+xml; charset=utf-8"],
    [`/feeds/tags/${encodeURIComponent("短视频")}/rss.xml`, "application/rss+xml; charset=utf-8"],
    ["/feeds/feeds.opml", "text/x-opml; charset=utf-8"],
    ["/feeds/feeds.json", "application/json; charset=utf-8"],
    ["/feeds/", "text/html; charset=utf-8"],
  ])("serves %s as %s, with the headers of the edge", async (address, type) => {
    const answer = await get(address);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe(type);
    expect(answer.headers.get("cache-control")).toBe("public, max-age=300");
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect((await answer.text()).length).toBeGreaterThan(100);
  });

  test.each([
    ["/feed", "/feeds/rss.xml"],
    ["/feed/", "/feeds/rss.xml"],
    ["/feeds/feed/", "/feeds/rss.xml"],
    ["/feed/atom/?utm_source=x", "/feeds/atom.xml"],
    ["/index.xml", "/feeds/rss.xml"],
    ["/tags/weirs/index.xml", "/feeds/tags/weirs/rss.xml"],
    ["/tag/weirs/feed/", "/feeds/tags/weirs/rss.xml"],
    [`/topics/${encodeURIComponent("短视频")}/rss`, `/feeds/tags/${encodeURIComponent("短视频")}/rss.xml`],
    ["/?feed=rss2", "/feeds/rss.xml"],
    ["/?feed=atom", "/feeds/atom.xml"],
    ["/index.php?feed=rss2", "/feeds/rss.xml"],
    ["/?b=2&a=1", "/feeds/feed.json"],
    [`/${NASTY.replaceAll("|", "%7C").replaceAll("^", "%5E")}`, "/feeds/atom.xml"],
    ["/%E6%97%A7%20%E5%9C%B0%E5%9D%80/feed.xml", "/feeds/atom.xml"],
  ])("serves the alias %s as %s is served", async (alias, address) => {
    const [there, here] = [await get(alias), await get(address)];
    expect(there.status).toBe(200);
    expect(there.headers.get("content-type")).toBe(here.headers.get("content-type"));
    expect(await there.text()).toBe(await here.text());
  });

  test.each(["/feeds/", "/feeds/rss.xml", "/feeds/feed.json", "/feed/", "/feeds/atom.xml?raw"])(
    "compresses %s",
    async (address) => {
      const answer = await get(address, { "accept-encoding": "gzip" });
      expect(answer.headers.get("content-encoding")).toBe("gzip");
      expect(answer.headers.get("vary")).toContain("Accept-Encoding");
    },
  );

  test("a query that no alias has selects no document", async () => {
    expect(await (await get("/?feed=rss2&cat=3")).text()).toBe("the home page");
    expect(await (await get("/")).text()).toBe("the home page");
  });

  test.each([
    ["/older/feed.xml?utm=1", "https://example.com/feeds/rss.xml"],
    ["/label/weirs/feed.xml", "https://example.com/feeds/tags/weirs/rss.xml"],
    ["/moved/weirs.xml", "https://example.org/x/weirs?a=b%24c"],
    ["/feeds/tags/old-name/rss.xml", "https://example.com/feeds/tags/weirs/rss.xml"],
    ["/feeds/categories/drinks/tea/atom.xml", "https://example.com/feeds/categories/tea/atom.xml"],
  ])("%s has moved to %s for good", async (address, location) => {
    const answer = await get(address);
    expect([answer.status, answer.headers.get("location")]).toEqual([301, location]);
  });

  test("a feed that has ended is gone", async () => {
    expect((await get("/podcast.xml")).status).toBe(410);
    expect((await get("/feeds/podcast.xml")).status).toBe(410);
  });

  test.each(["/feeds/rss.xml", "/feed/", "/?feed=atom"])(
    "%s answers a reader that has it with 304",
    async (address) => {
      const etag = (await get(address)).headers.get("etag") ?? "";
      expect(etag).not.toBe("");
      expect((await get(address, { "if-none-match": etag })).status).toBe(304);
      expect((await get(address, { "if-none-match": '"other"' })).status).toBe(200);
    },
  );

  test("a person gets the page of a feed, and of an alias by a redirect; ?raw shows the feed", async () => {
    const page = await get("/feeds/tags/weirs/rss.xml", PERSON);
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(page.headers.get("vary")).toContain("Sec-Fetch-Dest");
    expect(await page.text()).toBe(await (await get("/feeds/tags/weirs/")).text());
    const alias = await get("/tag/weirs/feed/", PERSON);
    expect([alias.status, alias.headers.get("location")]).toEqual([302, "https://example.com/feeds/tags/weirs/"]);
    for (const headers of [{}, PERSON]) {
      const raw = await get("/feeds/atom.xml?raw", headers);
      expect(raw.headers.get("content-type")).toBe("application/xml; charset=utf-8");
      expect(await raw.text()).toContain("<feed");
    }
    const archive = await get("/feeds/archive/2026-01/rss.xml", PERSON);
    expect(archive.headers.get("content-type")).toBe("application/xml; charset=utf-8");
  });

  test("a browser may ask before a reader that runs in it does", async () => {
    const answer = await get("/feeds/rss.xml", {}, "OPTIONS");
    expect(answer.status).toBe(204);
    expect(answer.headers.get("access-control-allow-headers")).toBe("*");
  });

  test.each([
    "/topics/a%0d%0aX-Evil:1/rss",
    "/moved/a%0d%0aX-Evil:1.xml",
    "/label/%2e%2e/feed.xml",
    "/label/a%2fb/feed.xml",
  ])("%s adds no header, and leads nowhere else", async (address) => {
    const answer = await get(address);
    expect(answer.headers.get("x-evil")).toBe(null);
    expect([400, 404]).toContain(answer.status);
  });
});
