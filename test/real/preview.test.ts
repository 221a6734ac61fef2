/** The preview in a browser: pages follow what is written, without anybody loading them again. */
import axe, { type AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Opened, open, POST, SITE } from "../preview/opened.ts";
import { openBrowser } from "./browser.ts";

let browser: Browser;
const closing: Page[] = [];

beforeAll(async () => {
  browser = await openBrowser();
});
afterEach(async () => {
  for (const page of closing.splice(0)) await page.context().close();
});
afterAll(() => browser?.close());

const paragraphs = Array.from({ length: 80 }, (_, i) => `Paragraph ${i}.\n`).join("\n");
const MEDIA = "enclosure: { url: /media/a.mp3, length: 5, type: audio/mpeg }\ntags";
const FILES = {
  "site.yaml": SITE,
  "posts/a.md": POST.replace("Words.", paragraphs),
  "posts/draft.md": POST.replace("title: First water", "title: Secret water\ndraft: true"),
  "posts/bad.md": POST.replace("2024-01-02", "soon").replace("First", "Bad"),
  "posts/media.md": POST.replace("tags", MEDIA).replace("First", "Loud"),
};

/** `complaints`: what the page says went wrong. */
async function visit(url: string, options: Parameters<Browser["newContext"]>[0] = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  closing.push(page);
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(url, { waitUntil: "load" });
  return { page, complaints };
}

const waitForText = (page: Page, text: string) => page.getByText(text).first().waitFor({ timeout: 20_000 });

test("an open page shows an edit without being loaded again by hand, and stays where it was scrolled to", async () => {
  const { origin, write } = await open(FILES);
  const { page, complaints } = await visit(`${origin}/.dripfeed/entries/posts/a.md`);
  await page.evaluate("scrollTo(0, 900)");
  await write("posts/a.md", FILES["posts/a.md"].replace("Paragraph 30.", "Another paragraph."));
  await page.locator(".body").getByText("Another paragraph.").waitFor({ timeout: 20_000 });
  await expect.poll(() => page.evaluate("Math.round(scrollY)")).toBe(900);
  expect(complaints).toEqual([]);
});

test("a page of a channel shows a new title, whatever of twenty quick edits came last", async () => {
  const { origin, write } = await open(FILES);
  const { page } = await visit(`${origin}/feeds/tags/x/`);
  for (let i = 1; i <= 20; i++) await write("posts/a.md", POST.replace("First", `Edit ${i} of`));
  await waitForText(page, "Edit 20 of water");
  expect(await page.getByText("Edit 19 of water").count()).toBe(0);
});

test("a page says that site.yaml is broken while it is, and keeps what it showed", async () => {
  const { origin, write } = await open(FILES);
  const { page, complaints } = await visit(`${origin}/feeds/`);
  await write("site.yaml", `${SITE}titel: x\n`);
  await waitForText(page, "Not published, and shown as it was before.");
  expect(await page.getByText("First water").count()).toBe(1);
  await write("site.yaml", SITE);
  await page.getByText("Not published, and shown as it was before.").waitFor({ state: "detached", timeout: 20_000 });
  expect(complaints).toEqual([]);
});

test("a page that nobody sees holds no connection, and catches up when it is seen again", async () => {
  const { origin, write } = await open(FILES);
  const { page } = await visit(`${origin}/feeds/`);
  const show = (isHidden: boolean) =>
    page.evaluate(
      `Object.defineProperty(document, "hidden", { get: () => ${isHidden}, configurable: true }); document.dispatchEvent(new Event("visibilitychange"))`,
    );
  await show(true);
  await write("posts/a.md", POST.replace("First", "Unseen"));
  await expect.poll(async () => (await fetch(`${origin}/feeds/rss.xml`)).text()).toContain("Unseen water");
  expect(await page.getByText("Unseen water").count()).toBe(0);
  await show(false);
  await waitForText(page, "Unseen water");
});

test("a page says that the preview has stopped, which ends at once, and goes on when it is there again", async () => {
  const first = await open(FILES);
  const { page } = await visit(`${first.origin}/feeds/`);
  const began = performance.now();
  await first.stop();
  expect(performance.now() - began).toBeLessThan(3000);
  await waitForText(page, "The preview has stopped.");
  const port = Number(new URL(first.origin).port);
  const files = { ...FILES, "posts/a.md": POST.replace("First", "Restarted") };
  const second: Opened = await open(files, { port });
  expect(second.origin).toBe(first.origin);
  await waitForText(page, "Restarted water");
});

test.each([
  ["light", 1280],
  ["dark", 360],
] as const)("its own pages can be used by all, and fit, in the %s at %d pixels", async (colorScheme, width) => {
  const { origin } = await open(FILES);
  const paths = ["entries", "problems", "entries/posts/a.md", "entries/posts/media.md", "entries/posts/draft.md"];
  for (const path of ["/feeds/", ...paths.map((each) => `/.dripfeed/${each}`)]) {
    const { page, complaints } = await visit(origin + path, { colorScheme, viewport: { width, height: 800 } });
    const isWider = await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");
    await page.evaluate(axe.source);
    const { violations }: AxeResults = await page.evaluate("axe.run()");
    const faults = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    expect([path, isWider, faults, complaints]).toEqual([path, false, [], []]);
  }
});
