/**
 * From a phone to a reader, by the whole deployment on one machine: the page in Chromium at 360 pixels with a passkey, the function
 * behind the CDN, a network that breaks, the object gateway, the runs that a put triggers, and what newsboat and feedparser read.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { PutBucketCorsCommand } from "@aws-sdk/client-s3";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BY_THE_CDN } from "../../lib/lambda/known.ts";
import { CONFIG } from "../infra/deployment.ts";
import { type Served, serve } from "../support/loopback.ts";
import { openBrowser } from "./browser.ts";
import { type Deployment, openDeployment } from "./chain/deployment.ts";
import { behindFunctionUrl } from "./chain/functionurl.ts";
import { type Line, openLine } from "./chain/line.ts";
import { endpoint } from "./s3.ts";
import { photoWith } from "./writepage/files.ts";

const run = promisify(execFile);
const SECRET = "between the CDN and the function";

let deployed: Deployment;
let secrets: Served;
let line: Line;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  deployed = await openDeployment({
    siteYaml: (feeds) => `title: 田野笔记
url: https://example.com/
feeds: ${feeds}
media: ${feeds}
since: 2020
language: zh-CN
languages: [zh-CN, en]
timezone: Asia/Shanghai
pages: true
`,
    host: "localhost",
    processes: 1,
    config: { ...CONFIG, write: true },
  });
  secrets = await serve(({ body }) => {
    const isCurrent = body.includes("AWSCURRENT");
    return {
      status: isCurrent ? 200 : 400,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(isCurrent ? { SecretString: SECRET } : { __type: "ResourceNotFoundException" }),
    };
  });
  line = await openLine(deployed.gateway);
  const { bucket, client } = deployed.content;
  const rule = { AllowedOrigins: [new URL(deployed.cdn.url).origin], AllowedMethods: ["PUT"] };
  const CORSRules = [{ ...rule, AllowedHeaders: ["content-type"], ExposeHeaders: ["ETag"] }];
  await client.send(new PutBucketCorsCommand({ Bucket: bucket, CORSConfiguration: { CORSRules } }));
  const write = await deployed.openFunction("write", {
    AWS_ENDPOINT_URL_S3: line.origin,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.origin,
    DRIPFEED_SECRET: deployed.recorded.environmentOf("write")["DRIPFEED_SECRET"] ?? "",
    DRIPFEED_ORIGIN: new URL(deployed.cdn.url).origin,
  });
  deployed.cdn.answerBelow("/write/", behindFunctionUrl(write, { [BY_THE_CDN]: SECRET }));
  await deployed.until("the site is published", async () => (await fetch(`${deployed.cdn.url}rss.xml`)).ok);

  browser = await openBrowser();
  context = await browser.newContext({
    ...{ viewport: { width: 360, height: 780 }, locale: "en", timezoneId: "Asia/Shanghai", hasTouch: true },
  });
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on("console", (message) => {
    if (!/Failed to load resource/.test(message.text())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => void dialog.accept());
  const devtools = await context.newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      ...{ protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
});

afterAll(async () => {
  await browser?.close();
  await line?.close();
  await secrets?.close();
  await deployed?.close();
});

/** Where SHOTS names a folder, pictures of what is shown are put there. */
async function shoot(name: string): Promise<void> {
  const folder = process.env["SHOTS"];
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`), fullPage: true });
  }
}

const home = () => page.goto(`${deployed.cdn.url}write/`);
async function begin(kind: string): Promise<void> {
  await home();
  await page.getByRole("link", { name: kind, exact: true }).click();
}
const button = (name: string) => page.getByRole("button", { name, exact: true });
async function send(name = "Publish"): Promise<void> {
  await button(name).click();
  await page.getByRole("heading", { name: "Sent" }).waitFor({ timeout: 60_000 });
}
const fill = (label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text);
async function open(title: string): Promise<void> {
  await home();
  await page.getByRole("link", { name: "Posts", exact: true }).click();
  await page.getByRole("main").getByRole("link").filter({ hasText: title }).first().click();
  await page.locator("#delete").waitFor();
}

interface Parsed {
  readonly title?: string;
  readonly link?: string;
  readonly summary?: string;
  readonly content?: readonly { readonly value: string }[];
  readonly links?: readonly { readonly [name: string]: string }[];
  readonly media_thumbnail?: readonly { readonly url: string }[];
  readonly media_content?: readonly { readonly [name: string]: string }[];
}

const PROGRAM = `import feedparser, json, sys
print(json.dumps(feedparser.parse(sys.argv[1])["entries"], default=str))`;
const parsed = async (path: string): Promise<readonly Parsed[]> =>
  JSON.parse(
    (await run("/usr/bin/python3", ["-c", PROGRAM, deployed.cdn.url + path], { maxBuffer: 10_000_000 })).stdout,
  );
const entry = async (title: string, path = "rss.xml") => (await parsed(path)).find((each) => each.title === title);
/** Both readers have it. */
const reaches = (title: string, ms = 60_000) =>
  deployed.until(
    `readers have ${title}`,
    async () => {
      const listed = await deployed.readBy("rss.xml");
      return listed.some((each) => each.title === title) && (await entry(title, "atom.xml")) !== undefined;
    },
    ms,
  );

test("a phone is let in once, by the link that the terminal shows", async () => {
  const args = [
    "lib/dripfeed.js",
    "tokens",
    "--code",
    "--state",
    deployed.state.url,
    "--content",
    deployed.content.url,
    "--json",
  ];
  const env = { ...process.env, AWS_ENDPOINT_URL_S3: endpoint };
  const { stdout } = await run(process.execPath, args, { env });
  const { url } = JSON.parse(stdout) as { readonly url: string };
  expect(url.startsWith(`${deployed.cdn.url}write/#code=`)).toBe(true);
  await page.goto(url);
  await button("Set up this device").click();
  await page.getByRole("link", { name: "Write", exact: true }).click();
  await page.getByRole("link", { name: "Text", exact: true }).waitFor();
  await shoot("home");
});

