/** What is kept on a phone is its author's alone, and is lost neither to the browser nor without a word. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser } from "../browser.ts";
import { beginText, creations, publish, title } from "./hand.ts";
import { withPhone } from "./open.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(async () => browser?.close());

/** Chromium takes small values beyond any quota that it is given, so the database itself refuses here. */
const FULL = `window.put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };`;

test("a phone without room says so, and what was typed stays in sight", async () => {
  await withPhone(browser, {}, async ({ page }) => {
    await page.getByRole("link", { name: "Text" }).click();
    await page.evaluate(FULL);
    await title(page).fill("No room");
    const said = page.getByRole("alert").getByText("No room: there is no room for it on this device.").first();
    await said.waitFor();
    await publish(page).click();
    await said.waitFor();
    expect(await title(page).inputValue()).toBe("No room");
    await page.evaluate("IDBObjectStore.prototype.put = window.put");
    await publish(page).click();
    await page.getByRole("heading", { level: 3, name: "No room" }).waitFor();
  });
});

test("what the browser cleared while it was written is kept anew", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    await beginText(page, "Cleared");
    await page.waitForTimeout(600);
    await page.evaluate(`new Promise((done) => { indexedDB.deleteDatabase("dripfeed").onsuccess = done; })`);
    await publish(page).click();
    await page.getByRole("heading", { level: 3, name: "Cleared" }).waitFor();
    expect(creations(fake).length).toBe(1);
  });
});

test("a page that is here already opens although the network gives no answer", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    await page.evaluate("navigator.serviceWorker.ready");
    await page.reload();
    fake.state.hangs = true;
    await page.reload();
    await page.getByRole("link", { name: "Text" }).waitFor();
  });
});

test("whoever goes back does not take back what was sent off", async () => {
  await withPhone(browser, {}, async ({ page, network }) => {
    await network(false);
    await beginText(page, "Gone");
    await publish(page).click();
    await page.getByText("Waiting for the network.").waitFor();
    await page.goBack();
    await page.getByRole("link", { name: "On its way" }).click();
    await page.getByText("Waiting for the network.").waitFor();
  });
});

test("an author of drafts who opens a form and types nothing leaves nothing behind", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    fake.state.role = "drafts";
    await page.reload();
    await page.getByRole("link", { name: "Text" }).waitFor();
    await page.waitForTimeout(300);
    await page.getByRole("link", { name: "Text" }).click();
    await title(page).waitFor();
    await page.waitForTimeout(600);
    await page.getByRole("link", { name: "Write" }).click();
    await page.getByRole("link", { name: "Text" }).waitFor();
    expect(await page.getByText("Not finished").count()).toBe(0);
  });
});

test.each(["#/post/%", "#/constructor", "#/__proto__/x", "#/new/toString", "#/kept/%e0%a4"])(
  "the address %s opens a view, and breaks nothing",
  async (hash) => {
    await withPhone(browser, { path: hash }, async ({ page, complaints }) => {
      expect(await page.locator("h1").textContent()).toMatch(/\w/);
      expect(complaints).toEqual([]);
    });
  },
);
