/** Answers in JSON, which nothing on the way may keep. */
import type { HttpError } from "./error.ts";

type Headers = { readonly [name: string]: string };

/** `no-store`: tokens, names of people and texts of drafts are in these (RFC 6749, section 5.1, wants it of tokens). */
const HEADERS: Headers = {
  "content-type": "application/json",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
};

export const answerJson = (status: number, body: object, headers: Headers = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { ...HEADERS, ...headers } });

export const answerEmpty = (headers: Headers = {}): Response =>
  new Response(null, { status: 204, headers: { "cache-control": "no-store", ...headers } });

/** As RFC 6749, section 5.2, and Micropub have it. */
export const answerError = ({ status, code, message, headers, members }: HttpError): Response =>
  answerJson(status, { error: code, error_description: message, ...members }, headers);
