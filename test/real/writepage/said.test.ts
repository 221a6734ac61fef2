/** What the page says: one thing at a time, where it was asked, in its own language. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser } from "../browser.ts";
import { withAuthenticator, withPhone } from "./open.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(async () => browser?.close());

const CHINESE = { locale: "zh-CN", site: { title: "瓜田札记", language: "zh" } };

const open = (page: Page, hash: string) => page.evaluate(`location.hash = ${JSON.stringify(hash)}`);

test("what was said goes as the next is said: no red beside green", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    await page.getByRole("link", { name: "Text" }).click();
    const [publish, check] = ["Publish", "Check"].map((name) => page.getByRole("button", { name, exact: true }));
    await publish?.click();
    await page.getByRole("alert").getByText("Write something, or add a picture.").waitFor();
    await check?.click();
    await page.locator("main").getByText("No problems found.").waitFor();
    expect(await page.getByText("Write something, or add a picture.").count()).toBe(0);
    fake.state.signedIn = false;
    await check?.click();
    await page.getByRole("alert").getByText("You are signed out.").waitFor();
    expect(await page.locator("main").getByText("No problems found.").count()).toBe(0);
  });
});

test("what went wrong before is said once, until a post is checked", async () => {
  await withPhone(browser, {}, async ({ page }) => {
    await page.getByRole("link", { name: "Text" }).click();
    await page.getByLabel("Title (optional)").fill("refused");
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await page.getByText("That did not work. The title is not allowed").waitFor();
    await page.getByRole("button", { name: "Edit" }).click();
    const said = page.getByText("The title is not allowed: choose another.");
    await said.waitFor();
    await page.getByRole("button", { name: "Check" }).click();
    await page.locator("main").getByText("No problems found.").waitFor();
    expect(await said.count()).toBe(0);
  });
});

test("the passkey's fault goes as a code is tried", async () => {
  await withPhone(browser, { signedIn: false }, async ({ page }) => {
    await withAuthenticator(page);
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await page.getByRole("alert").getByText("No passkey was used.").waitFor();
    await page.getByLabel("One-time code").fill("WRONG");
    await page.getByRole("button", { name: "Set up this device" }).click();
    await page.getByRole("alert").getByText("This code is wrong, used or expired.").waitFor();
    expect(await page.getByRole("alert").count()).toBe(1);
  });
});

test("what the server refuses is said in the language of the page", async () => {
  await withPhone(browser, CHINESE, async ({ page }) => {
    await open(page, "#/post/https%3A%2F%2Fexample.com%2Fnone");
    await page.getByRole("alert").getByText("不存在，或已被删除。").waitFor();
  });
});

test("what the page has no words for is the server's sentence, marked as English", async () => {
  await withPhone(browser, CHINESE, async ({ page }) => {
    await open(page, "#/new/text");
    await page.locator("form input[type=text]").first().fill("refused");
    await page.locator("#send").click();
    const said = page.getByText("The title is not allowed: choose another.");
    await said.waitFor();
    expect(await said.getAttribute("lang")).toBe("en");
  });
});

test("a device that was set up already says so, and signs in", async () => {
  await withPhone(browser, { signedIn: false }, async ({ page, fake }) => {
    await withAuthenticator(page);
    const setUp = async () => {
      await page.getByLabel("One-time code").fill("ABCDE-FGHJK-MNPQR-STVWX");
      await page.getByRole("button", { name: "Set up this device" }).click();
    };
    await setUp();
    await page.getByRole("link", { name: "Picture" }).waitFor();
    fake.state.signedIn = false;
    await page.goto("about:blank");
    await page.goto(`${fake.origin}/write/#/signin`);
    await setUp();
    await page
      .getByRole("alert")
      .getByText("This device has a passkey for this site already: sign in with it.")
      .waitFor();
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await page.getByRole("link", { name: "Picture" }).waitFor();
  });
});

test("whoever removes their own device is signed out, told so, and nothing of theirs is shown", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    await page.getByRole("link", { name: "Devices" }).click();
    page.once("dialog", (dialog) => void dialog.accept());
    await page.getByRole("button", { name: "Remove: Pixel" }).click();
    fake.state.signedIn = false;
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await page.getByText("This device was removed and can no longer write here.").waitFor();
    expect(await page.locator("nav").isVisible()).toBe(false);
  });
});
