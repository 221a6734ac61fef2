/** What is written on a phone arrives, once, whatever its network does. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser } from "../browser.ts";
import type { Fake } from "./fake/types.ts";
import { creations } from "./hand.ts";
import { type Phone, withPhone } from "./open.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(async () => browser?.close());

async function write(page: Page, title: string, text = ""): Promise<void> {
  await page.getByRole("link", { name: "Write" }).click();
  await page.getByRole("link", { name: "Text" }).click();
  await page.getByLabel("Title (optional)").fill(title);
  await page.getByRole("textbox", { name: "Text", exact: true }).fill(text);
}

const send = (page: Page) => page.getByRole("button", { name: "Publish", exact: true }).click();

const arrived = (page: Page, title: string) => page.getByRole("heading", { level: 3, name: title }).waitFor();

const titlesOf = ({ posts }: Fake): readonly unknown[] =>
  [...posts.values()].map(({ properties }) => properties["name"]?.[0]);

test("what is written without a network waits, also while the page is opened anew, and goes once there is one", async () => {
  await withPhone(browser, {}, async ({ page, fake, network, complaints }: Phone) => {
    await page.evaluate("navigator.serviceWorker.ready");
    await network(false);
    await write(page, "In the field", "No network **here**.");
    await send(page);
    await page.getByText("Waiting for the network.").waitFor();
    await page.getByText("No network. You can go on writing; it is sent later.").waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "In the field" }).waitFor();
    expect(creations(fake)).toEqual([]);
    await network(true);
    await arrived(page, "In the field");
    await page.locator("main").getByText("Published").waitFor();
    const [creation] = creations(fake);
    expect(creation?.json).toEqual({
      type: ["h-entry"],
      properties: { name: ["In the field"], content: ["No network **here**."], "post-status": ["published"] },
    });
    expect(creation?.headers["idempotency-key"]).toMatch(/^[\da-f-]{36}$/);
    expect(creations(fake).length).toBe(1);
    expect(complaints).toEqual([]);
  });
});

test("a post whose answer is lost is asked for again under the same key, and there is one of it", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    fake.state.silent = 3; // the browser itself asks again at once
    await write(page, "Once");
    await send(page);
    await arrived(page, "Once");
    const keys = new Set(creations(fake).map(({ headers }) => headers["idempotency-key"]));
    expect(creations(fake).length).toBe(4);
    expect({ keys: keys.size, posts: titlesOf(fake) }).toEqual({ keys: 1, posts: ["Once"] });
  });
});

test("a post that is changed after its answer was lost is found, and changed", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    fake.state.silent = 99;
    await write(page, "First");
    await send(page);
    await page.getByText("No answer. Is there a network?").waitFor();
    await page.getByRole("button", { name: "Edit" }).click();
    fake.state.silent = 0;
    await page.getByLabel("Title (optional)").fill("Second");
    await send(page);
    await arrived(page, "Second");
    expect(titlesOf(fake)).toEqual(["Second"]);
  });
});

test("a refusal says why, and the post is sent once it is mended", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    await write(page, "refused");
    await send(page);
    await page.getByText("That did not work. The title is not allowed: choose another.").waitFor();
    await page.getByRole("button", { name: "Edit" }).click();
    await page.getByLabel("Title (optional)").fill("Allowed");
    await send(page);
    await arrived(page, "Allowed");
    expect(titlesOf(fake)).toEqual(["Allowed"]);
  });
});

test("a session that is over keeps what was written, and sends it after signing in", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    fake.state.signedIn = false;
    await write(page, "Kept");
    await send(page);
    await page.getByText("Waiting for you to sign in.").waitFor();
    expect(titlesOf(fake)).toEqual([]);
    await page.getByRole("link", { name: "Sign in" }).click();
    await page.getByRole("button", { name: "Sign in with a passkey" }).waitFor();
    fake.state.signedIn = true; // in another tab
    await page.reload();
    await page.getByRole("link", { name: "On its way" }).click();
    await arrived(page, "Kept");
  });
});

test("two tabs send a post once, and both show that it was sent", async () => {
  await withPhone(browser, {}, async ({ page, fake, network }) => {
    const other = await page.context().newPage();
    await other.goto(`${fake.origin}/write/#/waiting`);
    await network(false);
    await write(page, "One of two tabs");
    await send(page);
    await other.getByRole("heading", { name: "One of two tabs" }).waitFor();
    await network(true);
    await arrived(page, "One of two tabs");
    await arrived(other, "One of two tabs");
    await page.waitForTimeout(1000);
    expect(creations(fake).length).toBe(1);
  });
});

test("what was begun is kept as it is typed, and discarded only when that is meant", async () => {
  await withPhone(browser, {}, async ({ page }) => {
    await write(page, "Half a thought");
    await page.waitForTimeout(600);
    await page.reload();
    await page.getByLabel("Title (optional)").waitFor();
    expect(await page.getByLabel("Title (optional)").inputValue()).toBe("Half a thought");
    await page.goto("about:blank");
    await page.goBack();
    await page.getByRole("link", { name: "Write" }).click();
    await page.getByRole("link", { name: "Half a thought" }).click();
    expect(await page.getByLabel("Title (optional)").inputValue()).toBe("Half a thought");
    page.once("dialog", (dialog) => void dialog.accept());
    await page.getByRole("button", { name: "Discard" }).click();
    await page.getByRole("link", { name: "Picture" }).waitFor();
    expect(await page.getByRole("link", { name: "Half a thought" }).count()).toBe(0);
  });
});

test("tags, language, a later time and a link are asked for as Micropub has them", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    await page.getByRole("link", { name: "Link" }).click();
    await send(page);
    await page.getByRole("alert").getByText("Enter an address that begins with https://.").waitFor();
    await page.getByLabel("Address of the page").fill("https://example.org/a");
    await page.getByLabel("This post is").selectOption({ label: "a reply" });
    await page.getByRole("checkbox", { name: "soil" }).check();
    await page.getByLabel("New tag").fill("滴灌");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByLabel("Language of the post").selectOption("zh");
    await page.getByRole("radio", { name: "Later" }).check();
    await page.getByLabel("Date and time").fill("2031-05-01T08:30");
    await page.getByRole("button", { name: "Publish later" }).click();
    await page.getByRole("heading", { name: "Sent" }).waitFor();
    expect(creations(fake)[0]?.json.properties).toEqual({
      ...{ category: ["soil", "滴灌"], lang: ["zh"], "in-reply-to": ["https://example.org/a"] },
      ...{ published: ["2031-05-01T08:30:00+08:00"], "post-status": ["published"] },
    });
  });
});

test("a check says what is wrong, where, and how to mend it, and sends nothing", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    const problem = { code: "x", severity: "error", line: 3, message: "the picture is gone", fix: "add it again" };
    fake.state.problems = [problem];
    await write(page, "Checked");
    await page.getByRole("button", { name: "Check" }).click();
    await page.getByText("Error (line 3): the picture is goneadd it again").waitFor();
    fake.state.problems = [];
    await page.getByRole("button", { name: "Check" }).click();
    await page.getByText("No problems found.").waitFor();
    expect(creations(fake)).toEqual([]);
  });
});

test("what another app shares is a link to write about", async () => {
  const path = "?title=A+page&text=https%3A%2F%2Fexample.org%2Fa";
  await withPhone(browser, { path }, async ({ page }) => {
    await page.getByLabel("Address of the page").waitFor();
    expect(await page.getByLabel("Address of the page").inputValue()).toBe("https://example.org/a");
    expect(await page.getByLabel("Title (optional)").inputValue()).toBe("A page");
  });
});
