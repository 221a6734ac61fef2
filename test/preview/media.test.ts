/** The media of the content in the preview, over HTTP. */
import { appendFile, mkdir, mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { request as ask, type IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { startPreview } from "../../lib/preview/preview.ts";
import { startServer } from "../../lib/preview/server.ts";
import { fileOpener } from "../../lib/stores/folder/open.ts";
import { folderStore } from "../../lib/stores/folder.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import { edge } from "../edge/edges.ts";

const ending: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

const ANY = { port: 0, isFlexible: false };
const AT_ROOT = "title: A\nurl: https://example.com/\nfeeds: https://feeds.example.com/\nsince: 2020\n";
const SOUND = "the water runs";

async function folderWith(files: { readonly [name: string]: string | Uint8Array }): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "dripfeed-media-"));
  ending.push(() => rm(folder, { recursive: true, force: true }));
  for (const [name, body] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), body);
  }
  return folder;
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Asked {
  readonly method?: string;
  readonly headers?: { readonly [name: string]: string };
}

/** Sends the path as it is; `fetch` would normalise it. */
const get = (origin: string, path: string, options: Asked = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    ask({ hostname, port, path, ...options }, (response) => {
      const { statusCode: status, headers } = response;
      text(response).then((body) => resolve({ status, headers, body }), reject);
    })
      .on("error", reject)
      .end();
  });

/** Serves the media of a folder, beside a public store with one feed. */
async function serving(files: { readonly [name: string]: string | Uint8Array }) {
  const folder = await folderWith(files);
  const store = memoryStore("public");
  await store.put("media/feed.txt", new TextEncoder().encode("published"), { contentType: "text/plain" });
  const served = { edge: edge("", AT_ROOT), store, media: fileOpener(folder) };
  const server = await startServer(ANY, () => served);
  ending.push(server.close);
  return { folder, get: (path: string, options?: Asked) => get(server.origin, path, options) };
}

