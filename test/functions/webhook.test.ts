/** `webhook`: signed deliveries enqueue triggers, the same one seldom; any other request gets 401, 413 or 415 and changes nothing. */
import { createHash, createHmac } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { handlerFor, type Request } from "../../functions/webhook.ts";
import { isSigned } from "../../lib/triggers/signed.ts";
import { AWS_JSON, INVOCATION, secretWorld } from "../support/secretfunction.ts";

const SECRET = "田边的两个人";
const sign = (body: string | Uint8Array, secret = SECRET) =>
  `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
let isQueueDown = false;
beforeEach(() => {
  isQueueDown = false;
});
const world = secretWorld(SECRET, ({ body }) => {
  if (isQueueDown) return { status: 400, headers: AWS_JSON, body: JSON.stringify({ __type: "QueueDoesNotExist" }) };
  const MD5OfMessageBody = createHash("md5").update(JSON.parse(body).MessageBody).digest("hex");
  return { headers: AWS_JSON, body: JSON.stringify({ MessageId: "1", MD5OfMessageBody }) };
});
const { secretReads } = world;

const hook = () =>
  handlerFor({
    DRIPFEED_SECRET: "arn:secret",
    DRIPFEED_QUEUE_URL: `${world.aws.origin}/1/triggers`,
    DRIPFEED_STATE: world.folder,
  });
const messages = () =>
  world.aws.asked
    .filter(({ headers }) => headers["x-amz-target"] === "AmazonSQS.SendMessage")
    .map(({ body }) => JSON.parse(body));
const triggers = () => messages().map(({ MessageBody }) => MessageBody);
/** The clock of the function, some milliseconds after the beginning of a slot. */
const START = Date.parse("2026-11-12T08:00:00Z");
const at = (ms: number) => vi.useFakeTimers({ now: START + ms, toFake: ["Date"] });

async function push(headers: { readonly [name: string]: string } = {}, body?: string): Promise<Request> {
  const event = JSON.parse(await readFile("test/events/function-url-github-push.json", "utf8"));
  const sent = body ?? event.body;
  return { ...event, body: sent, headers: { ...event.headers, "x-hub-signature-256": sign(sent), ...headers } };
}

describe("a signed delivery", () => {
  test("enqueues a trigger, and is answered with 202", async () => {
    expect(await hook()(await push(), INVOCATION)).toEqual({ statusCode: 202 });
    expect(triggers()).toEqual(['{"full":true}']);
  });

  test("that is repeated, under its id or any other, enqueues one trigger more in five minutes, for their end", async () => {
    at(10_000);
    const [call, other] = [hook(), hook()];
    const ids = ["72d3162e-cc78-11e3-81ab-4c9367dc0958", "another", "", "a third"];
    for (const id of ids) {
      for (const each of [call, other]) {
        expect(await each(await push({ "x-github-delivery": id }), INVOCATION)).toEqual({ statusCode: 202 });
      }
    }
    expect(messages().map(({ DelaySeconds }) => DelaySeconds)).toEqual([undefined, 291]);
    expect(await readdir(join(world.folder, "deliveries"))).toHaveLength(2);

    at(5 * 60_000);
    await call(await push(), INVOCATION);
    expect(messages().map(({ DelaySeconds }) => DelaySeconds)).toEqual([undefined, 291, undefined]);
  });

  test("of another push enqueues a trigger at once", async () => {
    const call = hook();
    for (const after of ["1a", "2b", "3c"]) {
      expect(await call(await push({}, JSON.stringify({ ref: "main", after })), INVOCATION)).toEqual({
        statusCode: 202,
      });
    }
    expect(messages().map(({ DelaySeconds }) => DelaySeconds)).toEqual([undefined, undefined, undefined]);
  });

  test("whose trigger could not be enqueued may be repeated", async () => {
    isQueueDown = true;
    const call = hook();
    expect(await call(await push(), INVOCATION)).toEqual({ statusCode: 503 });
    isQueueDown = false;
    expect(await call(await push(), INVOCATION)).toEqual({ statusCode: 202 });
    expect(triggers().length).toBeGreaterThan(1);
    expect(await call(await push(), INVOCATION)).toEqual({ statusCode: 202 });
  });

  test("needs no id, as from a script", async () => {
    const { "x-github-delivery": _, ...headers } = (await push()).headers;
    expect(await hook()({ ...(await push()), headers }, INVOCATION)).toEqual({ statusCode: 202 });
    expect(triggers()).toHaveLength(1);
  });

  test("may name keys, and cannot force", async () => {
    const body = JSON.stringify({ keys: ["posts/精准 滴灌.md"], force: true });
    expect(await hook()(await push({}, body), INVOCATION)).toEqual({ statusCode: 202 });
    expect(triggers().map((trigger) => JSON.parse(trigger))).toEqual([{ keys: ["posts/精准 滴灌.md"] }]);
  });

  test("is signed over its raw bytes, also in base64", async () => {
    const bytes = Buffer.from([0x7b, 0xff, 0x00, 0x7d]);
    const request = await push({ "x-hub-signature-256": sign(bytes) }, bytes.toString("base64"));
    expect(await hook()({ ...request, isBase64Encoded: true }, INVOCATION)).toEqual({ statusCode: 202 });
    expect(await hook()({ ...request, isBase64Encoded: false }, INVOCATION)).toEqual({ statusCode: 401 });
  });

  test("may have the content type of a form", async () => {
    const type = { "content-type": "application/x-www-form-urlencoded" };
    expect(await hook()(await push(type, "payload=%7B%7D"), INVOCATION)).toEqual({ statusCode: 202 });
  });

  test("that is a ping of GitHub enqueues nothing", async () => {
    expect(await hook()(await push({ "x-github-event": "ping" }), INVOCATION)).toEqual({ statusCode: 202 });
    expect(triggers()).toEqual([]);
  });

  const signedBy = async (key: string, body: string) => push({ "x-hub-signature-256": sign(body, key) }, body);

  test("is verified with a new secret at once, and with the former one until the next is put", async () => {
    at(0);
    const call = hook();
    expect(await call(await signedBy(SECRET, "{}"), INVOCATION)).toEqual({ statusCode: 202 });
    [world.secret, world.former] = ["new", SECRET];
    at(30_000);
    expect(await call(await signedBy("new", "[1]"), INVOCATION)).toEqual({ statusCode: 202 });
    expect(await call(await signedBy(SECRET, "[2]"), INVOCATION)).toEqual({ statusCode: 202 });
    [world.secret, world.former] = ["new", "new"];
    at(30_000 + 5 * 60_000 + 1);
    expect(await call(await signedBy("new", "[3]"), INVOCATION)).toEqual({ statusCode: 202 });
    expect(await call(await signedBy(SECRET, "[4]"), INVOCATION)).toEqual({ statusCode: 401 });
    expect(triggers()).toHaveLength(4);
  });

  test("is verified while Secrets Manager does not answer, with what is cached", async () => {
    at(0);
    const call = hook();
    await call(await signedBy(SECRET, "{}"), INVOCATION);
    at(60_000);
    world.secret = "";
    expect(await call(await signedBy("guess", "[1]"), INVOCATION)).toEqual({ statusCode: 503 });
    expect(await call(await signedBy("guess", "[1]"), INVOCATION)).toEqual({ statusCode: 401 });
    expect(await call(await signedBy(SECRET, "[2]"), INVOCATION)).toEqual({ statusCode: 202 });
  });
});

describe("any other request", () => {
  const right = sign('{"a":1}');
  test.each([
    ["of another secret", sign('{"a":1}', "guess")],
    ["of another body", sign('{"a":2}')],
    ["that is truncated", right.slice(0, -2)],
    ["that is too long", `${right}00`],
    ["without its prefix", right.slice("sha256=".length)],
    ["by SHA-1", `sha1=${createHmac("sha1", SECRET).update('{"a":1}').digest("hex")}`],
    ["that is empty", ""],
    ["that is not hexadecimal", `sha256=${"z".repeat(64)}`],
  ])("with a signature %s is answered with 401, and nothing is written or enqueued", async (_, signature) => {
    const reply = await hook()(await push({ "x-hub-signature-256": signature }, '{"a":1}'), INVOCATION);
    expect(reply).toEqual({ statusCode: 401 });
    expect([triggers(), await readdir(world.folder)]).toEqual([[], []]);
  });

  test("without a signature is answered with 401, before any request to AWS", async () => {
    const { "x-hub-signature-256": _, ...headers } = (await push()).headers;
    expect(await hook()({ ...(await push()), headers }, INVOCATION)).toEqual({ statusCode: 401 });
    expect(world.aws.asked).toEqual([]);
  });

  test("makes the secret be read again at most every thirty seconds, however many come", async () => {
    const call = hook();
    const wrong = await push({ "x-hub-signature-256": right }, '{"a":2}');
    for (let ms = 0; ms <= 120_000; ms += 500) {
      at(ms);
      expect(await call(wrong, INVOCATION)).toEqual({ statusCode: 401 });
    }
    expect(secretReads()).toBe(1 + 120 / 30);
  });

  test("that is too large or of another type is answered with 413 or 415 before any request to AWS", async () => {
    const large = await push({}, "x".repeat(1024 * 1024 + 1));
    expect(await hook()(large, INVOCATION)).toEqual({ statusCode: 413 });
    for (const type of ["text/plain", "application/jsonp", "", "multipart/form-data; boundary=x"]) {
      expect(await hook()(await push({ "content-type": type }), INVOCATION)).toEqual({ statusCode: 415 });
    }
    expect(await hook()({ headers: {}, isBase64Encoded: false }, INVOCATION)).toEqual({ statusCode: 415 });
    expect(world.aws.asked).toEqual([]);
  });

  test("is refused while the secret has no text", async () => {
    world.secret = "";
    expect(await hook()(await push({ "x-hub-signature-256": sign("{}", "") }, "{}"), INVOCATION)).toEqual({
      statusCode: 503,
    });
    expect(isSigned(Buffer.from("{}"), sign("{}", ""), [""])).toBe(false);
  });
});

test("a signature may be in upper case", () => {
  const body = Buffer.from("{}");
  expect(
    isSigned(
      body,
      sign(body).replace(/=.*/, (hex) => hex.toUpperCase()),
      [SECRET],
    ),
  ).toBe(true);
});
