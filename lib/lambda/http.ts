/** A function URL's event (payload format 2.0) → a request of the Fetch standard, and its response → the result. */
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";

/** The part of the event that is used. https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads */
export type UrlEvent = Pick<APIGatewayProxyEventV2, "headers" | "rawPath" | "rawQueryString" | "isBase64Encoded"> & {
  readonly cookies?: readonly string[] | undefined;
  readonly body?: string | undefined;
  readonly requestContext: { readonly http: { readonly method: string } };
};

/** Of the connection to the function, and not of the request: its host is not the one that was asked. */
const NOT_PASSED = /^(?:host|connection|transfer-encoding|content-length|x-amz-|x-amzn-|x-dripfeed-)/;

/** Those that the CDN passes on; the Fetch standard has no other two of HTTP's. */
const METHODS = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"];
/** What a header's value may hold in the Fetch standard: a byte each, on one line. */
const VALUE = /^[\t\x20-\xff]*$/;

/** `origin`: the one that was asked, which the event does not say. `undefined` for what is no request. */
export function requestOf(event: UrlEvent, origin: string): Request | undefined {
  const { headers: given, cookies = [], rawPath, rawQueryString, body, isBase64Encoded } = event;
  const { method } = event.requestContext.http;
  if (!METHODS.includes(method)) return undefined;
  const url = new URL(origin);
  url.pathname = rawPath; // a question mark in it stays a part of it
  url.search = rawQueryString;
  const headers = new Headers();
  for (const [name, value = ""] of [...Object.entries(given), ["cookie", cookies.join("; ")] as const]) {
    if (!NOT_PASSED.test(name) && VALUE.test(value) && value !== "") headers.set(name, value);
  }
  const hasBody = body !== undefined && method !== "GET" && method !== "HEAD";
  return new Request(url, {
    method,
    headers,
    ...(hasBody ? { body: Buffer.from(body, isBase64Encoded ? "base64" : "utf8") } : {}),
  });
}

/** `accepted`: the request's `Accept-Encoding`. */
export async function resultOf(response: Response, accepted = ""): Promise<APIGatewayProxyStructuredResultV2> {
  const cookies = response.headers.getSetCookie();
  const headers = Object.fromEntries([...response.headers].filter(([name]) => name !== "set-cookie"));
  const body = Buffer.from(await response.arrayBuffer());
  const result = { statusCode: response.status, ...(cookies.length > 0 ? { cookies } : {}) };
  const coding = mayBeCompressed(response, body.length) ? codingFor(accepted) : undefined;
  const vary = [headers["vary"], "Accept-Encoding"].filter(Boolean).join(", ");
  if (coding) {
    const coded = { ...headers, vary, "content-encoding": coding };
    return { ...result, headers: coded, body: (await CODERS[coding](body)).toString("base64"), isBase64Encoded: true };
  }
  if (body.length === 0) return { ...result, headers };
  const text = TEXT.test(headers["content-type"] ?? "") ? body.toString("utf8") : undefined;
  // Bytes that are no UTF-8 are not the same as text.
  if (text !== undefined && Buffer.byteLength(text) === body.length) return { ...result, headers, body: text };
  return { ...result, headers, body: body.toString("base64"), isBase64Encoded: true };
}

const TEXT = /^(?:text\/|application\/(?:[\w.-]+\+)?json\b|image\/svg\+xml\b)/;

/** Files of the page. What answers hold is left as it is: a secret beside what was sent could be told by its length (BREACH). */
const PAGE = /^(?:text\/(?:html|javascript|css)|application\/manifest\+json|image\/svg\+xml)\b/;
const MIN_BYTES = 1_000;

const mayBeCompressed = ({ status, headers }: Response, size: number): boolean =>
  status === 200 &&
  size >= MIN_BYTES &&
  PAGE.test(headers.get("content-type") ?? "") &&
  !headers.has("set-cookie") &&
  !headers.has("content-encoding");

type Coding = "br" | "gzip";

/** A level that takes a millisecond or two for the page. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
const CODERS: { readonly [coding in Coding]: (body: Uint8Array) => Promise<Buffer> } = {
  br: (body) => promisify(brotliCompress)(body, BROTLI),
  gzip: (body) => promisify(gzip)(body),
};

/**
 * CloudFront does not compress what it does not cache
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html). Browsers name both codings, without
 * weights; whoever refuses one by a weight of 0 gets what is not compressed.
 */
function codingFor(accepted: string): Coding | undefined {
  const names = accepted
    .toLowerCase()
    .split(",")
    .map((each) => each.trim());
  return names.includes("br") ? "br" : names.includes("gzip") ? "gzip" : undefined;
}
