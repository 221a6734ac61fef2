/** An object store over HTTP with the part of S3 that Dripfeed uses, which produces faults on request. */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { compareKeys } from "../../lib/stores/store.ts";

export interface StoreRequest {
  readonly method: string;
  readonly bucket: string;
  /** Empty for a listing of the bucket. */
  readonly key: string;
}

/** An error code, a connection that breaks before or after the operation takes effect, or no reply at all. */
export type Fault = keyof typeof STATUS | "breaks" | "breaks late" | "silence";

const STATUS = {
  SlowDown: 503,
  TooManyRequests: 429,
  ConditionalRequestConflict: 409,
  PreconditionFailed: 412,
  AccessDenied: 403,
  InvalidAccessKeyId: 403,
  SignatureDoesNotMatch: 403,
  AuthorizationHeaderMalformed: 400,
} as const;

/** What servers make of the conditions of a request. */
export interface Conditions {
  /** Those of a put that are ignored, or answered with 501. */
  readonly ignored?: readonly ConditionHeader[];
  readonly refused?: readonly ConditionHeader[];
  /** The condition of a delete is ignored, answered with 501, or with 400. */
  readonly deletes?: "ignored" | "refused" | "not understood";
  /** ETags are understood with or without quotes only: others match nothing, or are answered with 400. */
  readonly etags?: "quoted" | "bare" | "quoted, else 400";
}

export type ConditionHeader = "if-match" | "if-none-match";

export interface TestServer {
  readonly endpoint: string;
  readonly buckets: ReadonlyMap<string, Map<string, Uint8Array>>;
  /** Called before each request. */
  faultFor: (request: StoreRequest) => Fault | undefined;
  conditions: Conditions;
  /** How many requests had a fault so far. */
  faults: number;
  stop(): void;
}

const etagOf = (body: Uint8Array): string => `"${createHash("md5").update(body).digest("hex")}"`;

export async function startServer(...names: readonly string[]): Promise<TestServer> {
  const buckets = new Map(names.map((name) => [name, new Map<string, Uint8Array>()]));
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const testServer: TestServer = {
    endpoint: `http://127.0.0.1:${port}`,
    buckets,
    faults: 0,
    faultFor: () => undefined,
    conditions: {},
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "", testServer.endpoint);
    const [, bucket = "", ...parts] = pathname.split("/").map(decodeURIComponent);
    const received = { method: request.method ?? "", bucket, key: parts.join("/") };
    const body = new Uint8Array(await buffer(request));
    const fault = testServer.faultFor(received);
    if (fault) testServer.faults += 1;
    if (fault === "silence") return;
    if (fault === "breaks") return void request.socket.destroy();
    if (fault && fault !== "breaks late") return fail(response, STATUS[fault], fault);
    const objects = buckets.get(bucket);
    const reply = objects
      ? perform(objects, received, body, request, testServer.conditions)
      : () => fail(response, 404, "NoSuchBucket");
    if (fault === "breaks late") return void request.socket.destroy();
    reply(response, searchParams);
  }
  return testServer;
}

function fail(response: ServerResponse, status: number, code: string): void {
  // R2 answers so, where one object is put more than once within a second.
  const others = code === "TooManyRequests" ? { "not-aws": "R2" } : {};
  response.writeHead(status, { "content-type": "application/xml", ...others });
  response.end(`<Error><Code>${code}</Code><Message>on request</Message></Error>`);
}

type Reply = (response: ServerResponse, query: URLSearchParams) => void;

/** Performs the operation at once, and returns how to reply. */
function perform(
  objects: Map<string, Uint8Array>,
  { method, key }: StoreRequest,
  body: Uint8Array,
  { headers }: IncomingMessage,
  conditions: Conditions,
): Reply {
  if (key === "") return (response, query) => list(response, objects, query.get("prefix") ?? "");
  const present = objects.get(key);
  const etag = present && etagOf(present);
  const { ignored = [], refused = [], etags } = conditions;
  const given = (header: ConditionHeader) =>
    method === "PUT" && ignored.includes(header) ? undefined : headers[header];
  const [ifMatch, ifNoneMatch] = [given("if-match"), given("if-none-match")];
  const matches = (header: string | undefined) =>
    header !== undefined &&
    header.replaceAll('"', "") === etag?.slice(1, -1) &&
    (etags === undefined || header.startsWith('"') !== (etags === "bare"));
  if (method === "PUT" && refused.some((header) => headers[header] !== undefined)) {
    return (response) => fail(response, 501, "NotImplemented");
  }
  const isBare = (header: string | undefined) => header !== undefined && header !== "*" && !header.startsWith('"');
  if (etags === "quoted, else 400" && (isBare(ifMatch) || isBare(ifNoneMatch))) {
    return (response) => fail(response, 400, "InvalidArgument");
  }
  if (method === "GET") {
    if (!present || !etag) return (response) => fail(response, 404, "NoSuchKey");
    if (matches(ifNoneMatch)) return (response) => void response.writeHead(304, { etag }).end();
    return (response) => void response.writeHead(200, { etag }).end(present);
  }
  if (method === "DELETE") {
    if (ifMatch !== undefined && conditions.deletes === "refused") {
      return (response) => fail(response, 501, "NotImplemented");
    }
    if (ifMatch !== undefined && conditions.deletes === "not understood") {
      return (response) => fail(response, 400, "InvalidArgument");
    }
    const isAnother = ifMatch !== undefined && conditions.deletes !== "ignored" && !matches(ifMatch);
    if (isAnother && !present) return (response) => fail(response, 404, "NoSuchKey");
    if (isAnother) return (response) => fail(response, 412, "PreconditionFailed");
    objects.delete(key);
    return (response) => void response.writeHead(204).end();
  }
  const isMet = ifNoneMatch === "*" ? !present : (ifMatch ?? "") === "" || matches(ifMatch);
  if (!isMet) return (response) => fail(response, 412, "PreconditionFailed");
  objects.set(key, body);
  return (response) => void response.writeHead(200, { etag: etagOf(body) }).end();
}

function list(response: ServerResponse, objects: ReadonlyMap<string, Uint8Array>, prefix: string): void {
  const contents = [...objects]
    .filter(([key]) => key.startsWith(prefix))
    .sort(([a], [b]) => compareKeys(a, b))
    .map(([key, body]) => {
      const etag = etagOf(body).replaceAll('"', "&quot;");
      return `<Contents><Key>${encodeURIComponent(key)}</Key><ETag>${etag}</ETag><Size>${body.length}</Size></Contents>`;
    });
  response.writeHead(200, { "content-type": "application/xml" });
  response.end(`<ListBucketResult>${contents.join("")}<IsTruncated>false</IsTruncated></ListBucketResult>`);
}
