/** Whose a post is: nobody else sends it, whoever signs in on the same phone meanwhile. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser } from "../browser.ts";
import { beginText, publish } from "./hand.ts";
import { withPhone } from "./open.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(async () => browser?.close());

test.each([
  ["an author", "li"],
  ["an owner who is no author", undefined],
])("what %s wrote is sent by nobody else who signs in on the same phone", async (_, author) => {
  await withPhone(browser, {}, async ({ page, fake, network }) => {
    fake.state.author = author;
    await page.reload();
    await page.getByRole("link", { name: "Text" }).waitFor();
    await page.waitForTimeout(300);
    await network(false);
    await beginText(page, "Mine");
    await publish(page).click();
    await page.getByText("Waiting for the network.").waitFor();
    const context = page.context();
    await page.close();
    await network(true);
    fake.state.author = "wang";
    const later = await context.newPage();
    await later.goto(`${fake.origin}/write/#/waiting`);
    await later.getByText("Nothing waiting.").waitFor();
    await later.waitForTimeout(500);
    expect(fake.posts.size).toBe(0);
    fake.state.author = author;
    await later.reload();
    await later.getByRole("heading", { level: 3, name: "Mine" }).waitFor();
    expect(fake.posts.size).toBe(1);
  });
});

/** Whom the browser keeps as the one who is signed in. */
const keptAuthor = (page: Page): Promise<unknown> =>
  page.evaluate(`new Promise((resolve) => {
    const opening = indexedDB.open("dripfeed");
    opening.onsuccess = () => {
      const asked = opening.result.transaction("things").objectStore("things").get("person");
      asked.onsuccess = () => {
        opening.result.close();
        resolve(asked.result?.person?.author);
      };
    };
  })`);

test("a tab whose person signed out elsewhere sends nothing as whoever signed in there", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    await beginText(page, "Mine");
    fake.state.author = "wang";
    const other = await page.context().newPage();
    await other.goto(`${fake.origin}/write/#/waiting`);
    await expect.poll(() => keptAuthor(other), { timeout: 10_000 }).toBe("wang");
    await publish(page).click();
    await page.getByText("Wang Wei is signed in here now.").waitFor();
    expect(fake.posts.size).toBe(0);
    expect(await page.getByText("Mine").count()).toBe(0);
    fake.state.author = "li";
    await page.reload();
    await page.getByRole("link", { name: "On its way" }).click();
    await page.getByRole("heading", { level: 3, name: "Mine" }).waitFor();
    expect(fake.posts.size).toBe(1);
  });
});

test("what writes says whose it is, in any script, and what reads does not", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    fake.state.author = "李 梅";
    await page.reload();
    await beginText(page, "Mine");
    await page.getByRole("button", { name: "Check" }).click();
    await page.locator("main").getByText("No problems found.").waitFor();
    await publish(page).click();
    await page.getByRole("heading", { level: 3, name: "Mine" }).waitFor();
    const said = fake.asked.map(({ path, headers }) => [path.split("?")[0], headers["dripfeed-author"]]);
    expect(said.filter(([path]) => path === "check")).toEqual([["check", "%E6%9D%8E%20%E6%A2%85"]]);
    expect(said.find(([path, by]) => path === "micropub" && by !== undefined)?.[1]).toBe("%E6%9D%8E%20%E6%A2%85");
    expect(said.find(([path]) => path === "session")?.[1]).toBeUndefined();
  });
});
