/** The parts of CloudFront Functions' events that are used, and their conversion. Written for that runtime. */
import type { EdgeRequest } from "../../lib/edge/decide.ts";

interface Value {
  readonly value: string;
  readonly multiValue?: readonly { readonly value: string }[];
}

export interface CloudfrontRequest {
  readonly method: string;
  /** As sent, without the query; a viewer-request function may replace it. */
  uri: string;
  querystring: { readonly [name: string]: Value };
  headers: { [name: string]: { readonly value: string } };
  /** Added in November 2025; missing when a function is tested in the console. */
  rawQueryString?(): string | undefined;
}

export interface CloudfrontResponse {
  readonly statusCode: number;
  readonly statusDescription?: string;
  headers: { [name: string]: { readonly value: string } };
  readonly body?: { readonly encoding: "text"; readonly data: string };
}

/** Where the content store's media are served, from that store. */
export const MEDIA_PATH = "/media/";

/** Passes the key that was decided on from the request's function to the response's. */
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
