/** Media from a browser into a bucket: parts over a connection that breaks, and pictures that look the same without their notes. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PutBucketCorsCommand } from "@aws-sdk/client-s3";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ADDRESSES } from "../../lib/base/writing.ts";
import { storeMedia } from "../../lib/micropub/media/store.ts";
import type { MicropubInput } from "../../lib/micropub/types.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import { s3Uploads } from "../../lib/stores/s3/uploads.ts";
import { askerOf, type Desk, NEW_YEAR, ORIGIN, SITE } from "../micropub/media/desk.ts";
import { notes, SECRETS } from "../micropub/media/samples.ts";
import { testClock } from "../support/world.ts";
import { type Host, openBrowser, openHost } from "./browser.ts";
import { endpoint, newPlace, type Place } from "./s3.ts";

const PREFIX = "site/";

/** What the page does, which has the browser's own types. */
const SCRIPT = `
async function sendParts(addresses, wanted, broken, partSize, size) {
  const text = (value) => [...new TextEncoder().encode(value)];
  const head = [0, 0, 0, 24, ...text("ftypmp42"), 0, 0, 0, 0, ...text("mp42isom")];
  const file = new Blob([new Uint8Array(head), new Uint8Array(size - head.length).fill(7)], { type: "video/mp4" });
  const statuses = [];
  for (const part of wanted) {
    const body = file.slice((part - 1) * partSize, part * partSize, file.type);
    const stop = new AbortController();
    const sent = fetch(addresses[part], { method: "PUT", body, signal: stop.signal });
    if (part === broken) stop.abort();
    statuses.push(await sent.then(({ status }) => status, () => "broken"));
  }
  return statuses;
}

// Red above, blue below, 40 wide and 80 high.
async function draw(type) {
  const canvas = new OffscreenCanvas(40, 80);
  const context = canvas.getContext("2d");
  context.fillStyle = "#f00";
  context.fillRect(0, 0, 40, 40);
  context.fillStyle = "#00f";
  context.fillRect(0, 40, 40, 40);
  return [...new Uint8Array(await (await canvas.convertToBlob({ type })).arrayBuffer())];
}

// As a page shows it: whether a corner is red or blue, from the upper left one clockwise.
async function look(bytes, type) {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }));
  await image.decode();
  const { naturalWidth: width, naturalHeight: height } = image;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  context.drawImage(image, 0, 0);
  const corners = [[3, 3], [width - 3, 3], [width - 3, height - 3], [3, height - 3]];
  const colors = corners.map(([x, y]) => (context.getImageData(x, y, 1, 1).data[0] > 128 ? "red" : "blue"));
  return { width, height, colors };
}

async function measure(bytes, type) {
  const video = document.createElement("video");
  video.src = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }));
  video.currentTime = 0.5;
  await new Promise((done, failed) => Object.assign(video, { onseeked: done, onerror: failed }));
  return { width: video.videoWidth, height: video.videoHeight, duration: video.duration };
}`;

let browser: Browser;
let host: Host;
let page: Page;
let bucket: Place;
let input: MicropubInput;
let ask: Desk["ask"];

beforeAll(async () => {
  [browser, host, bucket] = await Promise.all([openBrowser(), openHost(), newPlace(PREFIX)]);
  host.serve([["index.html", `<!doctype html><title>A phone</title><script>${SCRIPT}</script>`]]);
  await bucket.put("site.yaml", SITE);
  // What a content bucket needs for the page: to be asked by its origin, and nothing else.
  const rule = {
    AllowedMethods: ["PUT"],
    AllowedOrigins: [new URL(host.url).origin],
    AllowedHeaders: ["content-type"],
    ExposeHeaders: ["ETag"],
  };
  await bucket.client.send(
    new PutBucketCorsCommand({ Bucket: bucket.bucket, CORSConfiguration: { CORSRules: [rule] } }),
  );
  let names = 0;
  input = {
    content: bucket.store,
    state: memoryStore("state"),
    uploads: s3Uploads({ bucket: bucket.bucket, prefix: PREFIX, endpoint }),
    clock: testClock(NEW_YEAR),
    newName: () => `name-${++names}`,
    origin: ORIGIN,
  };
  ({ ask } = askerOf(input));
  page = await browser.newPage();
  await page.goto(host.url);
});

afterAll(async () => {
  await browser?.close();
  await host?.close();
});

const call = <T>(name: string, ...given: readonly unknown[]): Promise<T> =>
  page.evaluate(`${name}(${given.map((each) => JSON.stringify(each)).join(", ")})`);

/** What an answer to these requests may say. */
interface Said {
  readonly id: string;
  readonly partSize: number;
  readonly parts: number;
  readonly addresses: { readonly [part: string]: string };
  readonly received: readonly { readonly number: number }[];
}

const json = async (response: Promise<Response>): Promise<Said> => (await (await response).json()) as Said;

