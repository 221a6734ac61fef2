/** Node's requests and responses ↔ those of the Fetch standard, for a server on this machine. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { AnswerWriting } from "../types.ts";

/** Answers a request to the server as one to `origin`, whatever host it names. `false` for an address that is not of writing. */
export async function answerHere(
  answer: AnswerWriting,
  origin: string,
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
): Promise<boolean> {
  const asked = requestAt(origin, request);
  const answered = asked && (await answer(asked));
  if (!answered) return false;
  const { status, headers, body } = answered;
  const cookies = headers.getSetCookie();
  const others = [...headers].filter(([name]) => name !== "set-cookie");
  response.writeHead(status, {
    ...Object.fromEntries(others),
    ...(cookies.length > 0 ? { "set-cookie": cookies } : {}),
  });
  if (!body) response.end();
  else await pipeline(Readable.fromWeb(body), response);
  // A body that was refused before its end is not read any further.
  if (!request.complete) request.destroy();
  return true;
}

const METHODS = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"];

function requestAt(origin: string, request: IncomingMessage): Request | undefined {
  const { method = "GET", url: target = "/" } = request;
  const path = target.replace(/^https?:\/\/[^/?]*/i, ""); // the absolute form (RFC 9112 §3.2.2)
  if (!METHODS.includes(method) || !path.startsWith("/")) return undefined;
  const url = new URL(origin + path);
  if (url.origin !== origin) return undefined;
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined && name !== "host") headers.set(name, String(value));
  }
  if (method === "GET" || method === "HEAD") return new Request(url, { method, headers });
  return new Request(url, { method, headers, body: Readable.toWeb(request) as ReadableStream, duplex: "half" });
}
