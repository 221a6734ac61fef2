/** The preview's HTTP server: answers requests from this machine as the CDN's edge would. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { encodePath } from "../edge/address.ts";
import { decide, type EdgeRequest } from "../edge/decide.ts";
import { type Edge, entranceOf } from "../edge/folders.ts";
import { type OpenWithin, type Store, type StoredObject, StoreUnreadable } from "../stores/store.ts";
import { type OpenMedia, openMedia } from "./media.ts";
import { failureResponse, waitingResponse } from "./messages.ts";
import { respond, respondWithFile } from "./respond.ts";
import type { Body, Response } from "./response.ts";

/** The site and the store that are served now. */
export interface Served {
  readonly edge: Edge;
  readonly store: Store;
  /** Opens files of the content. */
  readonly media: OpenWithin;
}

export interface PreviewServer {
  /** `http://127.0.0.1:4000` */
  readonly origin: string;
  close(): Promise<void>;
}

/** Not reachable from the network. */
const HOST = "127.0.0.1";

/** Any other host name that resolves to this machine may be a web page's attempt to read drafts (DNS rebinding). */
const isLocal = (host = ""): boolean => /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i.test(host);

/** How many more ports are tried after the first. */
const MORE_PORTS = 20;

export interface PortChoice {
  readonly port: number;
  /** Take the next free port if this one is in use. */
  readonly isFlexible: boolean;
}

/** `served` is called for each request; a text explains why nothing is served yet. Rejects with `EADDRINUSE`. */
export async function startServer(choice: PortChoice, served: () => Served | string): Promise<PreviewServer> {
  const server = createServer((request, response) => {
    if (!isLocal(request.headers.host)) {
      response
        .writeHead(421, { "content-type": "text/plain; charset=utf-8" })
        .end("the preview is only for this machine\n");
      return;
    }
    void serve(request, response, served());
  });
  const last = Math.min(choice.port + (choice.isFlexible ? MORE_PORTS : 0), 65_535);
  for (let port = choice.port; ; port++) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject).listen(port, HOST, () => {
          server.off("error", reject);
          resolve();
        });
      });
      break;
    } catch (error) {
      server.removeAllListeners("error");
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE" || port >= last) throw error;
    }
  }
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : choice.port;
  return {
    origin: `http://${HOST}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A media file is open until its response is sent, or the client has gone. */
async function serve(request: IncomingMessage, response: ServerResponse, served: Served | string): Promise<void> {
  const asked = requestOf(request);
  let media: OpenMedia | undefined;
  try {
    media = typeof served === "string" ? undefined : await openMedia(asked, served.media);
    const answered = media ? await respondWithFile(asked, media.headers, media.file) : await answer(asked, served);
    await write(request, response, answered);
  } catch (error) {
    // Once a part is sent, only a broken connection can say that the rest does not come.
    if (response.headersSent) response.destroy();
    else await write(request, response, failureResponse(asked, error instanceof Error ? error.message : String(error)));
  } finally {
    await media?.file.close();
  }
}

async function answer(request: EdgeRequest, served: Served | string): Promise<Response> {
  if (typeof served === "string") return waitingResponse(request, served);
  const { edge, store } = served;
  try {
    const decision = decide(request, edge);
    // Here only the feeds are served; when deployed, the site's home page is at `/`.
    if (decision.kind === "refuse" && decision.status === 404 && request.path === "/") return toFeeds(edge);
    const object = decision.kind === "serve" ? await read(store, decision.key) : undefined;
    return await respond(request, decision, object, entranceOf(edge));
  } catch (error) {
    return failureResponse(request, error instanceof Error ? error.message : String(error));
  }
}

const toFeeds = ({ base }: Edge): Response => {
  return { status: 302, headers: { location: encodePath(base), "cache-control": "no-cache" }, body: new Uint8Array() };
};

/** A key that is not valid in the store has no object. */
async function read(store: Store, key: string): Promise<StoredObject | undefined> {
  try {
    const object = await store.get(key);
    return object === "unchanged" ? undefined : object;
  } catch (error) {
    if (error instanceof StoreUnreadable) return undefined;
    throw error;
  }
}

function requestOf({ method = "GET", url: target = "/", headers }: IncomingMessage): EdgeRequest {
  const url = target.replace(/^https?:\/\/[^/?]*/i, "") || "/"; // the absolute form (RFC 9112 §3.2.2)
  const at = url.indexOf("?");
  return {
    method,
    path: at < 0 ? url : url.slice(0, at),
    query: at < 0 ? "" : url.slice(at + 1),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
  };
}

/** Published feeds allow every origin (CORS); the preview, which shows drafts, allows only pages of this machine. */
async function write(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: Response<Body>,
): Promise<void> {
  const { "access-control-allow-origin": _, ...kept } = headers;
  const { origin } = request.headers;
  const isOwn = origin !== undefined && isLocal(origin.replace(/^https?:\/\//i, ""));
  response.writeHead(status, isOwn ? { ...kept, "access-control-allow-origin": origin } : kept);
  if (body instanceof Uint8Array) response.end(body);
  else await pipeline(Readable.from(body), response);
}
