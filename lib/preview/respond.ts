/** Decision and object → HTTP response, by RFC 9110 and as CloudFront responds. */
import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import fresh from "fresh";
import Negotiator from "negotiator";
import { present } from "../base/optional.ts";
import type { Decision, EdgeRequest } from "../edge/decide.ts";
import { type Headers, storedHeaders } from "../edge/headers.ts";
import type { OpenFile, StoredObject } from "../stores/store.ts";
import { absentResponse, refusalResponse } from "./messages.ts";
import type { Body, Response } from "./response.ts";

/** `object` is the one at the key of a `serve` decision; `entrance` is the URL offered where there is none. */
export async function respond(
  request: EdgeRequest,
  decision: Decision,
  object: StoredObject | undefined,
  entrance: string,
): Promise<Response> {
  if (decision.kind === "redirect") return redirectResponse(decision);
  if (decision.kind === "allow") return { status: decision.status, headers: decision.headers, body: NOTHING };
  if (decision.kind === "refuse") return withLength(request, refusalResponse(request, decision, entrance));
  if (!object) return withLength(request, absentResponse(request, entrance));
  const stored = storedHeaders(object.contentType ?? "", decision.isShown);
  return contentResponse(request, { ...stored, ...decision.headers }, contentOf(object));
}

/** A page of the preview's own. */
export const respondWithPage = (request: EdgeRequest, headers: Headers, page: string): Promise<Response> => {
  const body = new TextEncoder().encode(page);
  return contentResponse(request, headers, contentOf({ body, contentType: "text/html; charset=utf-8" }));
};

/** With the headers of the CDN's media. The file may be read as long as the response is sent. */
export const respondWithFile = (request: EdgeRequest, headers: Headers, file: OpenFile): Promise<Response<Body>> =>
  contentResponse<Body>(request, headers, {
    type: undefined,
    modified: file.modified,
    size: file.size,
    tag: file.etag,
    read: (start, end) => file.read(start, end),
  });

/** What a response is made from, before it is known how much of it is sent. */
interface Content<B extends Body> {
  readonly type: string | undefined;
  readonly modified: string | undefined;
  readonly size: number;
  /** The ETag of it as it is, without its quotes. */
  readonly tag: string;
  /** From `start` to `end`, both included. */
  readonly read: (start: number, end: number) => B;
}

const contentOf = ({ body, contentType, modified }: Omit<StoredObject, "etag">): Content<Uint8Array> => ({
  type: contentType,
  modified,
  size: body.length,
  tag: createHash("sha256").update(body).digest("base64url").slice(0, 22),
  read: (start, end) => body.subarray(start, end + 1),
});

const NOTHING = new Uint8Array();

const redirectResponse = ({ status, headers }: Pick<Response, "status" | "headers">): Response => {
  return { status, headers: { ...headers, "content-length": "0" }, body: NOTHING };
};

/** RFC 9110 §9.3.2: HEAD has the headers of GET, and no content. */
function withLength<B extends Body>(
  { method }: EdgeRequest,
  { status, headers, body }: Response<B>,
  length = body instanceof Uint8Array ? body.length : 0,
): Response<B | Uint8Array> {
  const all = { ...headers, "content-length": String(length) };
  return { status, headers: all, body: method === "HEAD" ? NOTHING : body };
}

async function contentResponse<B extends Body>(
  request: EdgeRequest,
  given: Headers,
  content: Content<B>,
): Promise<Response<B | Uint8Array>> {
  const { size, read } = content;
  const headers = describe(given, content);
  const compressible = isCompressible(headers["content-type"] ?? "", size);
  const coding = compressible ? codingFor(request) : undefined;
  const vary = [headers["vary"], compressible ? "Accept-Encoding" : undefined].filter(Boolean).join(", ");
  const all = {
    ...headers,
    etag: etagOf(content.tag, coding),
    "accept-ranges": "bytes",
    ...present({ vary: vary || undefined }),
  };
  // CloudFront ignores a viewer's `cache-control`: a browser that reloads with `no-cache` gets 304 too.
  if (fresh({ ...request.headers, "cache-control": undefined }, all)) return notModified(all);

  const range = coding ? undefined : rangeOf(request, all, size);
  if (range === "unsatisfiable") {
    const sizeOnly = { ...all, "content-range": `bytes */${size}` };
    return withLength(request, { status: 416, headers: sizeOnly, body: NOTHING });
  }
  if (range) {
    const { start, end } = range;
    const part = { ...all, "content-range": `bytes ${start}-${end}/${size}` };
    return withLength(request, { status: 206, headers: part, body: read(start, end) }, end - start + 1);
  }
  if (!coding) return withLength(request, { status: 200, headers: all, body: read(0, size - 1) }, size);
  const body = await CODERS[coding](await bytesOf(read(0, size - 1)));
  return withLength(request, { status: 200, headers: { ...all, "content-encoding": coding }, body });
}

