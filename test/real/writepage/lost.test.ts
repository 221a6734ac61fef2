/** Nothing that was typed, chosen or shared is lost or sent wrong, whatever comes between. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser } from "../browser.ts";
import { photoWith } from "./files.ts";
import { creations, publish, title } from "./hand.ts";
import { withPhone } from "./open.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(async () => browser?.close());

const sent = (page: Page, name: string) => page.getByRole("heading", { level: 3, name }).waitFor();

test("what is shared is kept although the page comes in another language than was chosen here", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    await page.evaluate(`localStorage.setItem("language", "de")`);
    await page.goto(`${fake.origin}/write/?title=A+page&text=Read+this`);
    await page.getByLabel("Titel (freiwillig)").or(page.locator("form textarea")).first().waitFor();
    expect(await page.locator("form textarea").first().inputValue()).toBe("Read this");
    expect(await page.evaluate("document.documentElement.lang")).toBe("de");
  });
});

test("what is shared is one post", async () => {
  await withPhone(browser, { path: "?title=A+page&text=Read+this" }, async ({ page }) => {
    await title(page).waitFor();
    await page.waitForTimeout(500);
    await page.getByRole("link", { name: "Write" }).click();
    await page.getByRole("heading", { name: "Not finished" }).waitFor();
    expect(await page.locator("main .rows li").count()).toBe(1);
  });
});

/** Pictures take a while on a slow phone. */
const SLOW = `window.createImageBitmap = ((make) => async (...given) => {
  await new Promise((resolve) => setTimeout(resolve, 1500));
  return make(...given);
})(window.createImageBitmap);`;

test("whoever publishes while a picture is made ready sends the picture, too", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    await page.getByRole("link", { name: "Picture" }).click();
    await title(page).fill("With its picture");
    await page.evaluate(SLOW);
    const buffer = await photoWith(page, { width: 60, height: 40 }, 1);
    await page.getByLabel("Add a picture").setInputFiles({ name: "a.jpg", mimeType: "image/jpeg", buffer });
    await publish(page).click();
    await sent(page, "With its picture");
    expect(creations(fake).map(({ json }) => json.properties?.["photo"]?.length)).toEqual([1]);
  });
});

test("an answer that is not the server's own is none: the post waits, and goes later", async () => {
  await withPhone(browser, { serviceWorkers: "block" }, async ({ page, fake }) => {
    const portal = "**/write/micropub";
    await page.route(portal, (route) =>
      route.fulfill({ status: 200, contentType: "text/html", body: "<h1>Welcome to the hotel</h1>" }),
    );
    await page.getByRole("link", { name: "Text" }).click();
    await title(page).fill("In a hotel");
    await publish(page).click();
    await page.getByText("No answer. Is there a network?").waitFor();
    await page.unroute(portal);
    await page.getByRole("button", { name: "Try again" }).click();
    await sent(page, "In a hotel");
    expect(creations(fake).length).toBe(1);
  });
});

test("a post that is open in two tabs goes on in either with what was typed in the other", async () => {
  await withPhone(browser, {}, async ({ page }) => {
    await page.getByRole("link", { name: "Text" }).click();
    await title(page).fill("Once");
    const other = await page.context().newPage();
    await other.goto(page.url());
    await other.getByLabel("Text", { exact: true }).fill("A long text of the other tab");
    await other.waitForTimeout(600);
    await page.bringToFront();
    await title(page).fill("Twice");
    await page.waitForTimeout(600);
    await page.reload();
    expect(await title(page).inputValue()).toBe("Twice");
    expect(await page.getByLabel("Text", { exact: true }).inputValue()).toBe("A long text of the other tab");
  });
});

test("a post that is empty in one tab stays with what was typed in another", async () => {
  await withPhone(browser, {}, async ({ page }) => {
    await page.getByRole("link", { name: "Text" }).click();
    await title(page).fill("Once");
    await page.waitForTimeout(600);
    await title(page).fill("");
    await page.waitForTimeout(600);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await other.getByLabel("Text", { exact: true }).fill("A long text of the other tab");
    await other.waitForTimeout(600);
    await page.bringToFront();
    await page.getByRole("link", { name: "Posts" }).click();
    await page.waitForTimeout(600);
    await other.reload();
    expect(await other.getByLabel("Text", { exact: true }).inputValue()).toBe("A long text of the other tab");
  });
});

test("a stream began when it was first sent, although the answer was lost", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    fake.state.silent = 6; // the browser itself asks again some times
    await page.getByRole("link", { name: "Live" }).click();
    await title(page).fill("From the field");
    await page.getByLabel("Address of the stream").fill("https://video.example/live");
    await publish(page).click();
    await sent(page, "From the field");
    expect(fake.asked.filter(({ json }) => json.action === "update").length).toBe(0);
  });
});

test("a post that waits on a phone without any room says so, and goes once there is some", async () => {
  await withPhone(browser, {}, async ({ page, network, complaints }) => {
    await network(false);
    await page.getByRole("link", { name: "Text" }).click();
    await title(page).fill("No room");
    await publish(page).click();
    await page.getByText("Waiting for the network.").waitFor();
    await page.evaluate(`window.put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };`);
    await network(true);
    await page.getByText("No room: there is no room for it on this device.").waitFor();
    await page.evaluate("IDBObjectStore.prototype.put = window.put");
    await page.getByRole("button", { name: "Try again" }).click();
    await sent(page, "No room");
    expect(complaints.filter((each) => !/full|AbortError/.test(each))).toEqual([]);
  });
});

