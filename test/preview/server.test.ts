/** The preview over HTTP, while its content changes. */
import { readdir, rename, rm } from "node:fs/promises";
import { request as ask } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { gather, type Hints } from "../../lib/preview/gather.ts";
import { type PreviewServer, startServer } from "../../lib/preview/server.ts";
import { isTemporary } from "../../lib/preview/watch.ts";
import { folderStore } from "../../lib/stores/folder.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import { edge, PERSON } from "../edge/edges.ts";
import { ANY, ending, open, POST, SITE, temporary, until } from "./opened.ts";

const NO_MEDIA = async () => undefined;

async function serve(objects: { readonly [key: string]: string }, on = edge()): Promise<PreviewServer> {
  const store = memoryStore("public");
  for (const [key, body] of Object.entries(objects)) {
    await store.put(key, new TextEncoder().encode(body), { contentType: "text/plain" });
  }
  const server = await startServer(ANY, () => ({ edge: on, store, media: NO_MEDIA }));
  ending.push(server.close);
  return server;
}

/** Sends the path as it is; `fetch` would normalise it. */
async function raw(
  origin: string,
  path: string,
  options: { readonly method?: string; readonly headers?: { readonly [name: string]: string } } = {},
): Promise<{ status: number | undefined; body: string }> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    ask({ hostname, port, path, ...options }, (response) => {
      text(response).then((body) => resolve({ status: response.statusCode, body }), reject);
    })
      .on("error", reject)
      .end();
  });
}

describe("the server", () => {
  test("serves the public store below the path of the feeds, and redirects there from /", async () => {
    const { origin } = await serve({ "rss.xml": "<rss/>", "index.html": "a page" });
    const response = await fetch(`${origin}/feeds/rss.xml`);
    expect(response.headers.get("content-type")).toBe("application/rss+xml; charset=utf-8");
    expect(await response.text()).toBe("<rss/>");
    const home = await fetch(origin);
    expect([home.url, await home.text()]).toEqual([`${origin}/feeds/`, "a page"]);
    expect(await (await fetch(`${origin}/feeds/rss.xml`, { headers: PERSON })).text()).toBe("a page");
  });

  test("compresses, and answers conditional requests", async () => {
    const { origin } = await serve({ "rss.xml": `<rss>${"水".repeat(1000)}</rss>` });
    const first = await fetch(`${origin}/feeds/rss.xml`);
    expect(first.headers.get("content-encoding")).toBe("gzip");
    expect(await first.text()).toContain("水水");
    const again = await fetch(`${origin}/feeds/rss.xml`, {
      headers: { "if-none-match": first.headers.get("etag") ?? "" },
    });
    expect(again.status).toBe(304);
  });

  test.each(["/feeds/../../etc/passwd", "/feeds/%2e%2e/secret", "/feeds/..%2fsecret", "/feeds/%00"])(
    "refuses %s without reading the store",
    async (path) => {
      const { origin } = await serve({ secret: "s" });
      expect((await raw(origin, path)).status).toBe(400);
    },
  );

  test("refuses other host names, and allows only origins of this machine", async () => {
    const { origin } = await serve({ "rss.xml": "<rss/>" });
    const { port } = new URL(origin);
    const from = (host: string) => raw(origin, "/feeds/rss.xml", { headers: { host } });
    expect([(await from("evil.example")).status, (await from(`localhost.evil.example:${port}`)).status]).toEqual([
      421, 421,
    ]);
    expect((await from(`localhost:${port}`)).status).toBe(200);
    const allowed = async (asker: string) =>
      (await fetch(`${origin}/feeds/rss.xml`, { headers: { origin: asker } })).headers.get(
        "access-control-allow-origin",
      );
    expect(await allowed("https://evil.example")).toBeNull();
    expect(await allowed("http://localhost:8080")).toBe("http://localhost:8080");
  });

  test("redirects from / only for GET and HEAD, and takes a request target in absolute form", async () => {
    const { origin } = await serve({ "rss.xml": "<rss/>" });
    expect((await raw(origin, "/", { method: "POST" })).status).toBe(405);
    expect(await raw(origin, `${origin}/feeds/rss.xml`)).toEqual({ status: 200, body: "<rss/>" });
  });

  test("answers 404 for keys that are not valid in the store", async () => {
    const folder = await temporary();
    const server = await startServer(ANY, () => ({ edge: edge(), store: folderStore(folder), media: NO_MEDIA }));
    ending.push(server.close);
    for (const path of ["/feeds/.~dripfeed-x", `/feeds/${"x".repeat(300)}`, `/feeds/${"x/".repeat(600)}y`]) {
      expect((await fetch(server.origin + path)).status).toBe(404);
    }
  });

  test("answers 500 with the store's message when the store fails, and 503 while there is nothing to serve", async () => {
    const store = { ...memoryStore(), get: () => Promise.reject(new Error("the disk is gone")) };
    let shown: Parameters<typeof startServer>[1] = () => "nothing yet";
    const server = await startServer(ANY, () => shown());
    ending.push(server.close);
    const waiting = await fetch(`${server.origin}/feeds/rss.xml`);
    expect([waiting.status, await waiting.text()]).toEqual([503, "503: nothing yet\n"]);
    shown = () => ({ edge: edge(), store, media: NO_MEDIA });
    const failed = await fetch(`${server.origin}/feeds/rss.xml`);
    expect([failed.status, await failed.text()]).toEqual([500, "500: the disk is gone\n"]);
  });

  test("takes the next free port only if that is allowed", async () => {
    const { origin } = await serve({});
    const port = Number(new URL(origin).port);
    await expect(startServer({ port, isFlexible: false }, () => "")).rejects.toMatchObject({ code: "EADDRINUSE" });
    const next = await startServer({ port, isFlexible: true }, () => "");
    ending.push(next.close);
    expect(Number(new URL(next.origin).port)).toBeGreaterThan(port);
  });
});

