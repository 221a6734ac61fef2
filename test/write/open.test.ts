/** All parts of writing together, over folders: from the code of the first device to the feed. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { AUTHOR_HEADER } from "../../lib/base/writing.ts";
import { publish } from "../../lib/publish/publish.ts";
import { folderUploads } from "../../lib/stores/folder/uploads.ts";
import { folderStore } from "../../lib/stores/folder.ts";
import { firstCode } from "../../lib/write/firstcode.ts";
import { type OpenWriting, openWritingOver } from "../../lib/write/open.ts";
import type { WritingLine } from "../../lib/write/types.ts";
import { device } from "./device.ts";

const ORIGIN = "https://feeds.example.com";
const SITE = `title: Field notes\nurl: https://example.com/\nfeeds: ${ORIGIN}/\nmedia: ${ORIGIN}/\nsince: 2020\nlanguage: en\n`;
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAwS2OUAAAAABJRU5ErkJggg==",
  "base64",
);

let folder: string;
let input: OpenWriting;
const lines: string[] = [];
const asked: WritingLine[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "dripfeed-writing-"));
  lines.length = 0;
  asked.length = 0;
  const content = folderStore(join(folder, "content"));
  await content.put("site.yaml", Buffer.from(SITE), { contentType: "text/yaml" });
  let names = 0;
  input = {
    content,
    state: folderStore(join(folder, "state")),
    uploads: folderUploads(join(folder, "content"), join(folder, "state")),
    origin: ORIGIN,
    clock: { now: () => new Date("2026-12-01T08:00:00Z"), wait: async () => {} },
    newName: () => `name-${++names}`,
    newSecret: () => crypto.getRandomValues(new Uint8Array(32)),
    log: (line) => lines.push(line),
    asked: (line) => asked.push(line),
  };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("a device is let in once, writes a post with a picture, and the feed has it", async () => {
  const { ask, registered, signIn } = await device(input);
  expect(registered.status).toBe(201);
  expect(await firstCode(signIn, ORIGIN)).toBeUndefined();

  const file = new FormData();
  file.set("file", new File([PNG], "a.png", { type: "image/png" }));
  const media = await ask("POST", "/write/media", file);
  expect(media.status).toBe(201);
  const picture = media.headers.get("location") ?? "";
  expect(picture).toMatch(/^https:\/\/feeds\.example\.com\/media\/2026\/12\/[\w-]+\.png$/);

  const created = await ask("POST", "/write/micropub", {
    type: ["h-entry"],
    properties: { name: ["Rain"], content: ["At last."], photo: [{ value: picture, alt: "Clouds" }] },
  });
  expect(created.status).toBe(202);
  const { state } = input;
  const now = input.clock.now();
  const published = folderStore(join(folder, "public"));
  await publish({ ...input, public: published, state, now, run: "r", log: () => undefined });
  const rss = await readFile(join(folder, "public/rss.xml"), "utf8");
  expect(rss).toContain("<title>Rain</title>");
  expect(rss).toContain(picture);
  expect(rss).toContain(created.headers.get("location") ?? "nowhere");
});

test("a request for somebody else than who is signed in does nothing, wherever it is sent", async () => {
  const { ask } = await device(input);
  const begin = { type: "image/png", size: PNG.length };
  const { id } = (await (await ask("POST", "/write/uploads", begin)).json()) as { readonly id: string };
  const objects = async () => {
    const found: string[] = [];
    for (const store of [input.content, input.state])
      for await (const { key, etag } of store.list("")) found.push(`${key} ${etag}`);
    return found;
  };
  const before = await objects();
  const file = new FormData();
  file.set("file", new File([PNG], "a.png", { type: "image/png" }));
  const post = { type: ["h-entry"], properties: { content: ["Whose?"] } };
  for (const [method, path, body] of [
    ["POST", "/write/micropub", post],
    ["GET", "/write/micropub?q=source", undefined],
    ["POST", "/write/check", post],
    ["POST", "/write/media", file],
    ["POST", "/write/uploads", begin],
    ["PUT", `/write/uploads/${id}/parts/1`, PNG],
    ["POST", `/write/uploads/${id}/complete`, {}],
    ["DELETE", `/write/uploads/${id}`, undefined],
  ] as const) {
    const { status } = await ask(method, path, body, { [AUTHOR_HEADER]: "ada" });
    expect([method, path, status]).toEqual([method, path, 409]);
  }
  expect(await objects()).toEqual(before);
  expect(asked.at(-1)).toMatchObject({ status: 409, error: "other_person" });
  expect((await ask("POST", "/write/micropub", post, { [AUTHOR_HEADER]: "" })).status).toBe(202);
});

test("a large file comes in parts, to this server where the store is a folder", async () => {
  const { ask } = await device(input);
  const begun = await ask("POST", "/write/uploads", { type: "image/png", size: PNG.length, name: "a.png" });
  expect(begun.status).toBe(201);
  const { id } = (await begun.json()) as { readonly id: string };
  const { addresses } = (await (await ask("POST", `/write/uploads/${id}/addresses`, { parts: [1] })).json()) as {
    readonly addresses: { readonly [part: string]: string };
  };
  const { pathname, origin } = new URL(addresses["1"] ?? "");
  expect(origin).toBe(ORIGIN);
  expect((await ask("PUT", pathname, new Uint8Array(PNG))).status).toBeLessThan(300);
  const done = await ask("POST", `/write/uploads/${id}/complete`, {});
  expect(done.status).toBe(201);
  const key = new URL(done.headers.get("location") ?? "").pathname.slice(1);
  expect(await readFile(join(folder, "content", key))).toEqual(PNG);
});

test("the page is in the language that is wished, allows no other origin, and has its files", async () => {
  const answer = openWritingOver(input);
  const get = async (path: string, headers = {}) => {
    const answered = await answer(new Request(ORIGIN + path, { headers }));
    if (!answered) throw new Error("not answered");
    return answered;
  };
  const german = await get("/write/", { "accept-language": "de" });
  expect(await german.text()).toContain('<html lang="de"');
  expect(german.headers.get("content-security-policy")).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
  expect(german.headers.get("cache-control")).toBe("private, no-cache");
  expect(await (await get("/write/auth?lang=ja")).text()).toContain('<html lang="ja"');
  for (const name of ["worker.js", "app.webmanifest", "icon.svg", "icon.png"])
    expect([name, (await get(`/write/${name}`)).status]).toEqual([name, 200]);
  expect((await get("/write/other.js")).status).toBe(404);
});

test("who is not signed in may nothing, and no log line of all this has a secret", async () => {
  const answer = openWritingOver(input);
  for (const [method, path] of [
    ["GET", "/write/micropub?q=source"],
    ["POST", "/write/micropub"],
    ["POST", "/write/check"],
    ["POST", "/write/media"],
    ["POST", "/write/uploads"],
    ["GET", "/write/access"],
  ] as const) {
    const answered = await answer(
      new Request(ORIGIN + path, { method, headers: { origin: ORIGIN, "sec-fetch-site": "same-origin" } }),
    );
    expect([path, answered?.status]).toEqual([path, 401]);
  }
  const { code, cookie } = await device(input);
  const [, token = ""] = cookie.split("=");
  expect(token.length).toBeGreaterThan(20);
  const said = [...lines, ...asked.map((line) => JSON.stringify(line))].join("\n");
  for (const secret of [code, code.slice(6), token]) expect(said).not.toContain(secret);
});

test("apps find where to ask, and pages of other origins may ask that", async () => {
  const answer = openWritingOver(input);
  const metadata = await answer(
    new Request(`${ORIGIN}/write/metadata`, { headers: { origin: "https://app.example" } }),
  );
  expect(metadata?.headers.get("access-control-allow-origin")).toBe("*");
  expect(await metadata?.json()).toMatchObject({ issuer: `${ORIGIN}/write/`, token_endpoint: `${ORIGIN}/write/token` });
});
