/** Viewer request → the key to fetch, or a response. Runs at the edge, before the cache. */
import { encodePath } from "../../lib/edge/address.ts";
import { decide } from "../../lib/edge/decide.ts";
import type { Edge } from "../../lib/edge/folders.ts";
import {
  type CloudfrontRequest,
  type CloudfrontResponse,
  headersFor,
  KEY_HEADER,
  MEDIA_PATH,
  requestOf,
} from "./event.ts";

/** Replaced by the site's data when the function is built. */
declare const EDGE: Edge;

export function handler(event: { readonly request: CloudfrontRequest }): CloudfrontRequest | CloudfrontResponse {
  const request = event.request;
  if (request.method !== "OPTIONS" && request.uri.indexOf(MEDIA_PATH) === 0) return request;
  const decision = decide(requestOf(request), EDGE);
  if (decision.kind === "serve") {
    const key = encodePath(decision.key);
    request.uri = `/${key}`;
    request.headers[KEY_HEADER] = { value: key };
    return request;
  }
  const headers = headersFor(decision.headers);
  if (decision.kind !== "refuse") return { statusCode: decision.status, headers };
  headers["content-type"] = { value: "text/plain; charset=utf-8" };
  headers["access-control-allow-origin"] = { value: "*" };
  const body = request.method === "HEAD" ? "" : `${decision.status} ${decision.reason}\n`;
  return { statusCode: decision.status, headers, body: { encoding: "text", data: body } };
}
