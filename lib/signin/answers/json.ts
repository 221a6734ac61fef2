/** Answers in JSON, which nothing on the way may keep. */

export interface Answered {
  readonly [name: string]: unknown;
}

/** `no-store`: tokens and names of people are in these (RFC 6749 5.1 wants it of tokens). */
const HEADERS = {
  "content-type": "application/json",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
};

export const answerJson = (
  status: number,
  body: Answered,
  headers: { readonly [name: string]: string } = {},
): Response => new Response(JSON.stringify(body), { status, headers: { ...HEADERS, ...headers } });

export const answerEmpty = (headers: { readonly [name: string]: string } = {}): Response =>
  new Response(null, { status: 204, headers: { "cache-control": "no-store", ...headers } });