describe("changes", () => {
  test("that come together are worked on together, and those that come meanwhile afterwards", async () => {
    const worked: Hints[] = [];
    const triggers = gather(async (keys) => {
      worked.push(keys);
      if (worked.length === 1) triggers.enqueue("meanwhile");
      await sleep(20);
    }, 5);
    await triggers.start();
    await until(() => worked.length === 2);
    for (const key of ["a", "b", "a"]) triggers.enqueue(key);
    await until(() => worked.length === 3);
    triggers.enqueue();
    await until(() => worked.length === 4);
    await triggers.end();
    triggers.enqueue("late");
    await sleep(20);
    expect(worked).toEqual([undefined, ["meanwhile"], ["a", "b"], []]);
  });

  test.each([".#a.md", "a.md~", ".a.md.swp", "4913", ".DS_Store", ".git", "node_modules", "a.md.tmp", "#a.md#"])(
    "of %s are ignored",
    (name) => expect(isTemporary(name)).toBe(true),
  );

  test.each(["a.md", "site.yaml", "49131.md", "tmp.md", "#.md", ".md", "git.md"])("of %s count", (name) => {
    expect(isTemporary(name)).toBe(false);
  });
});

describe("the preview", () => {
  test("shows people pages, whatever the site says, and serves copies for aliases as it serves documents", async () => {
    const former = Array.from({ length: 120 }, (_, i) => `former-address-${i}/feed: atom.xml`).join(", ");
    const yaml = `title: T\nurl: https://example.com/\nsince: 2020\npages: false\naliases: [{ ${former} }]\n`;
    const { origin } = await open({ "site.yaml": yaml, "posts/a.md": POST });
    const typesOf = (path: string) =>
      Promise.all(
        [{}, PERSON].map(async (headers) => {
          const got = await fetch(origin + path, { headers });
          const head = await fetch(origin + path, { headers, method: "HEAD" });
          const again = await fetch(origin + path, {
            headers: { ...headers, "if-none-match": got.headers.get("etag") ?? "" },
          });
          expect([got.status, head.status, again.status]).toEqual([200, 200, 304]);
          expect(head.headers.get("content-type")).toBe(got.headers.get("content-type"));
          for (const each of [got, head, again]) expect(each.headers.get("vary")).toContain("Sec-Fetch-Dest");
          return got.headers.get("content-type")?.split(";")[0];
        }),
      );
    expect(await typesOf("/rss.xml")).toEqual(["application/rss+xml", "text/html"]);
    expect(await typesOf("/former-address-0/feed")).toEqual(["application/atom+xml", "text/html"]);
    expect(await typesOf("/former-address-119/feed")).toEqual(["application/atom+xml", "application/xml"]);
    expect(await typesOf("/former-address-119/feed/")).toEqual(["application/atom+xml", "application/xml"]);
  });

  test("publishes under its own address, and prints the URLs", async () => {
    const { origin, printed, read } = await open({ "site.yaml": SITE, "posts/a.md": POST });
    expect(printed[1]).toContain(`posts ${origin}/.dripfeed/entries\n`);
    expect(await read("/feeds/atom.xml")).toContain(`href="${origin}/feeds/atom.xml"`);
    expect(await read("/feeds/")).toContain("First water");
    expect(printed[1]).toContain(`page  ${origin}/feeds/\n`);
    expect(printed[1]).toContain(`rss   ${origin}/feeds/rss.xml\n`);
    expect(printed[0]).toMatch(/^\d+ put, 0 removed \(\d+ ms\)$/);
  });

  test("shows edits, files saved by renaming, files in new folders, and removals", async () => {
    const { folder, write, shows, read, printed } = await open({ "site.yaml": SITE, "posts/a.md": POST });
    await write("posts/a.md", POST.replace("First water", "Second water"));
    await shows("/feeds/", "Second water");
    await shows("/feeds/tags/x/rss.xml", "Second water");
    expect(printed.at(-1)).toMatch(/^posts\/a\.md: \d+ put, 0 removed \(\d+ ms\)$/);

    await write("posts/.a.md.tmp", POST.replace("First water", "Third water"));
    await rename(join(folder, "posts/.a.md.tmp"), join(folder, "posts/a.md"));
    await shows("/feeds/rss.xml", "Third water");
    expect(printed.join("\n")).not.toContain(".tmp");

    await write("posts/2024/deep/b.md", POST.replace("First water", "Deep water"));
    await shows("/feeds/rss.xml", "Deep water");
    await rm(join(folder, "posts"), { recursive: true });
    await until(async () => !(await read("/feeds/rss.xml")).includes("water"));
  });

  test("reports a problem once, with its file and line", async () => {
    const bad = POST.replace("2024-01-02", "soon");
    const { write, printed, shows } = await open({ "site.yaml": SITE, "posts/a.md": POST, "posts/b.md": bad });
    expect(printed[0]).toContain("; 1 problem (");
    expect(printed[0]).toContain('\n  posts/b.md:3: error: the date "soon" cannot be read');
    await write("posts/a.md", POST.replace("First water", "Second water"));
    await shows("/feeds/rss.xml", "Second water");
    await until(() => printed.length === 3);
    expect(printed[2]).not.toContain("posts/b.md");
  });

  test("keeps serving the last good state while site.yaml is broken, and reports it", async () => {
    const { write, printed, read, shows } = await open({ "site.yaml": SITE, "posts/a.md": POST });
    await write("site.yaml", `${SITE}titel: x\n`);
    await until(() => printed.some((line) => line.includes("site.yaml:5: error: titel is no key")));
    expect(printed.at(-1)).toContain("the feeds stay as they were");
    expect(await read("/feeds/rss.xml")).toContain("First water");
    await write("site.yaml", SITE.replace("/feeds/", "/streams/").replace("Field notes", "New notes"));
    await shows("/streams/rss.xml", "New notes");
    expect(await read("/feeds/rss.xml")).toContain("404");
  });

  test("reports what is wrong until site.yaml is usable for the first time", async () => {
    const { write, read, shows } = await open({ "posts/a.md": POST });
    expect(await read("/")).toMatch(/^503: there is nothing to show yet\nsite\.yaml.*missing/);
    await write("site.yaml", SITE);
    await shows("/feeds/rss.xml", "First water");
  });

  test("publishes a post when its time comes", async () => {
    const soon = new Date(Date.now() + 1500).toISOString();
    const later = POST.replace("First water", "Later water").replace("2024-01-02", soon);
    const { read, shows } = await open({ "site.yaml": SITE, "posts/a.md": POST, "posts/b.md": later });
    expect(await read("/feeds/rss.xml")).not.toContain("Later water");
    await shows("/feeds/rss.xml", "Later water");
  });

  test("adds nothing to the content", async () => {
    const { folder, stop } = await open({ "site.yaml": SITE, "posts/a.md": POST });
    await stop();
    expect((await readdir(folder)).sort()).toEqual(["posts", "site.yaml"]);
  });
});
