/** `write`: what the CDN sends is a request, answered as the Fetch standard has it; whatever does not come by the CDN gets 403. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { handlerFor } from "../../functions/write.ts";
import { requestOf, resultOf, type UrlEvent } from "../../lib/lambda/http.ts";
import { isOneOf } from "../../lib/lambda/known.ts";
import type { openWritingOver } from "../../lib/write/open.ts";
import type { AnswerWriting } from "../../lib/write/types.ts";
import { INVOCATION, secretWorld } from "../support/secretfunction.ts";

const ORIGIN = "https://feeds.example.com";
const SECRET = "the secret of the CDN";
const world = secretWorld(SECRET);
const { lines, secretReads } = world;

const event = async (name: string): Promise<UrlEvent> =>
  JSON.parse(await readFile(`test/events/function-url-write-${name}.json`, "utf8"));

/** The function over two folders; `answers` instead of the parts, where it is given. */
function writeFunction(answers?: AnswerWriting) {
  const environment = {
    DRIPFEED_SECRET: "arn:secret",
    DRIPFEED_CONTENT: join(world.folder, "content"),
    DRIPFEED_STATE: join(world.folder, "state"),
    DRIPFEED_ORIGIN: ORIGIN,
    DRIPFEED_SITE: "notes",
  };
  const open: typeof openWritingOver | undefined = answers && (() => answers);
  return handlerFor(environment, open);
}

describe("a request", () => {
  test("has the public origin whatever its host says, its query as it was, and no header of the connection", async () => {
    const request = requestOf(await event("page"), ORIGIN);
    expect(request?.url).toBe(`${ORIGIN}/write/?lang=zh-Hans`);
    expect(request?.headers.get("accept-language")).toBe("zh-CN,zh;q=0.9");
    const names = [...(request?.headers.keys() ?? [])];
    expect(names.filter((name) => /^(?:host|x-amzn?-|x-dripfeed-)/.test(name))).toEqual([]);
  });

  test("has its bytes, and so its form and files", async () => {
    const form = await requestOf(await event("multipart"), ORIGIN)?.formData();
    expect(form?.get("content")).toBe("田里的雨");
    const photo = form?.get("photo");
    if (!(photo instanceof File)) throw new Error("no file");
    expect([...new Uint8Array(await photo.arrayBuffer())]).toEqual([0xff, 0xd8, 0xff, 0xe0]);
  });

  test("has its cookies in one header", async () => {
    const request = requestOf(await event("session"), ORIGIN);
    expect(request?.headers.get("cookie")).toBe("__Secure-dripfeed=former; other=1");
    expect(await request?.json()).toEqual({ response: {} });
  });

  test("never leaves the origin or fails, whatever its path, query, headers and body are", async () => {
    const page = await event("page");
    const text = fc.string({ unit: "binary" });
    await fc.assert(
      fc.asyncProperty(
        text,
        text,
        text,
        text,
        fc.oneof(fc.constantFrom("GET", "POST"), text),
        async (path, query, value, body, method) => {
          const given: UrlEvent = {
            ...page,
            ...{ rawPath: path, rawQueryString: query, body, headers: { accept: value } },
            requestContext: { http: { method } },
          };
          const request = requestOf(given, ORIGIN);
          expect([undefined, ORIGIN]).toContain(request && new URL(request.url).origin);
        },
      ),
    );
  });
});

