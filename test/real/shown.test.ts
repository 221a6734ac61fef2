/** A person who opens a document that has no page, in a browser: it is displayed, and not offered as a download. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { edgeOf } from "../../lib/edge/edge.ts";
import { type PreviewServer, startServer } from "../../lib/preview/server.ts";
import { parseSite } from "../../lib/site/site.ts";
import { post, WHOLE_SITE, world } from "../support/world.ts";
import { openBrowser } from "./browser.ts";

let browser: Browser;
let server: PreviewServer;

beforeAll(async () => {
  browser = await openBrowser();
  const yaml = `${WHOLE_SITE}pages: false\narchives: month\naliases: [{ old/feed: atom.xml }]\n`;
  const site = await world({ "posts/a.md": post({ title: "Melons", date: "2026-01-02", tags: "[water]" }) }, yaml);
  await site.publish();
  const read = parseSite(new TextEncoder().encode(yaml), "content", 2026);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const edge = edgeOf(read.site);
  server = await startServer({ port: 0, isFlexible: false }, () => ({
    edge,
    store: site.public,
    media: async () => undefined,
  }));
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test.each([
  ["rss.xml", "xml"],
  ["feed.json", "json"],
  ["tags/water/rss.xml", "xml"],
  ["archive/2026-01/atom.xml", "xml"],
  ["feeds.opml", "xml"],
  ["old/feed", "xml"],
])("%s is displayed, as %s", async (path, type) => {
  const page = await browser.newPage();
  // `goto` fails where the browser downloads instead. Chromium displays feeds under any type; Firefox and Safari do not.
  const response = await page.goto(`${server.origin}/${path}`);
  expect([response?.status(), response?.headers()["content-type"]]).toEqual([
    200,
    `application/${type}; charset=utf-8`,
  ]);
  expect(await page.content()).toContain(path === "feeds.opml" ? "Field notes" : "Melons");
  await page.close();
});
