/**
 * `write` as it is deployed, in a clean process, over the gateway's buckets: a device is let in, posts and files are written, changed and
 * withdrawn. All that it asks of AWS is allowed by the template's policies, and all that they allow it is asked for.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Clock } from "../../lib/base/clock.ts";
import { publish } from "../../lib/publish/publish.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import { firstCode } from "../../lib/write/firstcode.ts";
import { openSignInOver } from "../../lib/write/open.ts";
import { siteReader } from "../../lib/write/site.ts";
import { CONFIG } from "../infra/deployment.ts";
import { authenticator } from "../support/authenticator.ts";
import { type Served, serve } from "../support/loopback.ts";
import { type Environment, openEnvironment, packFunction } from "./chain/lambda.ts";
import { type Recorded, record } from "./chain/permissions.ts";
import { type Between, openProxy } from "./chain/proxy.ts";
import { endpoint, newPlace, type Place } from "./s3.ts";

const SECRET = "between the CDN and us";
const ORIGIN = "https://example.com"; // of CONFIG's site
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAwS2OUAAAAABJRU5ErkJggg==",
  "base64",
);

const clock: Clock = { now: () => new Date(), wait: async () => {} };

let folder: string;
let aws: Served;
let proxy: Between;
let content: Place;
let state: Place;
let recorded: Recorded;
let write: Environment;
const log: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dripfeed-writefunction-"));
  await packFunction("write", folder);
  aws = await serve(() => ({
    headers: { "content-type": "application/x-amz-json-1.1" },
    body: JSON.stringify({ SecretString: SECRET }),
  }));
  proxy = await openProxy(endpoint);
  [content, state] = await Promise.all([newPlace(), newPlace()]);
  recorded = record({ Content: content.bucket, State: state.bucket }, { ...CONFIG, write: true });
  await content.put(
    "site.yaml",
    `title: Field notes\nurl: https://blog.example.com/\nfeeds: ${ORIGIN}/\nmedia: ${ORIGIN}/\nsince: 2020\n`,
  );
  write = await openEnvironment({
    name: "write",
    folder,
    timeout: 60_000,
    log: (line) => log.push(line),
    variables: {
      PATH: "/usr/bin:/bin",
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "testtest",
      AWS_ENDPOINT_URL_S3: proxy.origin,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: aws.origin,
      ...recorded.environmentOf("write"),
    },
  });
});
afterAll(async () => {
  await write?.close();
  for (const each of [aws, proxy]) await each?.close();
  await rm(folder, { recursive: true, force: true });
});

let cookie = "";

/** As the CDN invokes the function for a request of the page. */
async function ask(method: string, path: string, body?: object | FormData) {
  const [rawPath = "", rawQueryString = ""] = path.split("?");
  const request = new Request(ORIGIN + path, {
    method,
    ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
  });
  const bytes = Buffer.from(await request.arrayBuffer());
  const type = body instanceof FormData ? request.headers.get("content-type") : "application/json";
  const result = (await write.invoke({
    ...{ version: "2.0", rawPath, rawQueryString, requestContext: { http: { method } } },
    headers: {
      ...{ "x-dripfeed-origin": SECRET, origin: ORIGIN, "sec-fetch-site": "same-origin" },
      ...(body === undefined ? {} : { "content-type": type }),
    },
    ...(cookie === "" ? {} : { cookies: [cookie] }),
    ...(body === undefined ? {} : { body: bytes.toString("base64") }),
    isBase64Encoded: body !== undefined,
  })) as APIGatewayProxyStructuredResultV2;
  const text = Buffer.from(result.body ?? "", result.isBase64Encoded ? "base64" : "utf8").toString();
  const isJson = String(result.headers?.["content-type"]).startsWith("application/json");
  return { ...result, text, json: isJson && text !== "" ? JSON.parse(text) : undefined };
}

test("who does not come by the CDN gets 403", async () => {
  const event = { rawPath: "/write/", rawQueryString: "", requestContext: { http: { method: "GET" } }, headers: {} };
  expect(await write.invoke(event)).toEqual({ statusCode: 403 });
});

test("the page may put parts of files to the bucket, and nothing to any other origin", async () => {
  const { statusCode, text, headers } = await ask("GET", "/write/");
  expect([statusCode, text.startsWith("<!DOCTYPE html>")]).toEqual([200, true]);
  const [, sources = ""] = /connect-src ([^;]+)/.exec(String(headers?.["content-security-policy"])) ?? [];
  expect(sources.split(" ").filter((source) => source !== "'self'")).toEqual([new URL(proxy.origin).origin]);
});

