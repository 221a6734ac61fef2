/** Former posts: changed, withdrawn, brought back, told apart from what others made of them. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser } from "../browser.ts";
import { etagOf } from "./fake/posts.ts";
import type { Fake, FakePost } from "./fake/types.ts";
import { sent } from "./hand.ts";
import { withPhone } from "./open.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(async () => browser?.close());

const URL = "https://example.com/posts/drip/";
const POST: FakePost = {
  properties: {
    ...{ name: ["Drip"], content: ["As it was."], category: ["water"], location: ["geo:1,2"] },
    "post-status": ["published"],
  },
  status: "published",
};

async function open(page: Page, fake: Fake, post: FakePost = POST): Promise<void> {
  fake.posts.set(URL, post);
  await page.getByRole("link", { name: "Posts" }).click();
  await page.getByRole("heading", { level: 1, name: "Posts" }).waitFor(); // before it, links are those of the former view
  await page.getByRole("main").getByRole("link").first().click();
  await page.locator("#delete").waitFor();
}

async function edit(page: Page, text: string): Promise<void> {
  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByRole("textbox", { name: "Text", exact: true }).fill(text);
  await page.getByRole("button", { name: "Save the changes" }).click();
}

const changes = ({ asked }: Fake) => asked.filter(({ json }) => json.action !== undefined);

test("a change asks for what was changed alone, of the post as it was read", async () => {
  await withPhone(browser, {}, async ({ page, fake, complaints }) => {
    await open(page, fake);
    await edit(page, "As it is.");
    await sent(page);
    const [{ json, headers } = { json: undefined, headers: undefined }] = changes(fake);
    expect(json).toEqual({ action: "update", url: URL, replace: { content: ["As it is."] } });
    expect(headers?.["if-match"]).toBe(etagOf(POST));
    expect(fake.posts.get(URL)?.properties).toEqual({ ...POST.properties, content: ["As it is."] });
    expect(complaints).toEqual([]);
  });
});

test("a change whose answer is lost is made once, and is no conflict with itself", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    await open(page, fake);
    fake.state.silent = 1;
    await edit(page, "As it is.");
    await sent(page);
    expect(fake.posts.get(URL)?.properties["content"]).toEqual(["As it is."]);
  });
});

test("what another changes after a change was heard whose answer is lost stays", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    await open(page, fake);
    fake.state.silent = 6; // the browser itself asks again some times
    await edit(page, "As it is.");
    const now = () => fake.posts.get(URL)?.properties ?? {};
    await expect.poll(() => now()["content"]).toEqual(["As it is."]);
    fake.posts.set(URL, { ...POST, properties: { ...now(), name: ["Theirs"] } });
    await sent(page);
    expect([now()["content"], now()["name"]]).toEqual([["As it is."], ["Theirs"]]);
  });
});

const CHOICES = [
  { choice: "Keep mine", site: "Mine.", posts: 1 },
  { choice: "Keep the site’s", site: "Theirs.", posts: 1 },
  { choice: "Keep both: mine becomes a new post", site: "Theirs.", posts: 2 },
];

test.each(CHOICES)("of a post that another changed both are shown: $choice", async ({ choice, site, posts }) => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    await open(page, fake);
    await page.getByRole("button", { name: "Edit" }).click();
    await page.getByRole("textbox", { name: "Text", exact: true }).fill("Mine.");
    fake.posts.set(URL, { ...POST, properties: { ...POST.properties, content: ["Theirs."] } });
    await page.getByRole("button", { name: "Save the changes" }).click();
    await page.locator("main").getByText("Somebody else has changed this post.").waitFor();
    await page.getByRole("link", { name: "Choose a version" }).click();
    await page.getByText("Mine.").waitFor();
    await page.getByText("Theirs.").waitFor();
    await page.getByRole("button", { name: choice }).click();
    if (choice === "Keep mine") await sent(page);
    else if (posts === 1) await page.getByRole("link", { name: "Open the post" }).waitFor();
    else {
      await page.getByRole("button", { name: "Publish", exact: true }).click();
      await sent(page);
    }
    expect(fake.posts.get(URL)?.properties["content"]).toEqual([site]);
    expect(fake.posts.size).toBe(posts);
    const written = [...fake.posts.values()].flatMap(({ properties }) => properties["content"] ?? []);
    if (posts === 2) expect(written).toEqual(["Theirs.", "Mine."]);
  });
});

test("a post is withdrawn when that is meant, and brought back", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    await open(page, fake);
    page.once("dialog", (dialog) => void dialog.dismiss());
    await page.getByRole("button", { name: "Withdraw" }).click();
    expect(changes(fake)).toEqual([]);
    page.once("dialog", (dialog) => void dialog.accept());
    await page.getByRole("button", { name: "Withdraw" }).click();
    await sent(page);
    expect(fake.posts.get(URL)?.properties["withdrawn"]).toBeDefined();
    await page.getByRole("link", { name: "Drip" }).click();
    await page.locator("main").getByText("Withdrawn").waitFor();
    await page.getByRole("button", { name: "Bring back" }).click();
    await expect.poll(() => fake.posts.get(URL)?.properties).toEqual(POST.properties);
    expect(changes(fake).map(({ json }) => json.action)).toEqual(["delete", "undelete"]);
  });
});

test("a draft that is deleted is gone, and said to be", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    const draft = { ...POST, properties: { ...POST.properties, "post-status": ["draft"] }, status: "draft" };
    await open(page, fake, draft);
    expect(await page.getByRole("link", { name: "Open the post" }).count()).toBe(0);
    page.once("dialog", (dialog) => void dialog.accept());
    await page.getByRole("button", { name: "Delete for good" }).click();
    await sent(page);
    await page.locator("main").getByText("Deleted").waitFor();
    expect(await page.locator("main").getByText("Withdrawn").count()).toBe(0);
    expect(fake.posts.size).toBe(0);
  });
});

test("a post that is brought back is watched until it is published", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    const withdrawn = { ...POST.properties, withdrawn: ["2026-06-01T12:00:00Z"] };
    await open(page, fake, { properties: withdrawn, status: "withdrawn" });
    expect(await page.getByRole("link", { name: "Open the post" }).count()).toBe(0);
    await page.getByRole("button", { name: "Bring back" }).click();
    await page.locator("main").getByText("Publishing …").waitFor();
    await page.locator("main").getByText("Published").waitFor();
    await page.getByRole("link", { name: "Drip" }).click();
    await page.locator("main").getByText("Published").waitFor();
  });
});

test("the list of posts that was there last is shown without a network, and said to be of when", async () => {
  await withPhone(browser, {}, async ({ page, fake, network }) => {
    await open(page, fake);
    await network(false);
    await page.getByRole("link", { name: "Posts" }).click();
    await page.getByText(/^As of .*\d/).waitFor();
    await page.getByRole("link", { name: "Drip" }).waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
  });
});

test("HTML goes back as HTML, since as a text it would be shown as such", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    await open(page, fake, { ...POST, properties: { name: ["Drip"], content: [{ html: "<p>As it was.</p>" }] } });
    await edit(page, "<p>As it is.</p>");
    await sent(page);
    expect(changes(fake)[0]?.json.replace).toEqual({ content: [{ html: "<p>As it is.</p>" }] });
  });
});

test("a withdrawal whose answer is lost withdraws, and does not delete for good", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    await open(page, fake);
    fake.state.silent = 3;
    page.once("dialog", (dialog) => void dialog.accept());
    await page.getByRole("button", { name: "Withdraw" }).click();
    await sent(page);
    expect(fake.posts.get(URL)?.properties["withdrawn"]).toBeDefined();
  });
});

test("a stream is begun, ended by one button, and its recording takes its place", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    await page.getByRole("link", { name: "Live" }).click();
    await page.getByLabel("Title (optional)").fill("From the field");
    await page.getByLabel("Address of the stream").fill("https://video.example/live");
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await sent(page);
    const live = () => [...fake.posts.values()][0]?.properties["live"]?.[0] as { readonly [name: string]: string };
    const { start } = live();
    expect(live()).toEqual({ url: "https://video.example/live", status: "live", start: expect.any(String) });
    await page.getByRole("link", { name: "From the field" }).click();
    await page.getByRole("button", { name: "End the stream" }).click();
    await expect.poll(() => live()["status"]).toBe("ended");
    expect(live()).toEqual({ url: "https://video.example/live", status: "ended", start, end: expect.any(String) });
    await page.getByRole("link", { name: "From the field" }).first().click();
    await page.getByRole("button", { name: "Edit" }).click();
    await page.getByLabel("Address of the recording").fill("https://video.example/recording");
    await page.getByRole("button", { name: "Save the changes" }).click();
    await expect.poll(() => live()["url"]).toBe("https://video.example/recording");
    expect(live()["start"]).toBe(start);
  });
});

test("what others wrote is text, and nothing of it runs", async () => {
  await withPhone(browser, {}, async ({ page, fake, complaints }) => {
    const attack = `<img src=x onerror="document.title='run'"><script>document.title='run'</script>`;
    await open(page, fake, { ...POST, properties: { name: [attack], content: [attack], category: [attack] } });
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(attack);
    await page.getByRole("button", { name: "Edit" }).click();
    await page.getByRole("checkbox", { name: "<img" }).waitFor();
    expect(await page.title()).not.toBe("run");
    expect(await page.locator("main img, main script").count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});

test("former posts come a page at a time, newest first", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    for (let i = 1; i <= 45; i++) fake.posts.set(`${URL}${i}`, { ...POST, properties: { name: [`Post ${i}`] } });
    await page.getByRole("link", { name: "Posts" }).click();
    await page.getByRole("link", { name: "Post 45" }).waitFor();
    for (const count of [40, 45]) {
      await page.getByRole("button", { name: "Show more" }).click();
      await expect.poll(() => page.getByRole("main").getByRole("listitem").count()).toBe(count);
    }
    expect(await page.getByRole("button", { name: "Show more" }).isVisible()).toBe(false);
  });
});
