/** Every view of the writing page: it fits, can be used by all, and asks nobody else for anything. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser } from "../browser.ts";
import type { Fake } from "./fake/types.ts";
import { photoWith } from "./files.ts";
import { faultsOf, overflowOf, type PhoneOptions, shoot, smallTargets, withPhone } from "./open.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(async () => browser?.close());

const POST = "https://example.com/posts/drip/";
const STREAM = "https://example.com/posts/stream/";

function fill({ posts, origin }: Fake): void {
  const text = "Water goes **where the roots are**, and nowhere else.\n\nA second paragraph.";
  posts.set(POST, {
    properties: {
      ...{ name: ["Drip irrigation"], content: [text], category: ["water"], published: ["2026-05-01T08:00:00Z"] },
      ...{ photo: [{ value: `${origin}/media/a.jpg`, alt: "A field" }], "post-status": ["published"] },
    },
    status: "broken",
  });
  const live = { url: "https://video.example/live", status: "live", start: "2026-06-01T08:00:00Z" };
  posts.set(STREAM, { properties: { name: ["From the field"], live: [live] }, status: "published" });
}

const to = (hash: string) => async (page: Page) => {
  await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
  await page.waitForTimeout(400);
};

interface View extends PhoneOptions {
  readonly name: string;
  readonly open: (page: Page, fake: Fake) => Promise<void>;
}

const VIEWS: readonly View[] = [
  { name: "signin", signedIn: false, open: async () => {} },
  { name: "code", signedIn: false, path: "#code=ABCDE-FGHJK-MNPQR-STVWX", open: async () => {} },
  { name: "home", open: async () => {} },
  { name: "text", open: to("#/new/text") },
  { name: "photo", open: to("#/new/photo") },
  { name: "link", open: to("#/new/link") },
  { name: "live", open: to("#/new/live") },
  { name: "posts", open: to("#/posts") },
  { name: "post", open: to(`#/post/${encodeURIComponent(POST)}`) },
  { name: "stream", open: to(`#/post/${encodeURIComponent(STREAM)}`) },
  {
    name: "edit",
    async open(page) {
      await to(`#/post/${encodeURIComponent(POST)}`)(page);
      await page.locator("#edit").click();
      await page.locator("form").waitFor();
    },
  },
  {
    name: "media",
    async open(page) {
      await to("#/new/photo")(page);
      const buffer = await photoWith(page, { width: 1200, height: 900 }, 1);
      const chooser = page.locator("input[type=file]").first();
      await chooser.setInputFiles({ name: "melons-on-the-field.jpg", mimeType: "image/jpeg", buffer });
      await page.locator(".media img").waitFor();
    },
  },
  {
    name: "choose",
    async open(page, { posts }) {
      await to(`#/post/${encodeURIComponent(POST)}`)(page);
      await page.locator("#edit").click();
      await page.locator("form textarea").last().fill("Mine.");
      const post = posts.get(POST);
      if (post) posts.set(POST, { ...post, properties: { ...post.properties, content: ["Theirs."] } });
      await page.locator("#send").click();
      await page.locator("a.button.main").click();
      await page.locator(".version").first().waitFor();
    },
  },
  {
    name: "waiting",
    async open(page, fake) {
      fake.state.problems = [
        { code: "no-alt", severity: "warning", line: 3, message: "a picture has no description", fix: "write one" },
      ];
      for (const title of ["refused", "A field"]) {
        await to("#/new/text")(page);
        await page.locator("form input[type=text]").first().fill(title);
        await page.locator("#send").click();
        await page.waitForTimeout(400);
      }
    },
  },
  {
    name: "access",
    async open(page) {
      await to("#/access")(page);
      await page.locator(".panel button").click();
      await page.locator(".qr").waitFor();
    },
  },
  { name: "consent", path: "auth?client_id=https%3A%2F%2Fquill.example%2F&scope=create", open: async () => {} },
];

const LOOKS: readonly (PhoneOptions & { readonly as: string })[] = [
  { as: "light", colorScheme: "light" },
  { as: "dark", colorScheme: "dark" },
  { as: "narrow and large", viewport: { width: 320, height: 640 }, locale: "de" },
  { as: "chinese", locale: "zh-CN", site: { title: "瓜田札记", language: "zh", color: "#b5651d" } },
  { as: "right to left", locale: "ar" },
];

describe.each(LOOKS)("$as", ({ as, ...options }) => {
  test.each(VIEWS)("$name fits, and has no fault that axe knows", async ({ name, open, ...view }) => {
    await withPhone(browser, { ...options, ...view, bypassCSP: true }, async ({ page, fake, complaints }) => {
      fill(fake);
      const isLarge = as === "narrow and large";
      if (isLarge) await page.addStyleTag({ content: "html { font-size: 200% }" });
      await open(page, fake);
      await shoot(page, `${name}-${as.replaceAll(" ", "-")}`);
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      expect(await smallTargets(page)).toEqual([]);
      expect(await faultsOf(page)).toEqual([]);
      expect(complaints).toEqual([]);
    });
  });
});
