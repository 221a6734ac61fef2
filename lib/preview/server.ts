/** The preview's server: requests from this machine, answered as the CDN's edge would answer them. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type Store, type StoredObject, StoreUnreadable } from "../stores/store.ts";
import { encodePath } from "./address.ts";
import { decide, type Edge, type EdgeRequest, entranceOf } from "./decide.ts";
import { type Response, respond } from "./respond.ts";
import { failureResponse, waitingResponse } from "./words.ts";

/** What is served now. */
export interface Shown {
  readonly edge: Edge;
  readonly store: Store;
}

export interface PreviewServer {
  /** `http://127.0.0.1:4000` */
  readonly origin: string;
  close(): Promise<void>;
}

/** Nobody else on the network can reach it. */
const HOST = "127.0.0.1";

/** A name that leads here from elsewhere (DNS rebinding) is some web page's that wants to read what is not published. */
const isLocal = (host = ""): boolean => /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i.test(host);

/** How many ports are tried, from the usual one on. */
const TRIES = 20;

export interface PortChoice {
  readonly port: number;
  /** The next free one will do as well. */
  readonly isFlexible: boolean;
}

/** `shown` is asked for each request; words stand for nothing to show yet. Rejects with `EADDRINUSE`. */
export async function startServer(choice: PortChoice, shown: () => Shown | string): Promise<PreviewServer> {
  const server = createServer((request, response) => {
    if (!isLocal(request.headers.host)) {
      response
        .writeHead(421, { "content-type": "text/plain; charset=utf-8" })
        .end("this preview is for this machine\n");
      return;
    }
    void answer(requestOf(request), shown()).then((answered) => write(request, response, answered));
  });
  const last = Math.min(choice.port + (choice.isFlexible ? TRIES : 0), 65_535);
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

async function answer(request: EdgeRequest, shown: Shown | string): Promise<Response> {
  if (typeof shown === "string") return waitingResponse(request, shown);
  const { edge, store } = shown;
  try {
    const decision = decide(request, edge);
    // The feeds may be all that there is on this server; elsewhere this is the site's own home page.
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

/** A key that the store could never hold is one at which nothing lies. */
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

/** Published feeds are for every web page; what is not published yet is for pages of this machine alone. */
function write(request: IncomingMessage, response: ServerResponse, { status, headers, body }: Response): void {
  const { "access-control-allow-origin": _, ...kept } = headers;
  const { origin } = request.headers;
  const isOwn = origin !== undefined && isLocal(origin.replace(/^https?:\/\//i, ""));
  response.writeHead(status, isOwn ? { ...kept, "access-control-allow-origin": origin } : kept);
  response.end(body);
}