const bytesOf = async (body: Body): Promise<Uint8Array> => (body instanceof Uint8Array ? body : buffer(body));

/** The headers of the edge, completed by what the store knows of the object. */
function describe(given: Headers, { type, modified }: Pick<Content<Body>, "type" | "modified">): Headers {
  return {
    "content-type": type ?? "application/octet-stream",
    ...given,
    ...present({ "last-modified": modified === undefined ? undefined : new Date(modified).toUTCString() }),
  };
}

/** RFC 9110 §15.4.5: the headers that a cache updates, without those that describe the content. */
function notModified(headers: Headers): Response {
  const ofContent = /^content-|^last-modified$|^accept-ranges$/;
  const kept = Object.entries(headers).filter(([name]) => !ofContent.test(name));
  return { status: 304, headers: Object.fromEntries(kept), body: NOTHING };
}

/** A strong ETag differs for each coding of the same content (RFC 9110 §8.8.3.3). */
const etagOf = (tag: string, coding: Coding | undefined): string => `"${tag}${coding ? `-${coding}` : ""}"`;

// ── Compression (RFC 9110 §12.5.3) ─────────────────────────────────────────────────────────────────────────────────

type Coding = "br" | "gzip";

/** A fast level, since every response is compressed anew. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

const CODERS: { readonly [coding in Coding]: (body: Uint8Array) => Promise<Uint8Array> } = {
  br: (body) => promisify(brotliCompress)(body, BROTLI),
  gzip: (body) => promisify(gzip)(body),
};

/** CloudFront compresses only bodies within these sizes. */
const MIN_BYTES = 1_000;
const MAX_BYTES = 10_000_000;

const COMPRESSIBLE = /^text\/|^application\/(?:[\w.-]+\+)?(?:xml|json)\b|^application\/javascript\b|^image\/svg\+xml\b/;

const isCompressible = (type: string, size: number): boolean =>
  COMPRESSIBLE.test(type) && size >= MIN_BYTES && size <= MAX_BYTES;

/** The package's types lack the second parameter. */
interface EncodingNegotiator {
  encoding(available: readonly string[], options: { readonly preferred: readonly string[] }): string | undefined;
}

/** CloudFront prefers Brotli where both are accepted equally. A range is taken of the uncompressed content. */
function codingFor({ headers }: EdgeRequest): Coding | undefined {
  if (headers["range"] !== undefined) return undefined;
  const negotiator: EncodingNegotiator = new Negotiator({ headers });
  const accepted = negotiator.encoding(["br", "gzip", "identity"], { preferred: ["br", "gzip"] });
  return accepted === "br" || accepted === "gzip" ? accepted : undefined;
}

// ── Ranges (RFC 9110 §14) ──────────────────────────────────────────────────────────────────────────────────────────

const RANGE = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i;

/** One range of bytes. Several ranges, other units and malformed headers are ignored, and the whole is sent (§14.2). */
function rangeOf(
  { method, headers }: EdgeRequest,
  answer: Headers,
  size: number,
): { readonly start: number; readonly end: number } | "unsatisfiable" | undefined {
  const { range = "", "if-range": condition } = headers;
  const [matched, first = "", last = ""] = RANGE.exec(range) ?? [];
  if (method !== "GET" || matched === undefined || first + last === "") return undefined;
  if (condition !== undefined && !isSame(condition, answer)) return undefined;
  if (first !== "" && last !== "" && Number(last) < Number(first)) return undefined; // §14.1.1: invalid
  // Without a first position, the last number is a length from the end, at most the whole (§14.1.2).
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  return start < size ? { start, end } : "unsatisfiable";
}

/** RFC 9110 §13.1.5: the exact ETag or the exact date. */
const isSame = (condition: string, { etag, "last-modified": modified }: Headers): boolean =>
  condition === etag || condition === modified;
