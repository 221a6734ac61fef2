/** Who writes: the first device, the next, apps, and the way out. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readCode } from "../../support/qr.ts";
import { openBrowser } from "../browser.ts";
import { withAuthenticator, withPhone } from "./open.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(async () => browser?.close());

test("a new device is set up by the code in its address, signs out, and signs in again by its passkey", async () => {
  const path = "#code=ABCDE-FGHJK-MNPQR-STVWX";
  await withPhone(browser, { signedIn: false, path }, async ({ page, fake, complaints }) => {
    await withAuthenticator(page);
    expect(await page.getByLabel("One-time code").inputValue()).toBe("ABCDE-FGHJK-MNPQR-STVWX");
    await page.getByLabel("Name of this device").fill("Phone in the field");
    await page.getByRole("button", { name: "Set up this device" }).click();
    await page.getByRole("heading", { name: "Write" }).waitFor();
    expect(page.url()).not.toContain("code=");
    await page.getByRole("link", { name: "Devices" }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(fake.state.signedIn).toBe(false);
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await page.getByRole("heading", { name: "Write" }).waitFor();
    expect(fake.state.signedIn).toBe(true);
    expect(complaints).toEqual([]);
  });
});

test("a code is of use where the session is over, too", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    await withAuthenticator(page);
    fake.state.signedIn = false;
    await page.goto("about:blank");
    await page.goto(`${fake.origin}/write/#code=ABCDE-FGHJK-MNPQR-STVWX`);
    await page.getByRole("button", { name: "Set up this device" }).click();
    await page.getByRole("link", { name: "Picture" }).waitFor();
    expect(fake.state.signedIn).toBe(true);
  });
});

test("what another app shares while nobody is signed in is there after signing in", async () => {
  const path = "?title=A+page&text=Read+this";
  await withPhone(browser, { signedIn: false, path }, async ({ page }) => {
    await withAuthenticator(page);
    await page.getByLabel("One-time code").fill("ABCDE-FGHJK-MNPQR-STVWX");
    await page.getByRole("button", { name: "Set up this device" }).click();
    await page.getByLabel("Title (optional)").waitFor();
    expect(await page.getByLabel("Title (optional)").inputValue()).toBe("A page");
  });
});

test("a wrong code says so, and the right one can be typed", async () => {
  await withPhone(browser, { signedIn: false }, async ({ page }) => {
    await withAuthenticator(page);
    await page.getByLabel("One-time code").fill("WRONG");
    await page.getByRole("button", { name: "Set up this device" }).click();
    await page.getByRole("alert").getByText("This code is wrong, used or expired.").waitFor();
    await page.getByLabel("One-time code").fill("ABCDE-FGHJK-MNPQR-STVWX");
    await page.getByRole("button", { name: "Set up this device" }).click();
    await page.getByRole("link", { name: "Picture" }).waitFor();
  });
});

test("without a passkey for the site the page says what to do", async () => {
  await withPhone(browser, { signedIn: false }, async ({ page }) => {
    await withAuthenticator(page);
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await page.getByRole("alert").getByText("No passkey was used.").waitFor();
  });
});

test("a code for another device is a link and a QR code that a phone reads", async () => {
  await withPhone(browser, { viewport: { width: 412, height: 900 }, deviceScaleFactor: 2 }, async ({ page, fake }) => {
    await page.getByRole("link", { name: "Devices" }).click();
    await page.getByLabel("Author").selectOption({ label: "Wang Wei" });
    await page.getByLabel("Role", { exact: true }).selectOption({ label: "Drafts only" });
    await page.getByRole("button", { name: "Make a code" }).click();
    const picture = await page.getByRole("img", { name: "QR: One-time code" }).screenshot();
    expect(await codeIn(page, picture)).toBe(`${fake.origin}/write/#code=7Z3KD-99QWE-R5TYP-M4NBV`);
    await page.getByText("7Z3KD-99QWE-R5TYP-M4NBV").waitFor();
    expect(fake.asked.find(({ path }) => path === "codes")?.json).toEqual({ author: "wang", role: "drafts" });
  });
});

test("a device is removed once that is meant, and the list is shown anew", async () => {
  await withPhone(browser, {}, async ({ page }) => {
    await page.getByRole("link", { name: "Devices" }).click();
    page.once("dialog", (dialog) => void dialog.accept());
    await page.getByRole("button", { name: "Remove: Old phone" }).click();
    await page.getByRole("status").getByText("Removed: Old phone").waitFor();
    expect(await page.getByRole("heading", { name: "Old phone" }).count()).toBe(0);
    expect(await page.getByRole("heading", { name: "Quill" }).count()).toBe(1);
  });
});

test("an app is allowed what its owner leaves ticked, and gets its answer", async () => {
  const path = "auth?client_id=https%3A%2F%2Fquill.example%2F&state=y";
  await withPhone(browser, { path }, async ({ page, fake, complaints }) => {
    await page.getByRole("heading", { name: "May Quill write on Field notes?" }).waitFor();
    await page.getByRole("checkbox", { name: "add pictures, videos and audio" }).uncheck();
    await page.getByRole("button", { name: "Allow", exact: true }).click();
    await page.waitForURL("**/back?code=x&state=y");
    const query = "client_id=https%3A%2F%2Fquill.example%2F&state=y";
    expect(fake.asked.find(({ path }) => path === "auth/decide")?.json).toEqual({ query, scopes: ["create"] });
    expect(complaints).toEqual([]);
  });
});

test("whoever is signed out signs in before an app is shown to them", async () => {
  await withPhone(browser, { path: "auth?client_id=x", signedIn: false }, async ({ page, fake }) => {
    await page.getByRole("button", { name: "Sign in with a passkey" }).waitFor();
    expect(fake.asked.some(({ path }) => path.startsWith("auth/"))).toBe(false);
  });
});

test("an author of drafts alone is not asked when, and sends drafts", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    fake.state.role = "drafts";
    await page.reload();
    await page.waitForTimeout(500);
    await page.getByRole("link", { name: "Text" }).click();
    await page.getByLabel("Title (optional)").fill("A draft");
    expect(await page.getByRole("radio", { name: "Now" }).count()).toBe(0);
    await page.getByRole("button", { name: "Save as a draft" }).click();
    await page.getByRole("heading", { name: "Sent" }).waitFor();
    expect([...fake.posts.values()][0]?.properties["post-status"]).toEqual(["draft"]);
  });
});

/** Unpacked by the browser. */
async function codeIn(page: Page, png: Buffer): Promise<string | undefined> {
  const { pixels, width, height } = await page.evaluate<{
    pixels: number[];
    width: number;
    height: number;
  }>(`(async () => {
    const bytes = Uint8Array.from(atob("${png.toString("base64")}"), (letter) => letter.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes]));
    const { width, height } = picture;
    const context = new OffscreenCanvas(width, height).getContext("2d");
    context.drawImage(picture, 0, 0);
    return { pixels: [...context.getImageData(0, 0, width, height).data], width, height };
  })()`);
  return readCode(new Uint8ClampedArray(pixels), width, height)?.data;
}
