/** How the S3 store reads a server's replies, from a server that replies as the test wants. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { s3Store } from "../../lib/stores/s3.ts";
import { type Store, StoreConflict, StoreError, StoreUnknown, StoreUnreadable } from "../../lib/stores/store.ts";

type Reply = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let store: Store;
let replies: Reply[];
let requests: IncomingMessage[];

const status =
  (code: number, body = "", headers: { readonly [name: string]: string } = {}): Reply =>
  (_, response) => {
    response.writeHead(code, headers).end(body);
  };
const error = (code: number, name: string): Reply =>
  status(code, `<Error><Code>${name}</Code><Message>m</Message></Error>`, code === 429 ? { "not-aws": "R2" } : {});
const listing = (keys: readonly string[], rest = "<IsTruncated>false</IsTruncated>"): Reply =>
  status(
    200,
    `<ListBucketResult>${keys.map((key) => `<Contents><Key>${key}</Key><ETag>&quot;e&quot;</ETag><Size>1</Size></Contents>`).join("")}${rest}</ListBucketResult>`,
  );

beforeEach(async () => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_REGION: "us-east-1" });
  replies = [];
  requests = [];
  server = createServer((request, response) => {
    requests.push(request);
    request.resume();
    request.on("end", () => (replies.shift() ?? status(418))(request, response));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  store = s3Store({ bucket: "bucket", prefix: "p/", endpoint: `http://127.0.0.1:${port}` });
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const put = (condition: { ifMatch?: string; ifAbsent?: boolean } = {}) =>
  store.put("key", new TextEncoder().encode("x"), { contentType: "text/plain", ...condition });

async function keys(): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { key } of store.list("")) found.push(key);
  return found;
}

test.each([
  [412, "PreconditionFailed"],
  [409, "ConditionalRequestConflict"],
  [404, "NoSuchKey"],
])("%i on a conditional put is a conflict", async (code, name) => {
  replies = [error(code, name), error(code, name)];
  await expect(put({ ifMatch: "e" })).rejects.toThrow(StoreConflict);
  expect(requests[0]?.headers["if-match"]).toBe("e");
});

test("an ETag is sent without quotes, and with them only until a server has understood it without", async () => {
  const sent = () => requests.map(({ headers }) => headers["if-match"]);
  const failed = () => error(412, "PreconditionFailed");
  replies = [failed(), failed()];
  await expect(put({ ifMatch: "e" })).rejects.toThrow(StoreConflict);
  expect(sent()).toEqual(["e", '"e"']);
  replies = [status(200, "", { etag: '"f"' }), failed()];
  expect(await put({ ifMatch: "e" })).toBe("f");
  await expect(put({ ifMatch: "e" })).rejects.toThrow(StoreConflict);
  expect(sent().slice(2)).toEqual(["e", "e"]);
});

test("a server that answers 400 to an ETag without quotes gets it with them from then on", async () => {
  const refused = error(400, "InvalidArgument");
  replies = [refused, status(304), status(304), refused, status(200, "", { etag: '"f"' })];
  expect([await store.get("key", "e"), await store.get("key", "e")]).toEqual(["unchanged", "unchanged"]);
  expect(requests.map(({ headers }) => headers["if-none-match"])).toEqual(["e", '"e"', '"e"']);
  await expect(put({ ifMatch: "e" })).rejects.toThrow(/InvalidArgument/);
  expect(await put({ ifMatch: "e" })).toBe("f");
  expect(requests.slice(3).map(({ headers }) => headers["if-match"])).toEqual(['"e"', '"e"']);
});

test("of several puts at once each is repeated with quotes if it was refused without", async () => {
  const taken = status(200, "", { etag: '"f"' });
  const understands: Reply = (request, response) =>
    (request.headers["if-match"] === '"e"' ? taken : error(400, "InvalidArgument"))(request, response);
  replies = Array.from({ length: 16 }, () => understands);
  expect(await Promise.all(Array.from({ length: 8 }, () => put({ ifMatch: "e" })))).toEqual(Array(8).fill("f"));
});

test("a lost reply to the put with quotes is unknown, whatever the one without was answered", async () => {
  const broken: Reply = (request) => request.socket.destroy();
  replies = [error(412, "PreconditionFailed"), broken, broken, broken];
  await expect(put({ ifMatch: "e" })).rejects.toThrow(StoreUnknown);
});

test("an object that a server sends although it has the known ETag is unchanged", async () => {
  replies = [status(200, "body", { etag: '"e"' }), status(200, "body", { etag: '"f"' })];
  expect(await store.get("key", "e")).toBe("unchanged");
  expect(await store.get("key", "e")).toMatchObject({ etag: "f" });
});

test("412 after a retry is unknown: the condition may fail because the first attempt succeeded", async () => {
  replies = [error(500, "InternalError"), error(412, "PreconditionFailed")];
  await expect(put({ ifAbsent: true })).rejects.toThrow(StoreUnknown);
  expect(requests).toHaveLength(2);
});

test("409 after a retry is unknown too: it may conflict with the first attempt", async () => {
  replies = [error(500, "InternalError"), error(409, "ConditionalRequestConflict")];
  await expect(put({ ifMatch: "e" })).rejects.toThrow(StoreUnknown);
  expect(requests).toHaveLength(2);
});

test.each([
  [503, "SlowDown"],
  [429, "TooManyRequests"],
])("%i after all retries is unknown for a conditional put, and an error for another", async (code, name) => {
  replies = Array.from({ length: 6 }, () => error(code, name));
  await expect(put({ ifMatch: "e" })).rejects.toThrow(StoreUnknown);
  const failed = put().catch((reason: unknown) => reason);
  expect(await failed).toBeInstanceOf(StoreError);
  expect(await failed).not.toBeInstanceOf(StoreUnknown);
});

test("a broken connection on a conditional put is unknown", async () => {
  replies = Array.from({ length: 3 }, () => (request: IncomingMessage) => request.socket.destroy());
  await expect(put({ ifMatch: "e" })).rejects.toThrow(StoreUnknown);
});

test("403 on a conditional put is an error of the store, on a get one of that key", async () => {
  replies = [error(403, "AccessDenied"), error(403, "AccessDenied")];
  const failed = await put({ ifMatch: "e" }).catch((reason: unknown) => reason);
  expect(failed).toBeInstanceOf(StoreError);
  expect(failed).not.toBeInstanceOf(StoreConflict);
  await expect(store.get("key")).rejects.toThrow(StoreUnreadable);
});

test("a listing continues to its last page, and its keys are decoded", async () => {
  replies = [
    listing(["p/a%2Bb+c"], "<IsTruncated>true</IsTruncated><NextContinuationToken>next</NextContinuationToken>"),
    listing(["p/%E6%BB%B4"]),
  ];
  expect(await keys()).toEqual(["a+b c", "滴"]);
  expect(requests[1]?.url).toContain("continuation-token=next");
});

test.each([
  ["is cut off without a token", [listing(["p/a"], "<IsTruncated>true</IsTruncated>")], /ended the listing early/],
  ["is out of order", [listing(["p/b", "p/a"])], /incomplete or out of order/],
  ["names a key outside the prefix", [listing(["q/a"])], /incomplete or out of order/],
  [
    "fails on its second page",
    [
      listing(["p/a"], "<IsTruncated>true</IsTruncated><NextContinuationToken>n</NextContinuationToken>"),
      error(403, "AccessDenied"),
    ],
    /access denied/,
  ],
])("a listing that %s is an error, never a shorter listing", async (_, pages, message) => {
  replies = [...pages];
  await expect(keys()).rejects.toThrow(message);
});

test("of a body that never ends as much is read as is asked for, and the connection is closed", async () => {
  for (const maxBytes of [100_000, 0]) {
    const closed = new Promise<void>((done) => {
      replies.push((_, response) => {
        response.on("close", done);
        response.writeHead(200, { etag: '"e"' });
        const more = () => {
          while (!response.destroyed && response.write("x".repeat(10_000)));
        };
        response.on("drain", more);
        more();
      });
    });
    expect(await store.get("key", undefined, maxBytes)).toMatchObject({ body: { length: maxBytes }, etag: "e" });
    await closed;
  }
});

test("a part is asked for by its range, and cut out where a server sends the whole", async () => {
  const body = "0123456789";
  replies = [
    status(206, body.slice(2, 5), { etag: '"e"', "content-range": "bytes 2-4/10" }),
    status(200, body, { etag: '"e"' }),
    status(200, body, { etag: '"e"' }),
    error(416, "InvalidRange"),
    error(404, "NoSuchKey"),
  ];
  const part = async (start: number, length: number) => {
    const bytes = await store.getPart("key", start, length);
    return bytes && new TextDecoder().decode(bytes);
  };
  expect([await part(2, 3), await part(2, 3), await part(8, 5)]).toEqual(["234", "234", "89"]);
  expect(requests.map(({ headers }) => headers["range"])).toEqual(["bytes=2-4", "bytes=2-4", "bytes=8-12"]);
  expect(await part(10, 1)).toBe("");
  expect(await part(0, 1)).toBeUndefined();
});
