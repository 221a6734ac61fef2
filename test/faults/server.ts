/** An object store that speaks as much S3 as Dripfeed asks for, over HTTP, and goes wrong when it is told to. */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { compareKeys } from "../../lib/stores/store.ts";

export interface Asked {
  readonly method: string;
  readonly bucket: string;
  /** Empty: the bucket is listed. */
  readonly key: string;
}

/** An error by its code, or a connection that breaks: before anything took place, or when all did; or no reply at all. */
export type Trouble = "SlowDown" | "ConditionalRequestConflict" | "AccessDenied" | "breaks" | "breaks late" | "silence";

const STATUS = { SlowDown: 503, ConditionalRequestConflict: 409, AccessDenied: 403 } as const;

export interface TestServer {
  readonly endpoint: string;
  readonly buckets: ReadonlyMap<string, Map<string, Uint8Array>>;
  /** Asked before each request. */
  trouble: (asked: Asked) => Trouble | undefined;
  /** Requests so far that met trouble. */
  troubled: number;
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
  const told: TestServer = {
    ...{ endpoint: `http://127.0.0.1:${port}`, buckets, troubled: 0, trouble: () => undefined },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "", told.endpoint);
    const [, bucket = "", ...parts] = pathname.split("/").map(decodeURIComponent);
    const asked = { method: request.method ?? "", bucket, key: parts.join("/") };
    const body = new Uint8Array(await buffer(request));
    const trouble = told.trouble(asked);
    if (trouble) told.troubled += 1;
    if (trouble === "silence") return;
    if (trouble === "breaks") return void request.socket.destroy();
    if (trouble && trouble !== "breaks late") return fail(response, STATUS[trouble], trouble);
    const objects = buckets.get(bucket);
    const reply = objects ? take(objects, asked, body, request) : () => fail(response, 404, "NoSuchBucket");
    if (trouble === "breaks late") return void request.socket.destroy();
    reply(response, searchParams);
  }
  return told;
}

function fail(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { "content-type": "application/xml" });
  response.end(`<Error><Code>${code}</Code><Message>told to</Message></Error>`);
}

type Reply = (response: ServerResponse, query: URLSearchParams) => void;

/** What is done is done before the reply is written. */
function take(
  objects: Map<string, Uint8Array>,
  { method, key }: Asked,
  body: Uint8Array,
  { headers }: IncomingMessage,
): Reply {
  if (key === "") return (response, query) => list(response, objects, query.get("prefix") ?? "");
  const present = objects.get(key);
  const etag = present && etagOf(present);
  const names = (header: string | undefined) =>
    header !== undefined && header.replaceAll('"', "") === etag?.slice(1, -1);
  if (method === "GET") {
    if (!present || !etag) return (response) => fail(response, 404, "NoSuchKey");
    if (names(headers["if-none-match"])) return (response) => void response.writeHead(304, { etag }).end();
    return (response) => void response.writeHead(200, { etag }).end(present);
  }
  if (method === "DELETE") {
    objects.delete(key);
    return (response) => void response.writeHead(204).end();
  }
  const isMet =
    headers["if-none-match"] === "*" ? !present : (headers["if-match"] ?? "") === "" || names(headers["if-match"]);
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