describe("a browser", () => {
  test("sends parts to the bucket itself, goes on after a connection that broke, and what comes of it is the video", async () => {
    const size = 12_000_000;
    const { id, partSize, parts } = await json(ask("POST", ADDRESSES.uploads, { type: "video/mp4", size }));
    const numbers = Array.from({ length: parts }, (_, i) => i + 1);
    const { addresses } = await json(ask("POST", `${ADDRESSES.uploads}/${id}/addresses`, { parts: numbers }));
    const send = (wanted: readonly number[], broken: number) =>
      call("sendParts", addresses, wanted, broken, partSize, size);
    expect(await send(numbers, 2)).toEqual([200, "broken", 200]);
    expect((await ask("POST", `${ADDRESSES.uploads}/${id}/complete`)).status).toBe(422);
    const { received } = await json(ask("GET", `${ADDRESSES.uploads}/${id}`));
    const left = numbers.filter((part) => !received.some(({ number }) => number === part));
    expect(left).toEqual([2]);
    expect(await send(left, 0)).toEqual([200]);
    const completes = await Promise.all([1, 2].map(() => ask("POST", `${ADDRESSES.uploads}/${id}/complete`)));
    completes.push(await ask("POST", `${ADDRESSES.uploads}/${id}/complete`));
    // The gateway answers 500 to the loser of a race; the next finds what there is.
    expect(completes.at(-1)?.status).toBe(201);
    expect(await bucket.head("media/2027/01/name-1.mp4")).toMatchObject({
      ContentLength: size,
      ContentType: "video/mp4",
      CacheControl: "public, max-age=3600",
    });
  });

  test("that sends HTML as a video leaves nothing in the bucket", async () => {
    const bytes = new TextEncoder().encode("<!doctype html><script>alert(1)</script>");
    const { id } = await json(ask("POST", ADDRESSES.uploads, { type: "video/mp4", size: bytes.length }));
    const { addresses } = await json(ask("POST", `${ADDRESSES.uploads}/${id}/addresses`, { parts: [1] }));
    const [address = ""] = Object.values(addresses);
    // Whoever sends it cannot choose the type that it is stored with.
    const sent = await fetch(address, { method: "PUT", body: bytes, headers: { "content-type": "text/html" } });
    expect(sent.status).toBe(200);
    expect((await ask("POST", `${ADDRESSES.uploads}/${id}/complete`)).status).toBe(415);
    expect((await ask("POST", `${ADDRESSES.uploads}/${id}/complete`)).status).toBe(415);
    expect(Object.keys(await bucket.objects()).filter((key) => key.startsWith("media/"))).toEqual([
      "media/2027/01/name-1.mp4",
    ]);
  });

  test("that sends other sizes than it said is refused by the bucket, is told which parts to send, and cannot change a file that is complete", async () => {
    const size = 6_000_000;
    const { id, partSize } = await json(ask("POST", ADDRESSES.uploads, { type: "image/gif", size }));
    const { addresses } = await json(ask("POST", `${ADDRESSES.uploads}/${id}/addresses`, { parts: [1, 2] }));
    const put = async (part: number, bytes: number) => {
      const body = new Uint8Array(bytes);
      body.set(part === 1 ? new TextEncoder().encode("GIF89a") : []);
      return (await fetch(addresses[part] ?? "", { method: "PUT", body })).status;
    };
    const complete = async () => {
      const response = await ask("POST", `${ADDRESSES.uploads}/${id}/complete`);
      return [response.status, ((await response.json()) as { missing?: readonly number[] }).missing];
    };
    expect(await Promise.all([put(1, 1000), put(2, size)])).toEqual([403, 403]);
    expect(await complete()).toEqual([422, [1, 2]]);
    expect(await put(1, partSize)).toBe(200);
    expect(await complete()).toEqual([422, [2]]);
    expect(await put(2, size - partSize)).toBe(200);
    expect(await complete()).toEqual([201, undefined]);
    expect(await put(1, partSize)).toBe(404);
  });

  const draw = (type: string) => call<readonly number[]>("draw", type);
  const look = (bytes: Uint8Array, type: string) =>
    call<{ readonly width: number; readonly height: number; readonly colors: readonly string[] }>(
      "look",
      [...bytes],
      type,
    );

  test.each(["image/jpeg", "image/png", "image/webp"])("shows a %s as before, without its notes", async (type) => {
    const bytes = Uint8Array.from(await draw(type));
    const { key } = await storeMedia(input, { name: "x", type, bytes });
    const stored = await bucket.store.get(key);
    if (typeof stored !== "object") throw new Error("nothing was stored");
    expect(await look(stored.body, type)).toEqual(await look(bytes, type));
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    "shows a JPEG with the direction %i as the camera meant it, without where that was",
    async (orientation) => {
      const bytes = Buffer.from(await draw("image/jpeg"));
      for (const order of ["II", "MM"] as const) {
        const noted = Buffer.concat([bytes.subarray(0, 2), ...notes(orientation, order), bytes.subarray(2)]);
        const { key } = await storeMedia(input, { name: "x", type: "image/jpeg", bytes: noted });
        const stored = await bucket.store.get(key);
        if (typeof stored !== "object") throw new Error("nothing was stored");
        expect(SECRETS.filter((each) => Buffer.from(stored.body).includes(each))).toEqual([]);
        const seen = await look(stored.body, "image/jpeg");
        expect(seen).toEqual(await look(noted, "image/jpeg"));
        expect(seen.width > seen.height).toBe(orientation > 4);
      }
    },
  );

  test("plays what the example site has as before, each taken as what it is called", async () => {
    const files = readdirSync("content/media", { recursive: true, encoding: "utf8" }).filter((name) =>
      /\.(?:mp3|mp4|jpg|png)$/.test(name),
    );
    expect(files.length).toBeGreaterThan(3);
    for (const name of files) {
      const bytes = readFileSync(join("content/media", name));
      const { type, key } = await storeMedia(input, { name, type: "", bytes });
      expect([name, key.split(".").at(-1)]).toEqual([name, name.split(".").at(-1)]);
      expect((await bucket.head(key)).ContentType).toBe(type);
      if (type !== "video/mp4") continue;
      const stored = await bucket.store.get(key);
      if (typeof stored !== "object") throw new Error("nothing was stored");
      expect(Buffer.from(stored.body).includes("udta")).toBe(false);
      expect(await call("measure", [...stored.body], type)).toEqual(await call("measure", [...bytes], type));
    }
  });
});