test("a text reaches readers with its tags and its address", async () => {
  await begin("Text");
  await fill("Title (optional)", "夜里下了雨");
  await fill("Text", "雨下了**整夜**，水渠满了。`a < b`");
  await fill("New tag", "灌溉");
  await button("Add").click();
  await shoot("text");
  await send();
  await shoot("sent");
  await reaches("夜里下了雨");
  const { content = [], link = "" } = (await entry("夜里下了雨", "atom.xml")) ?? {};
  expect(content[0]?.value).toContain("<strong>整夜</strong>");
  expect(content[0]?.value).toContain("a &lt; b");
  const tagged = await deployed.readBy(`tags/${encodeURIComponent("灌溉")}/rss.xml`);
  expect(tagged.map(({ title }) => title)).toEqual(["夜里下了雨"]);
  await page.locator("main").getByText("Published").waitFor({ timeout: 60_000 });
  await open("夜里下了雨");
  expect(await page.getByRole("link", { name: "Open the post" }).getAttribute("href")).toBe(link);
});

test("a picture has its alternative text, and is served by the CDN without the place where it was taken", async () => {
  const photo = await photoWith(page, { width: 1600, height: 1200 }, 6);
  await begin("Picture");
  await page.getByLabel("Add a picture").setInputFiles({ name: "IMG_1.jpeg", mimeType: "image/jpeg", buffer: photo });
  await page.getByLabel("Description, for those").fill("田边的瓜");
  await fill("Title (optional)", "瓜");
  await send();
  await reaches("瓜");
  const { content = [] } = (await entry("瓜", "atom.xml")) ?? {};
  const [, src = ""] = /<img [^>]*src="([^"]+)"/.exec(content[0]?.value ?? "") ?? [];
  expect(content[0]?.value).toContain('alt="田边的瓜"');
  const served = await fetch(src);
  expect([served.status, served.headers.get("content-type")]).toEqual([200, "image/jpeg"]);
  expect(Buffer.from(await served.arrayBuffer()).includes("Exif")).toBe(false);
});

const MEGABYTE = 1024 * 1024;

/** A portrait film of two and a half seconds that the browser records, with a `free` box (ISO/IEC 14496-12) that makes it 60 MB. */
async function film(): Promise<Buffer> {
  const recorded = await page.evaluate<string>(`(async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 360, height: 640 });
    const context = canvas.getContext("2d");
    const recorder = new MediaRecorder(canvas.captureStream(15), { mimeType: "video/mp4;codecs=avc1.42E01E" });
    const chunks = [];
    recorder.ondataavailable = ({ data }) => chunks.push(data);
    const stopped = new Promise((resolve) => { recorder.onstop = resolve; });
    recorder.start();
    for (let i = 0; i < 40; i++) {
      context.fillStyle = "hsl(" + i * 9 + " 60% 40%)";
      context.fillRect(0, 0, 360, 640);
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    recorder.stop();
    await stopped;
    const bytes = new Uint8Array(await new Blob(chunks).arrayBuffer());
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  })()`);
  const clip = Buffer.from(recorded, "base64");
  const free = Buffer.alloc(60 * MEGABYTE - clip.length, 7);
  free.writeUInt32BE(free.length);
  free.write("free", 4, "latin1");
  return Buffer.concat([clip, free]);
}

