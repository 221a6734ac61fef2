/** What a new user does in haste: presses at once, picks a time that has passed, pastes a link, and looks what became of it. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser } from "../browser.ts";
import type { Fake } from "./fake/types.ts";
import { begin, publish, sent } from "./hand.ts";
import { withAuthenticator, withPhone } from "./open.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(async () => browser?.close());

const propertiesOf = ({ posts }: Fake) => [...posts.values()].map(({ properties }) => properties);
const URL = "https://example.com/posts/1/";

test("Publish is pressed once, and a word in the field of tags is a tag of the post", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    await begin(page, "Text");
    await page.getByLabel("Title (optional)").fill("Rain");
    await page.getByLabel("New tag").pressSequentially("first, second, a long tag that takes a row of its own");
    expect(await page.getByRole("checkbox", { name: "first" }).isChecked()).toBe(true);
    const button = publish(page);
    await button.scrollIntoViewIfNeeded();
    const { x, y } = (await button.boundingBox()) ?? { x: 0, y: 0 };
    // As a finger does: down where the button was seen, and up at the same place.
    await page.mouse.move(x + 30, y + 20);
    await page.mouse.down();
    await page.mouse.up();
    await sent(page);
    expect(propertiesOf(fake)[0]?.["category"]).toEqual(["first", "second", "a long tag that takes a row of its own"]);
  });
});

test("a word that is taken out of the field of tags is no tag", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    await begin(page, "Text");
    await page.getByLabel("Title (optional)").fill("Rain");
    await page.getByLabel("New tag").pressSequentially("rian");
    await page.getByLabel("New tag").fill("rain");
    await page.getByRole("checkbox", { name: "soil" }).check();
    await publish(page).click();
    await sent(page);
    expect(propertiesOf(fake)[0]?.["category"]).toEqual(["soil", "rain"]);
  });
});

test("a time that has passed publishes at once, with that date, and says so before", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    await begin(page, "Text");
    await page.getByLabel("Title (optional)").fill("Then");
    await page.getByRole("radio", { name: "Later" }).check();
    await page.getByLabel("Date and time").fill("2031-05-01T08:30");
    await page.getByRole("button", { name: "Publish later" }).waitFor();
    await page.getByLabel("Date and time").fill("2020-05-01T08:30");
    await page.getByText("This time has passed: the post appears at once, with this date.").waitFor();
    await publish(page).click();
    await page.locator("main").getByText("Published").waitFor();
    expect(propertiesOf(fake)[0]?.["published"]).toEqual(["2020-05-01T08:30:00+08:00"]);
  });
});

test("the button says what it does as soon as it is chosen when to publish", async () => {
  await withPhone(browser, {}, async ({ page }) => {
    await begin(page, "Text");
    for (const [when, name] of [
      ["Draft", "Save as a draft"],
      ["Now", "Publish"],
    ] as const) {
      await page.getByRole("radio", { name: when, exact: true }).check();
      expect(await page.locator("#send").textContent()).toBe(name);
    }
  });
});

test("a scheduled post names the time at which it is published", async () => {
  await withPhone(browser, {}, async ({ page }) => {
    await begin(page, "Text");
    await page.getByLabel("Title (optional)").fill("Later");
    await page.getByRole("radio", { name: "Later" }).check();
    await page.getByLabel("Date and time").fill("2031-05-01T08:30");
    await page.getByRole("button", { name: "Publish later" }).click();
    await page.getByText("Scheduled · May 1, 2031, 8:30").waitFor();
  });
});

test("a withdrawn post says since when, and this device not when it was last used", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    const properties = { name: ["Gone"], published: ["2026-01-02T03:00:00Z"], withdrawn: ["2026-06-01T12:00:00Z"] };
    fake.posts.set(URL, { properties, status: "withdrawn" });
    await page.goto(`${fake.origin}/write/#/post/${encodeURIComponent(URL)}`);
    await page.getByText("Withdrawn · Jun 1, 2026, 8:00").waitFor();
    await page.getByRole("link", { name: "Devices" }).click();
    const own = page.getByRole("listitem").filter({ hasText: "this device" });
    await own.getByText("added May 1, 2026").waitFor();
    expect(await own.getByText("last used").count()).toBe(0);
  });
});

test("a stream that was begun and ended is listed as both, and marked among the posts", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    const live = { url: "https://example.org/live", status: "pending", start: "2026-06-01T12:00:00Z" };
    fake.posts.set(URL, { properties: { name: ["Harvest"], live: [live] }, status: "published" });
    const open = () => page.goto(`${fake.origin}/write/#/post/${encodeURIComponent(URL)}`);
    await open();
    await page.getByRole("button", { name: "Begin the stream" }).click();
    await page.getByText("Begun: Published").waitFor();
    await page.getByRole("link", { name: "Posts" }).click();
    await page.getByText("Live now").waitFor();
    await open();
    await page.getByRole("button", { name: "End the stream" }).click();
    await page.getByText("Ended: Published").waitFor();
    await page.getByText("Begun: Published").waitFor();
  });
});

test("the whole printed link will do for the code, and an empty field is said to be", async () => {
  await withPhone(browser, { signedIn: false }, async ({ page, fake }) => {
    await withAuthenticator(page);
    await page.getByText("dripfeed tokens --code").waitFor();
    await page.getByRole("button", { name: "Set up this device" }).click();
    expect(await page.evaluate("document.activeElement.validity.valueMissing")).toBe(true);
    expect(fake.asked.some(({ path }) => path === "session/code")).toBe(false);
    const link = `${fake.origin}/write/#code=ABCDE-FGHJK-MNPQR-STVWX`;
    await page.getByLabel("One-time code").fill(` ${link} `);
    await page.getByRole("button", { name: "Set up this device" }).click();
    await page.getByRole("link", { name: "Picture" }).waitFor();
  });
});

test("who listens hears when a post is published", async () => {
  await withPhone(browser, {}, async ({ page }) => {
    await begin(page, "Text");
    await page.getByLabel("Title (optional)").fill("Heard");
    await publish(page).click();
    await page.locator("#said").getByText("Heard: Published").waitFor({ state: "attached" });
  });
});

test("an app without an address is listed by its name, and a new author of the site can be invited at once", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    const { site } = fake.state;
    fake.state.site = { ...site, authors: { ...site.authors, zhao: { name: "Zhao" } } };
    await page.getByRole("link", { name: "Devices" }).click();
    await page.getByRole("heading", { name: "My shortcut" }).waitFor();
    await page.getByLabel("Author").selectOption({ label: "Zhao" });
  });
});

test("a post from which all was deleted again is not kept", async () => {
  await withPhone(browser, {}, async ({ page }) => {
    await begin(page, "Link");
    await page.getByLabel("This post is").selectOption({ label: "a reply" });
    await page.getByLabel("Address of the page").fill("e");
    await page.getByLabel("Address of the page").fill("");
    await page.waitForTimeout(500);
    await page.getByRole("link", { name: "Write" }).click();
    await page.getByRole("link", { name: "Picture" }).waitFor();
    await expect.poll(() => page.getByRole("heading", { name: "Not finished" }).count()).toBe(0);
  });
});

test("in Chinese and Japanese no space stands between two sentences", async () => {
  await withPhone(browser, { locale: "zh-CN" }, async ({ page, fake }) => {
    await page.goto("about:blank");
    await page.goto(`${fake.origin}/write/?lang=zh-Hans#/new/text`);
    await page.locator("form input[type=text]").first().fill("refused");
    await page.locator("#send").click();
    const said = await page.locator(".state.alert").textContent();
    expect(said).toMatch(/。The title is not allowed/);
  });
});
