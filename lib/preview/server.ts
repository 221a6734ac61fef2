/** The preview's HTTP server: answers requests from this machine as the CDN's edge would. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { EdgeRequest } from "../edge/decide.ts";
import { answer, messageOf, type OwnPages, type Served, splitTarget, tagAt } from "./answer.ts";
import { type OpenPages, watchPages } from "./live.ts";
import { type OpenMedia, openMedia } from "./media.ts";
import { failureResponse } from "./messages.ts";
import { EVENTS, OWN } from "./own/paths.ts";
import { respondWithFile } from "./respond.ts";
import type { Body, Response } from "./response.ts";

export interface PreviewServer {
  /** `http://127.0.0.1:4000` */
  readonly origin: string;
  /** Pages that would show something else now are loaded again. */
  changed(): void;
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

/** What answers before anything that is served: `false` for an address that is not its own. */
export interface First {
  readonly answer: (exchange: {
    readonly request: IncomingMessage;
    readonly response: ServerResponse;
  }) => Promise<boolean>;
  /** The host name that a proxy before this server is asked by, and may pass on. */
  readonly host: string | undefined;
}

/** `served` is called for each request; a text explains why nothing is served yet. Rejects with `EADDRINUSE`. */
export async function startServer(
  choice: PortChoice,
  served: () => Served | string,
  own?: OwnPages,
  first?: First,
): Promise<PreviewServer> {
  const live = watchPages((address) => tagAt(address, served(), own));
  const server = createServer((request, response) => {
    const { host } = request.headers;
    if (!isLocal(host) && (host === undefined || host !== first?.host)) {
      response.writeHead(421, { "content-type": "text/plain; charset=utf-8" }).end("this is only for this machine\n");
      return;
    }
    void serve(request, response, { served: served(), own, first, live });
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
    changed: live.changed,
    close: () =>
      new Promise((resolve) => {
        live.end();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Serving {
  readonly served: Served | string;
  readonly own: OwnPages | undefined;
  readonly first: First | undefined;
  readonly live: OpenPages;
}

/** A media file is open until its response is sent, or the client has gone. */
async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  { served, own, first, live }: Serving,
): Promise<void> {
  const asked = requestOf(request);
  if (asked.path === EVENTS) return live.open(request, response, asked.query);
  let media: OpenMedia | undefined;
  try {
    if (await first?.answer({ request, response })) return;
    media = typeof served === "string" ? undefined : await openMedia(asked, served.media);
    const answered = media ? await respondWithFile(asked, media.headers, media.file) : await answer(asked, served, own);
    await write(asked, response, answered);
  } catch (error) {
    // Once a part is sent, only a broken connection can say that the rest does not come.
    if (response.headersSent) response.destroy();
    else await write(asked, response, failureResponse(asked, messageOf(error)));
  } finally {
    await media?.file.close();
  }
}

function requestOf({ method = "GET", url: target = "/", headers }: IncomingMessage): EdgeRequest {
  const url = target.replace(/^https?:\/\/[^/?]*/i, "") || "/"; // the absolute form (RFC 9112 §3.2.2)
  const asked = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  return { method, ...splitTarget(url), headers: asked };
}

/**
 * Published feeds allow every origin (CORS); the preview, which shows drafts, allows only pages of this machine, and none to read
 * its own pages.
 */
async function write(
  { path, headers: asked }: EdgeRequest,
  response: ServerResponse,
  { status, headers, body }: Response<Body>,
): Promise<void> {
  const { "access-control-allow-origin": _, ...kept } = headers;
  const { origin } = asked;
  const isAllowed = origin !== undefined && isLocal(origin.replace(/^https?:\/\//i, "")) && !path.startsWith(OWN);
  response.writeHead(status, isAllowed ? { ...kept, "access-control-allow-origin": origin } : kept);
  if (body instanceof Uint8Array) response.end(body);
  else await pipeline(Readable.from(body), response);
}