describe("media of the content", () => {
  test("are at /media/, with type, length and date, as the CDN has them", async () => {
    const site = await serving({ "media/a.mp3": SOUND });
    const { status, headers, body } = await site.get("/media/a.mp3?v=2");
    expect({ status, body }).toEqual({ status: 200, body: SOUND });
    expect(headers).toMatchObject({
      "content-type": "audio/mpeg",
      "content-length": String(SOUND.length),
      "accept-ranges": "bytes",
      "cache-control": "no-cache",
      "x-content-type-options": "nosniff",
      "access-control-expose-headers": "ETag, Link, Content-Range",
      "last-modified": expect.stringMatching(/ GMT$/),
      etag: expect.stringMatching(/^"[^"]+"$/),
    });
  });

  test.each([
    ["media/a.mp3", "/media/a.mp3", "audio/mpeg"],
    ["static/media/b.m4a", "/media/b.m4a", "audio/x-m4a"],
    ["source/media/2024/c.png", "/media/2024/c.png", "image/png"],
    ["public/media/d.vtt", "/media/d.vtt", "text/vtt; charset=utf-8"],
    ["media/第一期 水闸.mp4", `/media/${encodeURIComponent("第一期 水闸.mp4")}`, "video/mp4"],
    ["media/cafe\u0301.jpg", "/media/caf%C3%A9.jpg", "image/jpeg"],
    ["media/a+b&c=d.mp3", "/media/a+b&c=d.mp3", "audio/mpeg"],
    ["media/noname", "/media/noname", "application/octet-stream"],
    ["media/empty.mp3", "/media/empty.mp3", "audio/mpeg"],
  ])("%s is at %s, and is %s", async (name, path, type) => {
    const site = await serving({ [name]: name.includes("empty") ? "" : SOUND });
    const { status, headers, body } = await site.get(path);
    expect([status, headers["content-type"], body]).toEqual([200, type, name.includes("empty") ? "" : SOUND]);
  });

  test("of the content's own folder come before those of a generator's", async () => {
    const site = await serving({ "static/media/a.mp3": "other", "media/a.mp3": SOUND });
    expect((await site.get("/media/a.mp3")).body).toBe(SOUND);
  });

  test.each([
    ["bytes=4-8", "water", "bytes 4-8/14"],
    ["bytes=10-", "runs", "bytes 10-13/14"],
    ["bytes=-4", "runs", "bytes 10-13/14"],
    ["bytes=10-99", "runs", "bytes 10-13/14"],
  ])("are given in part: %s", async (range, expected, contentRange) => {
    const site = await serving({ "media/a.mp3": SOUND });
    const { status, headers, body } = await site.get("/media/a.mp3", { headers: { range } });
    expect([status, body, headers["content-range"]]).toEqual([206, expected, contentRange]);
    expect(headers["content-length"]).toBe(String(expected.length));
  });

  test("beyond their end are 416, and to HEAD without content", async () => {
    const site = await serving({ "media/a.mp3": SOUND });
    const beyond = await site.get("/media/a.mp3", { headers: { range: "bytes=99-" } });
    expect([beyond.status, beyond.headers["content-range"]]).toEqual([416, "bytes */14"]);
    const head = await site.get("/media/a.mp3", { method: "HEAD" });
    expect([head.status, head.body, head.headers["content-length"]]).toEqual([200, "", "14"]);
    expect((await site.get("/media/a.mp3", { method: "POST" })).status).toBe(405);
  });

  test("are conditional: If-None-Match, and a range of another file is the whole of this one", async () => {
    const site = await serving({ "media/a.mp3": SOUND });
    const { etag = "" } = (await site.get("/media/a.mp3")).headers;
    expect((await site.get("/media/a.mp3", { headers: { "if-none-match": etag } })).status).toBe(304);
    const part = { range: "bytes=0-2", "if-range": etag };
    expect(await site.get("/media/a.mp3", { headers: part })).toMatchObject({ status: 206, body: "the" });
    await writeFile(join(site.folder, "media/a.mp3"), "no water here");
    expect(await site.get("/media/a.mp3", { headers: part })).toMatchObject({ status: 200, body: "no water here" });
  });

  test("are compressed where they are text, as by the CDN", async () => {
    const words = "WEBVTT\n".repeat(500);
    const site = await serving({ "media/a.vtt": words, "media/a.mp3": words });
    const coded = async (path: string) =>
      (await site.get(path, { headers: { "accept-encoding": "gzip" } })).headers["content-encoding"];
    expect([await coded("/media/a.vtt"), await coded("/media/a.mp3")]).toEqual(["gzip", undefined]);
    expect((await site.get("/media/a.vtt")).body).toBe(words);
  });

  test("that are not there leave the address to what is published", async () => {
    const site = await serving({ "media/a.mp3": SOUND });
    expect((await site.get("/media/none.mp3")).status).toBe(404);
    expect((await site.get("/media/")).status).toBe(404);
    expect(await site.get("/media/feed.txt")).toMatchObject({ status: 200, body: "published" });
  });
});

describe("nothing outside of media is had", () => {
  const SECRET = {
    "site.yaml": "title: secret",
    "posts/draft.md": "secret",
    "media/a.mp3": SOUND,
    "media/.hidden": "secret",
  };

  test.each([
    "/media/../site.yaml",
    "/media/%2e%2e/site.yaml",
    "/media/..%2fsite.yaml",
    "/media/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "/media/..%5csite.yaml",
    "/media/%252e%252e/site.yaml",
    "/media//../site.yaml",
    "/media/./a.mp3",
    "/media/.hidden",
    "/media/%00",
    "/site.yaml",
    "/static/media/a.mp3",
    "/MEDIA/a.mp3",
  ])("%s", async (path) => {
    const site = await serving(SECRET);
    const { status, body } = await site.get(path);
    expect([400, 404]).toContain(status);
    expect(body).not.toMatch(/secret|root:/);
  });

  test("by a symbolic link, of a file or a folder, into the content or out of it", async () => {
    const site = await serving(SECRET);
    const elsewhere = await folderWith({ "b.mp3": "secret" });
    const links = {
      "media/1": "../site.yaml",
      "media/2": join(elsewhere, "b.mp3"),
      "media/3": "../posts",
      "media/4": elsewhere,
    };
    for (const [name, target] of Object.entries(links)) await symlink(target, join(site.folder, name));
    await symlink("a.mp3", join(site.folder, "media/same.mp3"));
    for (const path of ["/media/1", "/media/2", "/media/3/draft.md", "/media/4/b.mp3"]) {
      expect((await site.get(path)).status).toBe(404);
    }
    expect((await site.get("/media/same.mp3")).body).toBe(SOUND);
  });
});