test("the first device is let in by the code that the deployment prints", async () => {
  const signIn = await openSignInOver({
    ...{ state: state.store, site: siteReader(content.store, clock), clock, origin: ORIGIN, log: () => undefined },
    newSecret: () => crypto.getRandomValues(new Uint8Array(32)),
  });
  const code = (await firstCode(signIn, ORIGIN))?.code;
  const { json } = await ask("POST", "/write/session/code", { code });
  const response = authenticator(ORIGIN).create(json.options);
  const registered = await ask("POST", "/write/session/register", { code, response, device: "Pixel" });
  expect(registered.statusCode).toBe(201);
  cookie = registered.cookies?.[0]?.split(";")[0] ?? "";
  expect((await ask("GET", "/write/session")).json).toMatchObject({ role: "owner" });
});

test("posts are written, changed, withdrawn and brought back", async () => {
  const created = await ask("POST", "/write/micropub", {
    type: ["h-entry"],
    properties: { name: ["Rain"], content: ["At last."] },
  });
  expect(created.statusCode).toBe(202);
  const url = String(created.headers?.["location"]);
  expect(Object.keys(await content.objects())).toContain("posts/rain.md");
  const change = async (body: object) => (await ask("POST", "/write/micropub", { url, ...body })).statusCode;
  expect(await change({ action: "update", replace: { content: ["It rained all night."] } })).toBe(200);
  expect((await ask("GET", `/write/micropub?q=status&url=${encodeURIComponent(url)}`)).json).toMatchObject({
    status: "waiting",
  });
  expect(await change({ action: "delete" })).toBe(200);
  expect(await change({ action: "undelete" })).toBe(200);
  const draft = await ask("POST", "/write/micropub", {
    type: ["h-entry"],
    properties: { name: ["Not now"], content: ["Or never."], "post-status": ["draft"] },
  });
  expect(Object.keys(await content.objects())).toContain("posts/not-now.md");
  expect(await change({ url: draft.headers?.["location"], action: "delete" })).toBe(200);
  expect(Object.keys(await content.objects())).not.toContain("posts/not-now.md");
});

test("what became of a post is known once a run has seen it", async () => {
  const published = memoryStore();
  await publish({ content: content.store, public: published, state: state.store, now: new Date(), clock, run: "r1" });
  const { json } = await ask("GET", "/write/micropub?q=source");
  const [{ properties }] = json.items;
  expect(properties).toMatchObject({ name: ["Rain"], "post-status": ["published"] });
  const status = await ask("GET", `/write/micropub?q=status&url=${encodeURIComponent(properties.url[0])}`);
  expect(status.json).toMatchObject({ status: "published" });
});

test("files come whole or in parts, and what is not what it was said to be goes again", async () => {
  const file = new FormData();
  file.set("file", new File([PNG], "a.png", { type: "image/png" }));
  expect((await ask("POST", "/write/media", file)).statusCode).toBe(201);

  const upload = async (bytes: Uint8Array) => {
    const { json } = await ask("POST", "/write/uploads", { type: "image/png", size: bytes.length });
    const at = `/write/uploads/${json.id}`;
    const { addresses } = (await ask("POST", `${at}/addresses`, { parts: [1] })).json;
    expect((await fetch(addresses["1"], { method: "PUT", body: Buffer.from(bytes) })).status).toBe(200);
    expect((await ask("GET", at)).json).toMatchObject({ received: [{ number: 1, size: bytes.length }] });
    return at;
  };
  const whole = await ask("POST", `${await upload(PNG)}/complete`, {});
  expect(whole.statusCode).toBe(201);
  expect(Object.keys(await content.objects())).toContain(new URL(whole.json.url).pathname.slice(1));
  const script = await upload(Buffer.from("<script>alert(1)</script>".repeat(10)));
  expect((await ask("POST", `${script}/complete`, {})).statusCode).toBe(415);
  expect((await ask("DELETE", await upload(PNG))).statusCode).toBe(204);
});

test("all that it asks for is allowed, and all that it is allowed is asked for", () => {
  const { refused, unused } = recorded.coverage();
  expect(refused).toEqual([]);
  // Posts of other folders are written as those of the first.
  expect(unused.filter((each) => each.startsWith("WriteRole:") && !each.endsWith("/_posts/*"))).toEqual([]);
});

test("its log has a line for each request, and no secret", () => {
  const lines = log.filter((line) => line.includes('"answered"'));
  expect(lines.length).toBeGreaterThan(15);
  expect(lines.filter((line) => /"status":5/.test(line))).toEqual([]);
  for (const secret of [SECRET, cookie.split("=")[1] ?? "", "At last."]) expect(log.join("")).not.toContain(secret);
});
