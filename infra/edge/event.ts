/** Events of CloudFront Functions, as far as they are used, and what is read from them. Written for that runtime. */
import type { EdgeRequest } from "../../lib/preview/decide.ts";

interface Value {
  readonly value: string;
  readonly multiValue?: readonly { readonly value: string }[];
}

export interface CloudfrontRequest {
  readonly method: string;
  /** Without its query, as it was sent; a viewer-request function may set another. */
  uri: string;
  querystring: { readonly [name: string]: Value };
  headers: { [name: string]: { readonly value: string } };
  /** Since November 2025; not where a function is tried in the console. */
  rawQueryString?(): string | undefined;
}

export interface CloudfrontResponse {
  readonly statusCode: number;
  readonly statusDescription?: string;
  headers: { [name: string]: { readonly value: string } };
  readonly body?: { readonly encoding: "text"; readonly data: string };
}

/** Names the key that was decided on, from the request's function to the response's. */
export const KEY_HEADER = "x-dripfeed-key";

export function requestOf(request: CloudfrontRequest): EdgeRequest {
  const headers: { [name: string]: string } = {};
  Object.keys(request.headers).forEach((name) => {
    headers[name] = (request.headers[name] || { value: "" }).value;
  });
  return { method: request.method, path: request.uri, query: queryOf(request), headers };
}

export function queryOf(request: CloudfrontRequest): string {
  const raw = request.rawQueryString ? request.rawQueryString() : undefined;
  if (raw) return raw;
  const params: string[] = [];
  Object.keys(request.querystring).forEach((name) => {
    const given: Value = request.querystring[name] || { value: "" };
    (given.multiValue || [given]).forEach((each) => {
      params.push(each.value === "" ? name : `${name}=${each.value}`);
    });
  });
  return params.join("&");
}

export function headersFor(given: { readonly [name: string]: string }): CloudfrontResponse["headers"] {
  const headers: CloudfrontResponse["headers"] = {};
  Object.keys(given).forEach((name) => {
    headers[name] = { value: given[name] || "" };
  });
  return headers;
}
