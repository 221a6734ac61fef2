/** Writing by a server of Node on this machine: requests and answers come and go as they are. */
import { request as ask, createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parseSite } from "../../lib/site/site.ts";
import type { Site } from "../../lib/site/types.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import type { Uploads } from "../../lib/stores/uploads.ts";
import { mediaNotice } from "../../lib/write/local/media.ts";
import { answerHere } from "../../lib/write/local/node.ts";
import { noticed } from "../../lib/write/local/noticed.ts";
import type { AnswerWriting } from "../../lib/write/types.ts";

const ORIGIN = "https://feeds.example.com";
let server: Server;
let answer: AnswerWriting;
let at: string;
beforeEach(async () => {
  server = createServer(async (request, response) => {
    if (await answerHere((asked) => answer(asked), ORIGIN, { request, response })) return;
    response.writeHead(404).end("another's");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

test("a request has the origin that is served, whatever host it was sent to, and its query, headers and body", async () => {
  answer = async (request) =>
    Response.json({ url: request.url, cookie: request.headers.get("cookie"), body: await request.text() });
  const asked = await fetch(`${at}/write/session/code?a=%E7%94%B0&b=1`, {
    method: "POST",
    headers: { cookie: "a=1; b=2" },
    body: "写",
  });
  expect(await asked.json()).toEqual({
    url: `${ORIGIN}/write/session/code?a=%E7%94%B0&b=1`,
    cookie: "a=1; b=2",
    body: "写",
  });
});

test("an answer has its status, its cookies one by one, and its bytes", async () => {
  answer = async () => {
    const headers = new Headers({ "content-type": "image/png" });
    headers.append("set-cookie", "a=1; Path=/write/");
    headers.append("set-cookie", "b=2");
    return new Response(Uint8Array.of(0x89, 0xff), { status: 201, headers });
  };
  const answered = await fetch(`${at}/write/media`);
  expect([answered.status, answered.headers.getSetCookie()]).toEqual([201, ["a=1; Path=/write/", "b=2"]]);
  expect([...new Uint8Array(await answered.arrayBuffer())]).toEqual([0x89, 0xff]);
});

test("an answer that is not for the request is left to others, as a method that the Fetch standard has not", async () => {
  answer = async () => undefined;
  expect(await (await fetch(`${at}/rss.xml`)).text()).toBe("another's");
  const status = await new Promise((resolve) => {
    ask(`${at}/write/`, { method: "PROPFIND" }, (response) => resolve(response.statusCode)).end();
  });
  expect(status).toBe(404);
});

test("a body that nobody reads to its end does not keep the connection", async () => {
  answer = async () => new Response(null, { status: 413 });
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const sending = ask(`${at}/write/token`, { method: "POST" }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sending.on("error", (error: NodeJS.ErrnoException) => (error.code === "ECONNRESET" ? undefined : reject(error)));
    sending.write("a".repeat(100_000)); // and never ends
  });
  expect(status).toBe(413);
});

test("a path of the absolute form, or of another host, stays at the origin", async () => {
  answer = async (request) => new Response(request.url);
  const { port } = new URL(at);
  const of = (path: string) =>
    new Promise<string>((resolve, reject) => {
      ask({ host: "127.0.0.1", port, path }, (response) => void text(response).then(resolve, reject)).end();
    });
  expect(await of("http://evil.example/write/")).toBe(`${ORIGIN}/write/`);
  expect(await of("//evil.example/write/")).toBe(`${ORIGIN}//evil.example/write/`);
});

function parsedSite(more: string): Site {
  const yaml = `title: T\nurl: https://example.com/\nsince: 2020\n${more}\n`;
  const result = parseSite(new TextEncoder().encode(yaml), "test", 2026);
  if (!result.ok) throw new Error("no site");
  return result.site;
}

test("the first file that nobody serves is told, once", () => {
  const noticesOf = (yaml: string, ...keys: string[]) => {
    const notice = mediaNotice(ORIGIN, () => parsedSite(yaml));
    return keys.map((key) => notice(key));
  };
  const told = "media/a.png is in the content; it has to be served at https://example.com/media/: see docs/write.md";
  expect(noticesOf("", "posts/a.md", "media/a.png", "media/b.png")).toEqual([undefined, told, undefined]);
  expect(noticesOf("dialect: jekyll", "media/a.png")).toEqual([undefined]);
  expect(noticesOf("dialect: hugo", "static/media/a.png")).toEqual([undefined]);
  expect(noticesOf(`media: ${ORIGIN}/`, "media/a.png")).toEqual([undefined]);
});

test("what is put into the content, taken from it or uploaded is told, and what is only asked is not", async () => {
  const changed: string[] = [];
  const uploads = { complete: async () => "e" } as unknown as Uploads;
  const stores = noticed({ content: memoryStore(), state: memoryStore(), uploads }, (key) => changed.push(key));
  const put = (key: string) => stores.content.put(key, new Uint8Array(), { contentType: "text/plain", ifAbsent: true });
  await put("posts/a.md");
  await stores.content.get("posts/a.md");
  await stores.state.put("write/devices/d.json", new Uint8Array(), { contentType: "application/json" });
  // It may have been put, for all that is known.
  await expect(put("posts/a.md")).rejects.toThrow();
  await stores.content.delete("posts/b.md");
  const complete = stores.uploads.complete as (upload: { key: string; id: string }) => Promise<unknown>;
  await complete({ key: "media/v.mp4", id: "u" });
  expect(changed).toEqual(["posts/a.md", "posts/a.md", "posts/b.md", "media/v.mp4"]);
});
