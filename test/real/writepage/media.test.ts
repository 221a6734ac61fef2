/** Pictures, videos and sounds: prepared on the phone, sent in parts, whole on the server. */
import { createHash } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser } from "../browser.ts";
import type { Fake } from "./fake/types.ts";
import { mp4With, photoWith } from "./files.ts";
import { begin, sent } from "./hand.ts";
import { withPhone } from "./open.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(async () => browser?.close());

const digest = (bytes: Uint8Array | undefined): string =>
  createHash("sha256")
    .update(bytes ?? "")
    .digest("hex");

const send = (page: Page) => page.getByRole("button", { name: "Publish", exact: true }).click();

/** Of the only post. */
const propertyOf = ({ posts }: Fake, property: string): { readonly [name: string]: unknown } => {
  const [post] = posts.values();
  return (post?.properties[property]?.[0] ?? {}) as { readonly [name: string]: unknown };
};

interface Size {
  readonly width: number;
  readonly height: number;
}

const sizeOf = (page: Page, bytes: Buffer | undefined): Promise<Size> =>
  page.evaluate(
    `(async () => {
      const bytes = Uint8Array.from(atob(${JSON.stringify(bytes?.toString("base64") ?? "")}), (letter) => letter.charCodeAt(0));
      const { width, height } = await createImageBitmap(new Blob([bytes]));
      return { width, height };
    })()`,
  );

test("a picture is sent upright, smaller, and without the place where it was taken", async () => {
  await withPhone(browser, {}, async ({ page, fake, complaints }) => {
    // Lying, as a phone that is held upright writes it, with "turn it by a quarter".
    const photo = await photoWith(page, { width: 4000, height: 3000 }, 6);
    expect(photo.includes("Exif")).toBe(true);
    await begin(page, "Picture");
    await page.getByLabel("Add a picture").setInputFiles({ name: "IMG_1.jpeg", mimeType: "image/jpeg", buffer: photo });
    await page.getByLabel("Description, for those").fill("Melons on a field");
    await send(page);
    await sent(page);
    const { value, alt } = propertyOf(fake, "photo");
    const arrived = fake.files.get(String(value));
    expect(alt).toBe("Melons on a field");
    expect(await sizeOf(page, arrived)).toEqual({ width: 1920, height: 2560 });
    expect(arrived?.includes("Exif")).toBe(false);
    expect(arrived?.subarray(0, 3).toString("hex")).toBe("ffd8ff");
    expect(complaints).toEqual([]);
  });
});

test("a file that is no picture says so, and leaves the rest as it is", async () => {
  await withPhone(browser, {}, async ({ page }) => {
    await begin(page, "Picture");
    const file = { name: "a.heic", mimeType: "image/heic", buffer: Buffer.from("no picture") };
    await page.getByLabel("Add a picture").setInputFiles(file);
    await page.getByRole("alert").getByText("a.heic: this file cannot be used here.").waitFor();
  });
});

test("a portrait video has its true size, its length and a picture of its first second", async () => {
  await withPhone(browser, {}, async ({ page, fake, complaints }) => {
    const video = await recorded(page, { width: 360, height: 640 });
    await begin(page, "Video");
    await page.getByLabel("Add a video").setInputFiles({ name: "walk.webm", mimeType: "video/webm", buffer: video });
    await page.getByText("360 × 640").waitFor();
    await send(page);
    await sent(page);
    const value = propertyOf(fake, "video");
    expect(value).toMatchObject({ width: 360, height: 640, type: "video/webm", size: video.length });
    expect(value["duration"]).toBeGreaterThan(1);
    expect(value["duration"]).toBeLessThan(4);
    expect(await sizeOf(page, fake.files.get(String(value["poster"])))).toEqual({ width: 360, height: 640 });
    expect(digest(fake.files.get(String(value["value"])))).toBe(digest(video));
    // Last, so that nothing of it is there if the film is refused.
    const files = fake.asked.filter(({ path }) => path === "media" || path.endsWith("/complete"));
    expect(files.map(({ body }) => body.includes('filename="poster.jpg"'))).toEqual([false, true]);
    expect(complaints).toEqual([]);
  });
});

test("a large video goes in parts over a connection that is cut three times and a page that is opened anew, and is whole", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    const video = Buffer.alloc(22_000_000);
    for (let i = 0; i < video.length; i++) video[i] = (i * 31 + (i >> 8)) & 255;
    await begin(page, "Video");
    await page.getByLabel("Add a video").setInputFiles({ name: "long.mp4", mimeType: "video/mp4", buffer: video });
    await page.getByText("22.0 MB").waitFor();
    fake.state.cuts = 3;
    await send(page);
    await expect.poll(() => fake.state.cuts, { timeout: 30_000 }).toBe(0);
    await page.reload();
    await sent(page);
    const { value } = propertyOf(fake, "video");
    expect(digest(fake.files.get(String(value)))).toBe(digest(video));
    const puts = fake.asked.filter(({ method }) => method === "PUT").map(({ path }) => path);
    expect(puts.length).toBe(5); // those that were cut are not counted
    expect(new Set(puts).size).toBe(5);
    expect(fake.asked.filter(({ path }) => path === "uploads").length).toBe(1);
    expect(fake.posts.size).toBe(1);
  });
});

test("a video is sent without the place that the phone wrote into it, and otherwise as it is", async () => {
  await withPhone(browser, {}, async ({ page, fake }) => {
    const [video, without] = [mp4With("+31.2304+121.4737/"), mp4With(undefined)];
    expect(video.includes("+31.2304")).toBe(true);
    await begin(page, "Video");
    await page.getByLabel("Add a video").setInputFiles({ name: "a.mp4", mimeType: "video/mp4", buffer: video });
    await page.getByText("a.mp4").waitFor();
    await send(page);
    await sent(page);
    const arrived = fake.files.get(String(propertyOf(fake, "video")["value"]));
    expect(digest(arrived)).toBe(digest(without));
  });
});

/** Two seconds of a moving square, recorded by the browser: WebM without a length in its head. */
async function recorded(page: Page, { width, height }: Size): Promise<Buffer> {
  const text = await page.evaluate<string>(`(async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: ${width}, height: ${height} });
    const context = canvas.getContext("2d");
    const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: "video/webm" });
    const chunks = [];
    recorder.ondataavailable = ({ data }) => chunks.push(data);
    recorder.start(200);
    for (let i = 0; i < 40; i++) {
      context.fillStyle = "#0b6a58"; context.fillRect(0, 0, ${width}, ${height});
      context.fillStyle = "#fff"; context.fillRect(i * 5, i * 9, 80, 80);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    recorder.stop();
    await new Promise((resolve) => { recorder.onstop = resolve; });
    const bytes = new Uint8Array(await new Blob(chunks).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  })()`);
  return Buffer.from(text, "base64");
}