test("a code for another device is for whom the page shows", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    await page.getByRole("link", { name: "Devices" }).click();
    await page.getByRole("button", { name: "Make a code" }).waitFor();
    fake.state.author = "wang";
    await page.getByRole("button", { name: "Make a code" }).click();
    await page.getByText("Wang Wei is signed in here now.").waitFor();
    expect(fake.asked.filter(({ path }) => path === "codes").map(({ headers }) => headers["dripfeed-author"])).toEqual([
      "li",
    ]);
  });
});

/** What has the focus, by its kind and its id or class. */
const focused = (page: Page): Promise<unknown> =>
  page.evaluate("[document.activeElement.tagName, document.activeElement.className].join(' ')");

test("whoever removes something by keyboard goes on where it was", async () => {
  await withPhone(browser, {}, async ({ page }) => {
    await page.getByRole("link", { name: "Picture" }).click();
    const buffer = await photoWith(page, { width: 60, height: 40 }, 1);
    await page.getByLabel("Add a picture").setInputFiles({ name: "a.jpg", mimeType: "image/jpeg", buffer });
    const remove = page.getByRole("button", { name: "Remove: a.jpg" });
    await remove.focus();
    await page.keyboard.press("Enter");
    await remove.waitFor({ state: "detached" });
    expect(await focused(page)).toBe("UL media");
  });
});

test("a page of a slow network says that it is busy", async () => {
  await withPhone(browser, { serviceWorkers: "block" }, async ({ page }) => {
    let answer = () => {};
    const answers = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route("**/write/micropub?q=source&limit=20", async (route) => {
      await answers;
      await route.continue();
    });
    await page.getByRole("link", { name: "Posts" }).click();
    await page.locator("main[aria-busy]").waitFor();
    answer();
    await page.getByRole("heading", { name: "Posts" }).waitFor();
    expect(await page.locator("main").getAttribute("aria-busy")).toBeNull();
  });
});

test("whoever comes back to the page after a while sees what became of a post", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    const url = "https://example.com/posts/drip/";
    const properties = { name: ["Drip"], "post-status": ["published"] };
    fake.posts.set(url, { properties, status: "waiting" });
    await page.clock.install();
    await page.goto(`${fake.origin}/write/#/post/${encodeURIComponent(url)}`);
    await page.reload();
    await page.locator("main").getByText("Publishing …").waitFor();
    await page.evaluate(`Object.defineProperty(document, "hidden", { configurable: true, value: true })`);
    for (let minutes = 0; minutes < 10; minutes++) await page.clock.runFor("01:00");
    fake.posts.set(url, { properties, status: "published" });
    await page.evaluate("delete document.hidden");
    await page.clock.runFor("00:30");
    await page.locator("main").getByText("Published").waitFor({ timeout: 5000 });
  });
});

test("a code for somebody else makes no owner unless that is chosen", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    await page.getByRole("link", { name: "Devices" }).click();
    await page.getByLabel("Author", { exact: true }).selectOption({ label: "Wang Wei" });
    await page.getByRole("button", { name: "Make a code" }).click();
    await page.locator("main").getByText("Works once").waitFor();
    expect(fake.asked.find(({ path }) => path === "codes")?.json).toEqual({ author: "wang", role: "author" });
  });
});

test("who signed in in another tab is signed in here, too, once one comes back", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    fake.state.signedIn = false;
    await page.getByRole("link", { name: "Text" }).click();
    await title(page).fill("Over");
    await publish(page).click();
    await page.getByText("Waiting for you to sign in.").waitFor();
    fake.state.signedIn = true;
    await page.evaluate(`document.dispatchEvent(new Event("visibilitychange"))`);
    await sent(page, "Over");
  });
});

test("a file of which the server misses a part goes again", async () => {
  await withPhone(browser, { serviceWorkers: "block" }, async ({ page, fake }) => {
    const missing = { error: "incomplete", error_description: "part 1 is missing", missing: [1] };
    await page.route("**/complete", (route) => route.fulfill({ status: 422, json: missing }), { times: 1 });
    await page.getByRole("link", { name: "Audio" }).click();
    await title(page).fill("Rain");
    const buffer = Buffer.alloc(4_000_000, 7);
    await page.getByLabel("Add audio").setInputFiles({ name: "a.mp3", mimeType: "audio/mpeg", buffer });
    await publish(page).click();
    await sent(page, "Rain");
    expect([...fake.files.values()].map(({ length }) => length)).toEqual([4_000_000]);
  });
});

test("whoever leaves while a picture is made ready finds it among what was begun", async () => {
  await withPhone(browser, {}, async ({ page }) => {
    await page.getByRole("link", { name: "Picture" }).click();
    await page.evaluate(SLOW);
    const buffer = await photoWith(page, { width: 60, height: 40 }, 1);
    await page.getByLabel("Add a picture").setInputFiles({ name: "a.jpg", mimeType: "image/jpeg", buffer });
    await page.getByRole("link", { name: "Write" }).click();
    await page.getByRole("heading", { name: "Not finished" }).waitFor();
    expect(await page.evaluate("location.hash")).toBe("#/");
  });
});