describe("a file that changes while it is served", () => {
  const LARGE = new Uint8Array(40_000_000).fill(97);

  /** Asks for a large file, reads its beginning, lets it change, and reads the rest. */
  async function readWhile(change: (file: string) => Promise<void>): Promise<number> {
    const folder = await folderWith({ "media/a.mp4": LARGE });
    const server = await startServer(ANY, () => ({ edge: edge(), store: memoryStore(), media: fileOpener(folder) }));
    ending.push(server.close);
    const { hostname, port } = new URL(server.origin);
    return new Promise((resolve, reject) => {
      ask({ hostname, port, path: "/media/a.mp4" }, (response) => {
        let length = 0;
        response.once("data", () => {
          response.pause();
          change(join(folder, "media/a.mp4")).then(() => response.resume(), reject);
        });
        response.on("data", (chunk: Buffer) => {
          if (chunk.some((byte) => byte !== 97)) reject(new Error("two files were mixed"));
          length += chunk.length;
        });
        response.on("end", () => resolve(length)).on("error", reject);
      })
        .on("error", reject)
        .end();
    });
  }

  test("is the one that was asked for, where another takes its place", async () => {
    const length = await readWhile(async (file) => {
      await writeFile(`${file}.new`, "another");
      await rename(`${file}.new`, file);
    });
    expect(length).toBe(LARGE.length);
  });

  test("breaks off, where it is written into, cut or added to", async () => {
    await expect(readWhile((file) => writeFile(file, new Uint8Array(LARGE.length).fill(98)))).rejects.toThrow(
      "aborted",
    );
    await expect(readWhile((file) => writeFile(file, "cut"))).rejects.toThrow("aborted");
    await expect(readWhile((file) => appendFile(file, "more"))).rejects.toThrow("aborted");
  });
});

test("the feeds of the preview name its own media, and no service that counts", async () => {
  const folder = await folderWith({
    "site.yaml": `title: River notes
url: https://example.com/blog/
since: 2020
feeds: https://example.com/feeds/
media: https://media.example.com/
enclosurePrefix: https://op3.dev/e/
`,
    "posts/a.md": `---
title: A
date: 2024-01-02
audio: /media/a.mp3
cover: /blog/media/c.png
---
![p](/media/c.png) ![q](/images/q.png)
`,
    "media/a.mp3": SOUND,
    "static/media/c.png": "png",
  });
  const preview = await startPreview({
    ...ANY,
    folder,
    content: folderStore(folder),
    media: fileOpener(folder),
    public: memoryStore("public"),
    state: memoryStore("state"),
    clock: { now: () => new Date(), wait: (ms) => sleep(ms) },
    newRun: () => "run",
    print: () => undefined,
  });
  ending.push(preview.stop);
  const { origin } = preview;
  const feed = JSON.parse((await get(origin, "/feeds/feed.json")).body);
  const [item] = feed.items;
  expect(item.attachments).toEqual([{ url: `${origin}/media/a.mp3`, mime_type: "audio/mpeg", size_in_bytes: 14 }]);
  expect(item.image).toBe(`${origin}/media/c.png`);
  expect(item.content_html).toContain(`src="${origin}/media/c.png"`);
  expect(item.content_html).toContain('src="https://example.com/images/q.png"');
  expect((await get(origin, "/feeds/rss.xml")).body).toContain(`<enclosure url="${origin}/media/a.mp3" length="14"`);
  expect((await get(origin, "/feeds/atom.xml")).body).toContain(`href="${origin}/media/a.mp3"`);
  expect((await get(origin, "/media/a.mp3")).body).toBe(SOUND);
  expect((await get(origin, "/media/c.png")).body).toBe("png");
});
