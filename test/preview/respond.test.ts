/** Responses by RFC 9110, and as CloudFront sends them. */
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decide } from "../../lib/edge/decide.ts";
import { respond } from "../../lib/preview/respond.ts";
import type { Response } from "../../lib/preview/response.ts";
import type { StoredObject } from "../../lib/stores/store.ts";
import { edge, PERSON, request } from "../edge/edges.ts";

const MODIFIED = "2026-06-01T12:00:00Z";
const LATER = "Mon, 01 Jun 2026 12:00:01 GMT";
const SAME = "Mon, 01 Jun 2026 12:00:00 GMT";
const EARLIER = "Mon, 01 Jun 2026 11:59:59 GMT";

const stored = (body: Uint8Array | string): StoredObject => {
  return { body: typeof body === "string" ? new TextEncoder().encode(body) : body, etag: "e", modified: MODIFIED };
};
const SMALL = stored("0123456789");
const LARGE = stored("滴灌 ".repeat(500));

function get(
  headers: { readonly [name: string]: string } = {},
  object: StoredObject | "absent" = SMALL,
  { address = "/feeds/rss.xml", method = "GET" } = {},
): Promise<Response> {
  const sent = request(address, headers, method);
  return respond(sent, decide(sent, edge()), object === "absent" ? undefined : object, "https://example.com/feeds/");
}

const text = ({ body }: Response): string => new TextDecoder().decode(body);

describe("a response", () => {
  test("has content type, length, date and ETag", async () => {
    const { status, headers, body } = await get();
    expect({ status, body: new TextDecoder().decode(body) }).toEqual({ status: 200, body: "0123456789" });
    expect(headers).toMatchObject({
      "content-type": "application/rss+xml; charset=utf-8",
      "content-length": "10",
      "last-modified": SAME,
      "accept-ranges": "bytes",
      vary: "Sec-Fetch-Dest",
    });
    expect(headers["etag"]).toMatch(/^"[\w-]{22}"$/);
  });

  test("has the store's content type where the edge sets none", async () => {
    const png = { ...SMALL, contentType: "image/png" };
    expect((await get({}, png, { address: "/feeds/a.png" })).headers["content-type"]).toBe("image/png");
    expect((await get({}, SMALL, { address: "/feeds/a" })).headers["content-type"]).toBe("application/octet-stream");
  });

  test("to HEAD is the one to GET without its content", async () => {
    const accept = { "accept-encoding": "br" };
    for (const object of [SMALL, LARGE]) {
      const got = await get(accept, object);
      const head = await get(accept, object, { method: "HEAD" });
      expect(head).toEqual({ ...got, body: new Uint8Array() });
    }
  });

  test("has another ETag for other content", async () => {
    expect((await get({}, stored("a"))).headers["etag"]).not.toBe((await get({}, stored("b"))).headers["etag"]);
  });

  test("that redirects has no content", async () => {
    const { status, headers, body } = await get({}, "absent", { address: "/feeds/tags/x" });
    expect({ status, length: body.length }).toEqual({ status: 301, length: 0 });
    expect(headers["location"]).toBe("/feeds/tags/x/");
  });
});

