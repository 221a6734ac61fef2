/** What pages that are open in browsers are told while the content changes. */
import { once } from "node:events";
import { createServer, get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { tagIn } from "../../lib/preview/inject.ts";
import { watchPages } from "../../lib/preview/live.ts";
import { ending, type Opened, open, POST, SITE, temporary, until } from "./opened.ts";

const FILES = { "site.yaml": SITE, "posts/a.md": POST };

const PERSON = { "sec-fetch-dest": "document", accept: "text/html" };

/** A page that is open: what it is told, and whether it still listens. */
async function watch({ origin }: Pick<Opened, "origin">, page: string, tag?: string) {
  const shown = tag ?? tagIn(await (await fetch(origin + page, { headers: PERSON })).text());
  const given = new URLSearchParams({ page, tag: shown });
  const aborter = new AbortController();
  ending.push(async () => aborter.abort());
  const response = await fetch(`${origin}/.dripfeed/events?${given}`, { signal: aborter.signal });
  let told = "";
  let isOpen = true;
  const reading = (async () => {
    for await (const piece of response.body ?? []) told += new TextDecoder().decode(piece);
  })();
  void reading
    .catch(() => undefined)
    .finally(() => {
      isOpen = false;
    });
  const reloads = () => told.split("event: reload").length - 1;
  return { response, reloads, told: () => told, isOpen: () => isOpen };
}

test("a page is told to reload when what it shows changed, and not when something else did", async () => {
  const opened = await open({
    ...FILES,
    "posts/b.md": POST.replace("[x]", "[y]").replace("First water", "Other water"),
  });
  const [index, x, y] = await Promise.all(
    ["/feeds/", "/feeds/tags/x/", "/feeds/tags/y/"].map((page) => watch(opened, page)),
  );
  await opened.write("posts/b.md", POST.replace("[x]", "[y]").replace("First water", "New water"));
  await until(() => index?.reloads() === 1 && y?.reloads() === 1);
  expect(x?.reloads()).toBe(0);
});

test("pages are told when a picture changed that they may show", async () => {
  const opened = await open({ ...FILES, "media/a.png": "a picture" });
  const page = await watch(opened, "/.dripfeed/entries/posts/a.md");
  await opened.write("media/a.png", "another picture");
  await until(() => page.reloads() === 1);
});

test("a page that changed before it began to listen is told at once", async () => {
  const opened = await open(FILES);
  const page = await watch(opened, "/feeds/", "of-another-time");
  await until(() => page.reloads() === 1);
});

test("a page that shows what there is, is told nothing when it connects again", async () => {
  const opened = await open(FILES);
  for (const path of [
    "/feeds/",
    "/.dripfeed/entries",
    "/.dripfeed/problems",
    "/.dripfeed/entries/posts/a.md",
    "/nowhere",
  ]) {
    const page = await watch(opened, path);
    await until(() => page.told().includes("retry:"));
    await sleep(50);
    expect([path, page.reloads()]).toEqual([path, 0]);
  }
});

test("a page shows that site.yaml is broken, keeps what it showed, and shows when it is fixed", async () => {
  const { write, origin, read } = await open(FILES);
  const page = await watch({ origin }, "/feeds/");
  await write("site.yaml", `${SITE}titel: x\n`);
  await until(() => page.reloads() === 1);
  expect(await read("/feeds/")).toMatch(/First water[\s\S]*Not published[\s\S]*site\.yaml, line 5: titel is no key/);
  await write("site.yaml", SITE);
  await until(() => page.reloads() === 2);
  expect(await read("/feeds/")).not.toContain("Not published");
});

test("a page that waits for the first site.yaml is told when there is something to show", async () => {
  const { write, origin } = await open({ "posts/a.md": POST });
  const page = await watch({ origin }, "/");
  await write("site.yaml", SITE);
  await until(() => page.reloads() === 1);
});

test("the streams end at once when the preview stops", async () => {
  const opened = await open(FILES);
  const pages = [await watch(opened, "/feeds/"), await watch(opened, "/.dripfeed/entries")];
  const began = performance.now();
  await opened.stop();
  expect(performance.now() - began).toBeLessThan(2000);
  await until(() => pages.every((page) => !page.isOpen()));
});

test("other sites can neither listen nor read the preview's own pages", async () => {
  const { origin } = await open(FILES);
  for (const path of ["/.dripfeed/events?page=/feeds/", "/.dripfeed/entries", "/.dripfeed/problems"]) {
    for (const asker of ["https://evil.example", "http://localhost:8080"]) {
      const aborter = new AbortController();
      const response = await fetch(origin + path, { headers: { origin: asker }, signal: aborter.signal });
      expect(response.headers.get("access-control-allow-origin")).toBeNull();
      aborter.abort();
    }
  }
});

test("the published page is as it was, byte for byte", async () => {
  const folder = await temporary();
  const { origin } = await open(FILES, { published: folder });
  const { readFile } = await import("node:fs/promises");
  const published = await readFile(`${folder}/index.html`, "utf8");
  const served = await (await fetch(`${origin}/feeds/`)).text();
  expect(published).not.toContain('dripfeed"');
  expect(served).toContain('<aside id="dripfeed"');
  const policy = /content="(?:connect|default)-src[^"]*"/;
  expect(served.replace(/<aside id="dripfeed"[\s\S]*<\/aside>\n/, "").replace(policy, "")).toBe(
    published.replace(policy, ""),
  );
});

test("many pages at one address are compared once, and no more than a hundred are told", async () => {
  const asked: string[] = [];
  let tag = "a";
  const live = watchPages(async (address) => {
    asked.push(address);
    return tag;
  });
  const server = createServer((request, response) => live.open(request, response, request.url?.slice(2) ?? ""));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ending.push(async () => {
    live.end();
    server.close();
    server.closeAllConnections();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const open = () => new Promise<IncomingMessage>((resolve) => get(`${origin}/?page=/feeds/&tag=a`, resolve));
  const pages = await Promise.all(Array.from({ length: 100 }, open));
  expect(new Set(pages.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
  expect((await open()).statusCode).toBe(503);
  asked.length = 0;
  tag = "b";
  live.changed();
  expect(asked).toEqual(["/feeds/"]);
  const told = await Promise.all(pages.map((page) => once(page, "data").then(([piece]) => String(piece))));
  expect(told.every((text) => text.includes("retry") || text.includes("reload"))).toBe(true);
  pages[0]?.destroy();
  await until(async () => (await open()).statusCode === 200);
});