test("a portrait film of 60 MB arrives whole over a connection that is cut three times", async () => {
  const bytes = await film();
  const file = join(deployed.folder, "film.mp4");
  await writeFile(file, bytes);
  await begin("Video");
  line.cutAfter(8 * MEGABYTE, 12 * MEGABYTE, 12 * MEGABYTE);
  await page.getByLabel("Add a video").setInputFiles(file);
  await page.getByText("360 × 640").waitFor();
  await fill("Title (optional)", "渠边");
  await button("Publish").click();
  await shoot("sending");
  await reaches("渠边", 150_000);
  expect(line.cuts).toBe(3);
  const { links = [], media_content: media = [], media_thumbnail: thumbnails = [] } = (await entry("渠边")) ?? {};
  expect(links.filter(({ rel }) => rel === "enclosure")).toMatchObject([
    { type: "video/mp4", length: String(bytes.length) },
  ]);
  expect(media[0]).toMatchObject({ width: "360", height: "640", type: "video/mp4" });
  const { items } = JSON.parse(await (await fetch(`${deployed.cdn.url}feed.json?raw`)).text());
  const item = items.find(({ title }: { readonly title: string }) => title === "渠边");
  expect(item.attachments[0]).toMatchObject({ mime_type: "video/mp4", size_in_bytes: bytes.length });
  expect(item.attachments[0].duration_in_seconds).toBeGreaterThan(1);
  const served = await fetch(item.attachments[0].url);
  const digest = (body: Uint8Array) => createHash("sha256").update(body).digest("hex");
  expect(digest(Buffer.from(await served.arrayBuffer()))).toBe(digest(bytes));
  const [{ url: poster = "" } = {}] = thumbnails;
  expect((await fetch(poster)).headers.get("content-type")).toBe("image/jpeg");
}, 240_000);

test("an edit is the same entry with its new text", async () => {
  const before = (await deployed.readBy("rss.xml")).find(({ title }) => title === "夜里下了雨");
  await open("夜里下了雨");
  await button("Edit").click();
  await fill("Title (optional)", "夜里下了大雨");
  await send("Save the changes");
  await reaches("夜里下了大雨");
  const after = (await deployed.readBy("rss.xml")).find(({ title }) => title === "夜里下了大雨");
  expect(after?.guid).toBe(before?.guid);
});

test("a stream that is begun and ended is so in the feeds", async () => {
  const status = async () =>
    /<podcast:liveItem status="(\w+)"/.exec(await (await fetch(`${deployed.cdn.url}rss.xml?raw`)).text())?.[1];
  await begin("Live");
  await fill("Title (optional)", "直播");
  await fill("Address of the stream", "https://live.example.com/melons");
  await send();
  await reaches("直播");
  await deployed.until("the feed says that it is live", async () => (await status()) === "live", 60_000);
  await open("直播");
  await shoot("live");
  await button("End the stream").click();
  await page.getByRole("heading", { name: "Sent" }).waitFor();
  await deployed.until("the feed says that it has ended", async () => (await status()) === "ended", 60_000);
});

test("a withdrawn post is in no feed, and comes back as it was", async () => {
  const before = (await deployed.readBy("rss.xml")).find(({ title }) => title === "瓜");
  const isListed = async () => (await deployed.readBy("rss.xml")).some(({ title }) => title === "瓜");
  await open("瓜");
  await button("Withdraw").click();
  await deployed.until("no reader has it", async () => !(await isListed()), 60_000);
  await open("瓜");
  await button("Bring back").click();
  await deployed.until("readers have it again", isListed, 60_000);
  const after = (await deployed.readBy("rss.xml")).find(({ title }) => title === "瓜");
  expect(after).toEqual(before);
  await page.getByRole("link", { name: "Posts", exact: true }).click();
  await shoot("posts");
});

test("nothing was refused by AWS's rules, no browser complained, and no log has a secret", () => {
  expect(deployed.recorded.coverage().refused).toEqual([]);
  expect(complaints).toEqual([]);
  const log = deployed.log.join("");
  for (const secret of [SECRET, "dripfeed_s", "#code=", "水渠满了"]) expect(log).not.toContain(secret);
});