describe("a key without an object", () => {
  test("gives people a page with a link to the feeds, and programs a line", async () => {
    const person = await get(PERSON, "absent", { address: "/feeds/tags/<b>/rss.xml" });
    expect(person.status).toBe(404);
    expect(person.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(text(person)).toContain("nothing is published at /feeds/tags/&lt;b&gt;/rss.xml");
    expect(text(person)).toContain('<a href="https://example.com/feeds/">');
    const program = await get({}, "absent");
    expect(program.headers).toMatchObject({ "content-type": "text/plain; charset=utf-8", "cache-control": "no-cache" });
    expect(text(program)).toBe("404: nothing is published at /feeds/rss.xml\nThe feeds: https://example.com/feeds/\n");
  });

  test.each([
    ["/feeds/%zz", 400, "GET"],
    ["/feeds/rss.xml", 405, "POST"],
    ["/elsewhere", 404, "GET"],
  ])("%s is refused with %i and a reason", async (address, status, method) => {
    const refused = await get({}, "absent", { address, method });
    expect(refused.status).toBe(status);
    expect(text(refused)).toMatch(new RegExp(`^${status}: \\w+ `));
    expect(refused.headers["allow"]).toBe(status === 405 ? "GET, HEAD, OPTIONS" : undefined);
  });
});

describe("a conditional request (RFC 9110 §13)", () => {
  test("with the current ETag is answered 304, whatever the content and coding", async () => {
    const body = fc.oneof(fc.uint8Array({ maxLength: 50 }), fc.uint8Array({ minLength: 1000, maxLength: 1200 }));
    const accept = fc.constantFrom("", "gzip", "br", "gzip, br", "identity", "*", "gzip;q=0.5, br;q=0.2");
    const wrap = fc.constantFrom(
      (etag: string) => etag,
      (etag: string) => `W/${etag}`,
      (etag: string) => `"other", W/"another" ,${etag}`,
      () => "*",
    );
    await fc.assert(
      fc.asyncProperty(body, accept, wrap, async (body, accept, wrap) => {
        const headers = { "accept-encoding": accept };
        const first = await get(headers, stored(body));
        const again = await get({ ...headers, "if-none-match": wrap(first.headers["etag"] ?? "") }, stored(body));
        expect({ status: again.status, length: again.body.length }).toEqual({ status: 304, length: 0 });
        expect(again.headers["etag"]).toBe(first.headers["etag"]);
      }),
    );
  });

  test("with another ETag gets the content, whatever its If-Modified-Since", async () => {
    expect((await get({ "if-none-match": '"other"' })).status).toBe(200);
    expect((await get({ "if-none-match": '"other"', "if-modified-since": LATER })).status).toBe(200);
  });

  test.each([
    [EARLIER, 200],
    [SAME, 304],
    [LATER, 304],
    ["yesterday", 200],
  ])("If-Modified-Since: %s is %i", async (since, status) => {
    expect((await get({ "if-modified-since": since })).status).toBe(status);
  });

  test("304 has the headers that caches update, and none about the content", async () => {
    const { headers } = await get({ "if-modified-since": SAME });
    expect(Object.keys(headers).sort()).toEqual([
      "access-control-allow-origin",
      "access-control-expose-headers",
      "cache-control",
      "etag",
      "link",
      "vary",
      "x-content-type-options",
    ]);
  });
});

describe("compression (RFC 9110 §12.5.3)", () => {
  test.each([
    ["gzip", "gzip"],
    ["br", "br"],
    ["gzip, deflate, br, zstd", "br"],
    ["*", "br"],
    ["gzip;q=1, br;q=0.5", "gzip"],
    ["gzip;q=0.5, br;q=0", "gzip"],
    ["gzip;q=0, *", "br"],
    ["identity, gzip;q=0.5", undefined],
    ["deflate", undefined],
    ["", undefined],
  ])("Accept-Encoding: %s gets %s", async (accept, coding) => {
    const { headers, body } = await get({ "accept-encoding": accept }, LARGE);
    expect(headers["content-encoding"]).toBe(coding);
    expect(headers["vary"]).toBe("Sec-Fetch-Dest, Accept-Encoding");
    expect(headers["content-length"]).toBe(String(body.length));
    const plain = coding === "br" ? brotliDecompressSync(body) : coding === "gzip" ? gunzipSync(body) : body;
    expect(Buffer.compare(plain, LARGE.body)).toBe(0);
  });

  test("gives each coding an ETag of its own", async () => {
    const etags = await Promise.all(
      ["", "gzip", "br"].map(async (accept) => (await get({ "accept-encoding": accept }, LARGE)).headers["etag"]),
    );
    expect(new Set(etags).size).toBe(3);
  });

  test.each([
    [999, false],
    [1_000, true],
    [10_000_000, true],
    [10_000_001, false],
  ])("of %i bytes happens: %s, as in CloudFront", async (size, isDone) => {
    const { headers } = await get({ "accept-encoding": "gzip" }, stored(new Uint8Array(size)));
    expect(headers["content-encoding"]).toBe(isDone ? "gzip" : undefined);
  });

  test("leaves images as they are", async () => {
    const png = { ...LARGE, contentType: "image/png" };
    const { headers } = await get({ "accept-encoding": "gzip" }, png, { address: "/feeds/a.png" });
    expect(headers["content-encoding"]).toBeUndefined();
    expect(headers["vary"]).toBeUndefined();
  });
});

describe("a range (RFC 9110 §14)", () => {
  test("gives that part of the content, in each of its three forms", async () => {
    const size = fc.integer({ min: 1, max: 2000 });
    await fc.assert(
      fc.asyncProperty(size, fc.nat(2500), fc.nat(2500), fc.nat(2), async (size, a, b, form) => {
        const body = Uint8Array.from({ length: size }, (_, i) => (i * 7) % 256);
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        const range = [`bytes=${start}-${end}`, `bytes=${start}-`, `bytes=-${end}`][form] ?? "";
        const expected = [
          body.slice(start, end + 1),
          body.slice(start),
          end === 0 ? body.slice(size) : body.slice(-end),
        ][form];
        const answer = await get({ range, "accept-encoding": "gzip, br" }, stored(body));
        if (expected?.length === 0) {
          expect(answer).toMatchObject({ status: 416, headers: { "content-range": `bytes */${size}` } });
        } else {
          expect(answer.status).toBe(206);
          expect([...answer.body]).toEqual([...(expected ?? [])]);
          const from = form === 2 ? Math.max(0, size - end) : start;
          const to = from + answer.body.length - 1;
          expect(answer.headers["content-range"]).toBe(`bytes ${from}-${to}/${size}`);
          expect(answer.headers["content-length"]).toBe(String(answer.body.length));
        }
      }),
    );
  });

  test.each(["bytes=5-1", "bytes=a-b", "bytes=0-1,4-5", "lines=1-2", "bytes", ""])(
    "that is malformed, or more than one, is ignored: %s",
    async (range) => {
      const { status, body } = await get({ range });
      expect({ status, length: body.length }).toEqual({ status: 200, length: 10 });
    },
  );

  test("is ignored for HEAD", async () => {
    expect(await get({ range: "bytes=0-1" }, SMALL, { method: "HEAD" })).toMatchObject({
      status: 200,
      headers: { "content-length": "10" },
    });
  });

  test("with If-Range is given only of the same content", async () => {
    const { etag = "" } = (await get()).headers;
    const statusWith = async (condition: string) => (await get({ range: "bytes=0-1", "if-range": condition })).status;
    expect(await statusWith(etag)).toBe(206);
    expect(await statusWith(SAME)).toBe(206);
    expect(await statusWith('"other"')).toBe(200);
    expect(await statusWith(`W/${etag}`)).toBe(200);
    expect(await statusWith(EARLIER)).toBe(200);
  });
});