describe("a response", () => {
  test("gives its cookies apart from its headers, and its text as text", async () => {
    const headers = new Headers({ "content-type": "application/json" });
    headers.append("set-cookie", "a=1; HttpOnly");
    headers.append("set-cookie", "b=2, c");
    expect(await resultOf(new Response('{"name":"林"}', { status: 201, headers }))).toEqual({
      ...{ statusCode: 201, cookies: ["a=1; HttpOnly", "b=2, c"] },
      ...{ headers: { "content-type": "application/json" }, body: '{"name":"林"}' },
    });
    expect(await resultOf(new Response(null, { status: 204 }))).toEqual({ statusCode: 204, headers: {} });
  });

  test("gives bytes as base64", async () => {
    const png = new Response(Uint8Array.of(0x89, 0x50), { headers: { "content-type": "image/png" } });
    expect(await resultOf(png, "br")).toMatchObject({ body: "iVA=", isBase64Encoded: true });
    const broken = new Response(Uint8Array.of(0xff, 0xfe), { headers: { "content-type": "text/plain" } });
    expect(await resultOf(broken)).toMatchObject({ body: "//4=", isBase64Encoded: true });
  });

  const page = "<p>田</p>".repeat(500);
  const html = () =>
    new Response(page, { headers: { "content-type": "text/html; charset=utf-8", vary: "Accept-Language" } });

  test("that is a page is compressed, since the CDN does not compress what it does not cache", async () => {
    const br = await resultOf(html(), "gzip, deflate, br, zstd");
    expect(br.headers).toMatchObject({ "content-encoding": "br", vary: "Accept-Language, Accept-Encoding" });
    expect(brotliDecompressSync(Buffer.from(br.body ?? "", "base64")).toString()).toBe(page);
    const gzip = await resultOf(html(), "gzip");
    expect(gunzipSync(Buffer.from(gzip.body ?? "", "base64")).toString()).toBe(page);
    expect(await resultOf(html(), "br;q=0")).toMatchObject({ body: page });
  });

  test("that answers a program is not: what is sent, and a secret beside it, would show in its length", async () => {
    const body = JSON.stringify({ code: "A".repeat(5000) });
    const json = new Response(body, { headers: { "content-type": "application/json" } });
    expect(await resultOf(json, "br")).toMatchObject({ body });
  });
});

describe("what does not come by the CDN", () => {
  test.each([undefined, "", "another", `${SECRET} `])(
    "with the header %j gets 403, and nothing is asked",
    async (given) => {
      let asked = 0;
      const call = writeFunction(async () => {
        asked++;
        return new Response();
      });
      const { "x-dripfeed-origin": _, ...headers } = (await event("page")).headers;
      const withIt = given === undefined ? headers : { ...headers, "x-dripfeed-origin": given };
      expect(await call({ ...(await event("page")), headers: withIt }, INVOCATION)).toEqual({ statusCode: 403 });
      expect(asked).toBe(0);
      expect(secretReads()).toBe(given === undefined ? 0 : 1);
    },
  );

  test("does not have the secrets read again and again", async () => {
    const call = writeFunction(async () => new Response());
    const page = await event("page");
    for (let i = 0; i < 20; i++) await call({ ...page, headers: { "x-dripfeed-origin": `guess ${i}` } }, INVOCATION);
    expect(secretReads()).toBe(1);
  });

  test("an empty secret is nobody's", () => {
    expect([isOneOf("", [""]), isOneOf(undefined, [""]), isOneOf("a", ["b", "a"])]).toEqual([false, false, true]);
  });
});

test("while the CDN is told a new secret, the former one counts", async () => {
  world.former = SECRET;
  world.secret = "a new one";
  const call = writeFunction(async () => new Response("ok"));
  expect(await call(await event("page"), INVOCATION)).toMatchObject({ statusCode: 200, body: "ok" });
});

test("the function answers over its stores, and logs who asked, without a query", async () => {
  const call = writeFunction();
  expect(await call(await event("multipart"), INVOCATION)).toMatchObject({
    statusCode: 401,
    headers: { "x-frame-options": "DENY" },
  });
  const logged = lines.map((line) => JSON.parse(line));
  expect(logged).toContainEqual(expect.objectContaining({ message: "answered", path: "/write/micropub", status: 401 }));
  // Somebody sent a token that is none.
  expect(logged).toContainEqual(expect.objectContaining({ SignInRefused: 1, Site: "notes" }));
  expect(lines.join("")).not.toContain("dripfeed_example");
});

test("an address that nothing answers is 404, and a method that is none 400", async () => {
  const call = writeFunction(async () => undefined);
  expect(await call(await event("page"), INVOCATION)).toEqual({ statusCode: 404 });
  const page = await event("page");
  const odd = { ...page, requestContext: { http: { method: "TRACE" } } };
  expect(await call(odd, INVOCATION)).toEqual({ statusCode: 400 });
});

test("a failure is 503, and its log line has no secret", async () => {
  world.aws.close();
  const call = writeFunction(async () => new Response());
  expect(await call(await event("page"), INVOCATION)).toMatchObject({ statusCode: 503 });
  expect(lines.join("")).not.toContain(SECRET);
});
