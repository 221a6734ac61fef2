/** What the store or the cache answers → what the viewer is told of it: real types, links, who may read. */
import { decodePath } from "../../lib/preview/address.ts";
import { asksRaw, decide, type Edge, headersOf } from "../../lib/preview/decide.ts";
import {
  type CloudfrontRequest,
  type CloudfrontResponse,
  headersFor,
  KEY_HEADER,
  queryOf,
  requestOf,
} from "./event.ts";

/** Put in its place when the function is built. */
declare const EDGE: Edge;

export function handler(event: {
  readonly request: CloudfrontRequest;
  readonly response: CloudfrontResponse;
}): CloudfrontResponse {
  const response = event.response;
  const key = keyOf(event.request);
  if (response.statusCode >= 400 || key === undefined) return response;
  const headers = headersFor(headersOf(key, asksRaw(queryOf(event.request)), EDGE));
  Object.keys(headers).forEach((name) => {
    response.headers[name] = headers[name] || { value: "" };
  });
  return response;
}

/** As the request's function noted it; where that is not passed on, decided once more. */
function keyOf(request: CloudfrontRequest): string | undefined {
  const noted = request.headers[KEY_HEADER];
  if (noted) return (decodePath(`/${noted.value}`) || "/").slice(1);
  const decision = decide(requestOf(request), EDGE);
  return decision.kind === "serve" ? decision.key : undefined;
}
