/** What was begun: it is there after a reload, and what was left out of it is added. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser } from "../browser.ts";
import type { Fake } from "./fake/types.ts";
import { photoWith } from "./files.ts";
import { begin, sent, title } from "./hand.ts";
import { withPhone } from "./open.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(async () => browser?.close());

const send = (page: Page) => page.getByRole("button", { name: "Publish", exact: true }).click();
const first = ({ posts }: Fake) => [...posts.values()][0]?.properties ?? {};

test("a page that is loaded anew at once shows what was typed, at the address of the post", async () => {
  await withPhone(browser, {}, async ({ page }) => {
    await begin(page, "Text");
    await title(page).fill("Half a thought");
    await page.reload();
    await title(page).waitFor();
    expect(page.url()).toMatch(/#\/kept\/[\da-f-]{36}$/);
    expect(await title(page).inputValue()).toBe("Half a thought");
  });
});

test("pictures and their descriptions are there, too", async () => {
  await withPhone(browser, {}, async ({ page }) => {
    await begin(page, "Picture");
    const buffer = await photoWith(page, { width: 300, height: 200 }, 1);
    await page.getByLabel("Add a picture").setInputFiles({ name: "a.jpg", mimeType: "image/jpeg", buffer });
    await page.getByLabel("Description, for those").fill("Melons");
    await page.waitForTimeout(500);
    await page.reload();
    await page.locator(".media img").waitFor();
    expect(await page.getByLabel("Description, for those").inputValue()).toBe("Melons");
    await page.getByText(/^a\.jpg · \d+ kB · 300 × 200$/).waitFor();
    await page.getByRole("link", { name: "Write" }).click();
    await page.getByRole("link", { name: "Melons" }).waitFor();
  });
});

test("a picture without a word is called a picture in lists", async () => {
  await withPhone(browser, {}, async ({ page }) => {
    await begin(page, "Picture");
    const buffer = await photoWith(page, { width: 300, height: 200 }, 1);
    await page.getByLabel("Add a picture").setInputFiles({ name: "1717.jpg", mimeType: "image/jpeg", buffer });
    await page.locator(".media img").waitFor();
    await page.getByRole("link", { name: "Write" }).click();
    await page.getByRole("heading", { name: "Not finished" }).waitFor();
    expect(await page.locator(".rows a").textContent()).toBe("Picture");
  });
});

test("an address without its scheme gets it, in sight", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    await begin(page, "Link");
    const address = page.getByLabel("Address of the page");
    await address.fill("example.org/a");
    await title(page).focus();
    expect(await address.inputValue()).toBe("https://example.org/a");
    await address.fill("no address");
    await send(page);
    await page.getByRole("alert").getByText("Enter an address that begins with https://.").waitFor();
    await address.fill("example.org/b");
    await send(page);
    await sent(page);
    expect(first(fake)["bookmark-of"]).toEqual(["https://example.org/b"]);
  });
});

test("a stream begins by the server's clock, since a phone's may be wrong, and what is now has no date of the phone's", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    fake.state.ahead = 3 * 3_600_000;
    await page.reload();
    await begin(page, "Live");
    await page.getByLabel("Address of the stream").fill("video.example/live");
    await send(page);
    await sent(page);
    const { live: [live] = [], published } = first(fake);
    const { start, url } = live as { readonly start: string; readonly url: string };
    expect(Math.abs(Date.parse(start) - Date.now() - fake.state.ahead)).toBeLessThan(60_000);
    expect([url, published]).toEqual(["https://video.example/live", undefined]);
  });
});
