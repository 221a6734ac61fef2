/** Files as they are chosen: none is lost that is still made ready, and one that cannot be used says why, where it is. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser } from "../browser.ts";
import type { Fake } from "./fake/types.ts";
import { mp4With, photoWith } from "./files.ts";
import { begin, publish, sent } from "./hand.ts";
import { withPhone } from "./open.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(async () => browser?.close());

const photosOf = ({ posts }: Fake) => [...posts.values()].map(({ properties }) => properties["photo"]?.length ?? 0);
const picture = (name: string, buffer: Buffer) => ({ name, mimeType: "image/jpeg", buffer });

/** A phone that needs so much longer for everything. */
async function slowed(page: Page, rate: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate });
}

/** As a picture is drawn that takes its time: until the page is told to go on. */
const held = (page: Page) =>
  page.evaluate(`{
    const make = createImageBitmap;
    const gate = new Promise((resolve) => { window.goOn = resolve; });
    window.createImageBitmap = async (...given) => { await gate; return make(...given); };
  }`);

/** A picture that is still made ready. */
async function chooseHeld(page: Page): Promise<void> {
  const photo = await photoWith(page, { width: 300, height: 200 }, 1);
  await held(page);
  await begin(page, "Picture");
  await page.getByLabel("Add a picture").setInputFiles(picture("a.jpg", photo));
  await page.getByText("a.jpg · Getting it ready …").waitFor();
}

test("pictures that are still made ready on a slow phone when Publish is pressed are sent, all of them", async () => {
  await withPhone(browser, {}, async ({ page, fake, complaints }) => {
    const photo = await photoWith(page, { width: 3000, height: 2000 }, 1);
    await slowed(page, 6);
    await begin(page, "Picture");
    const files = ["a.jpg", "b.jpg", "c.jpg"].map((name) => picture(name, photo));
    await page.getByLabel("Add a picture").setInputFiles(files);
    await publish(page).click();
    await sent(page);
    expect(photosOf(fake)).toEqual([3]);
    expect(complaints).toEqual([]);
  });
});

test("a post waits for its picture, and says so; also where the page is opened anew meanwhile", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    await chooseHeld(page);
    await page.getByLabel("Description, for those").fill("A field");
    await publish(page).click();
    await page.getByRole("heading", { name: "A field" }).waitFor();
    await page.locator(".state").getByText("Getting it ready …").waitFor();
    expect(fake.posts.size).toBe(0);
    await page.reload();
    await sent(page);
    expect(photosOf(fake)).toEqual([1]);
  });
});

/** How many files the phone keeps. */
const kept = (page: Page) =>
  page.evaluate(`new Promise((done) => {
    indexedDB.open("dripfeed").onsuccess = ({ target: { result } }) => {
      result.transaction("files").objectStore("files").count().onsuccess = ({ target }) => {
        result.close();
        done(target.result);
      };
    };
  })`);

test("nothing stays on the phone of a file that is removed before it was kept", async () => {
  await withPhone(browser, {}, async ({ page }) => {
    await page.evaluate(`{
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (value) { window.puts = (window.puts ?? 0) + (this.name === "files"); return put.call(this, value); };
      const slice = Blob.prototype.slice;
      Blob.prototype.slice = function (...given) {
        const part = slice.apply(this, given);
        part.arrayBuffer = async () => { await new Promise((done) => setTimeout(done, 500)); return Blob.prototype.arrayBuffer.call(part); };
        return part;
      };
    }`);
    await begin(page, "Video");
    await page
      .getByLabel("Add a video")
      .setInputFiles({ name: "a.mp4", mimeType: "video/mp4", buffer: mp4With(undefined) });
    await page.getByRole("button", { name: "Remove: a.mp4" }).click();
    await expect.poll(() => page.evaluate("window.puts")).toBe(1);
    await expect.poll(() => kept(page), { timeout: 30_000 }).toBe(0);
  });
});

test("what was chosen is there after the page was opened anew before it was ready", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    await chooseHeld(page);
    await page.waitForTimeout(600);
    await page.reload();
    await page.getByText("300 × 200").waitFor();
    await publish(page).click();
    await sent(page);
    expect(photosOf(fake)).toEqual([1]);
  });
});

test("one bad file among good ones keeps the post, says why at the file, and goes when it is removed", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    const photo = await photoWith(page, { width: 300, height: 200 }, 1);
    await begin(page, "Picture");
    const files = [picture("a.jpg", photo), picture("bad.jpg", Buffer.from("none")), picture("c.jpg", photo)];
    await page.getByLabel("Add a picture").setInputFiles(files);
    const bad = page.getByRole("listitem").filter({ hasText: "bad.jpg" });
    await bad.getByText("this file cannot be used here. Choose another format: JPEG, MP4 or MP3.").waitFor();
    await publish(page).click();
    const remove = bad.getByRole("button", { name: "Remove: bad.jpg" });
    const focused = () => page.evaluate("document.activeElement.getAttribute('aria-label')");
    await expect.poll(focused).toBe("Remove: bad.jpg");
    await remove.click();
    await publish(page).click();
    await sent(page);
    expect(photosOf(fake)).toEqual([2]);
  });
});

test("a bad file that is found after Publish was pressed keeps the post, which says why", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    await held(page);
    await begin(page, "Picture");
    await page.getByLabel("Add a picture").setInputFiles(picture("bad.jpg", Buffer.from("none")));
    await publish(page).click();
    await page.locator(".state").getByText("Getting it ready …").waitFor();
    await page.evaluate("goOn()");
    await page.getByText("That did not work. bad.jpg: this file cannot be used here.").waitFor();
    await page.getByRole("button", { name: "Edit" }).click();
    await page.getByRole("button", { name: "Remove: bad.jpg" }).click();
    expect(fake.posts.size).toBe(0);
  });
});

test("a film that is added as a picture is a video", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    await begin(page, "Picture");
    const film = { name: "a.mp4", mimeType: "video/mp4", buffer: mp4With(undefined) };
    await page.getByLabel("Add a picture").setInputFiles(film);
    await page.getByText("Description, for those").waitFor();
    await publish(page).click();
    await sent(page);
    const [post] = fake.posts.values();
    expect(Object.keys(post?.properties ?? {})).toContain("video");
  });
});

test("a file of a kind that the site does not take, or that is too large, says so at once, with what is allowed", async () => {
  await withPhone(browser, {}, async ({ page }) => {
    await begin(page, "Video");
    const mkv = { name: "a.mkv", mimeType: "video/x-matroska", buffer: Buffer.alloc(20) };
    await page.getByLabel("Add a video").setInputFiles(mkv);
    await page.getByText("a.mkv: this file cannot be used here.").waitFor();
    const gif = { name: "long.gif", mimeType: "image/gif", buffer: Buffer.alloc(20_100_000) };
    await page.getByLabel("Add a picture").setInputFiles(gif);
    await page.getByText("long.gif has 20.1 MB. At most 20.0 MB is taken.").waitFor();
  });
});

test("what the server refuses of a file names it", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    await begin(page, "Audio");
    const sound = { name: "refused.mp3", mimeType: "audio/mpeg", buffer: Buffer.alloc(2000) };
    await page.getByLabel("Add audio").setInputFiles(sound);
    await page.getByText("refused.mp3 · 2 kB").waitFor();
    await publish(page).click();
    await page.getByText("That did not work. refused.mp3: this file cannot be used here.").waitFor();
    expect(fake.posts.size).toBe(0);
  });
});
