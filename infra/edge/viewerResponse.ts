/** Response of the store or the cache → response to the viewer, with content type, links and CORS headers. */
import { decodePath } from "../../lib/edge/address.ts";
import { decide } from "../../lib/edge/decide.ts";
import type { Edge } from "../../lib/edge/folders.ts";
import { asksRaw, headersOf, isPerson, storedHeaders } from "../../lib/edge/headers.ts";
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

export function handler(event: {
  readonly request: CloudfrontRequest;
  readonly response: CloudfrontResponse;
}): CloudfrontResponse {
  const response = event.response;
  if (isOfMedia(event.request)) {
    // Players in pages of other sites ask for ranges. The distribution's own policy names these headers to preflights alone.
    response.headers["access-control-expose-headers"] = { value: "ETag, Content-Range" };
    return response;
  }
  const key = keyOf(event.request);
  if (response.statusCode >= 400 || key === undefined) return response;
  const request = requestOf(event.request);
  const isShown = asksRaw(request.query) || isPerson(request.headers);
  const stored = response.headers["content-type"];
  // The headers that the key gives count before those that the object's own type gives.
  [storedHeaders(stored ? stored.value : "", isShown), headersOf(key, isShown, EDGE)]
    .map(headersFor)
    .forEach((headers) => {
      Object.keys(headers).forEach((name) => {
        response.headers[name] = headers[name] || { value: "" };
      });
    });
  return response;
}

/** What the request's function has passed on as it is. */
const isOfMedia = (request: CloudfrontRequest): boolean =>
  !request.headers[KEY_HEADER] && request.uri.indexOf(MEDIA_PATH) === 0;

/** The key from the request's function, or decided again where CloudFront did not pass the header on. */
function keyOf(request: CloudfrontRequest): string | undefined {
  const passed = request.headers[KEY_HEADER];
  if (passed) return (decodePath(`/${passed.value}`) || "/").slice(1);
  const decision = decide(requestOf(request), EDGE);
  return decision.kind === "serve" ? decision.key : undefined;
}
