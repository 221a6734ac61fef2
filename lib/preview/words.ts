/** What is said where there is nothing to serve: a page to people, a line to programs. */
import { html, sourceOf } from "../base/html.ts";
import type { Decision, EdgeRequest } from "./decide.ts";
import type { Response } from "./respond.ts";

type Refusal = Extract<Decision, { kind: "refuse" }>;

export function refusalResponse(request: EdgeRequest, { status, words, headers }: Refusal, entrance: string): Response {
  return told(request, { status, words, headers, entrance });
}

export function absentResponse(request: EdgeRequest, entrance: string): Response {
  return told(request, { status: 404, words: `nothing is published at ${request.path}`, headers: {}, entrance });
}

/** Of a server that has nothing to serve yet. */
export function waitingResponse(request: EdgeRequest, words: string): Response {
  return told(request, { status: 503, words, headers: { "retry-after": "1" } });
}

/** Of a server whose store fails. */
export function failureResponse(request: EdgeRequest, words: string): Response {
  return told(request, { status: 500, words, headers: {} });
}

interface Told extends Omit<Response, "body"> {
  readonly words: string;
  /** Where to go instead. */
  readonly entrance?: string;
}

function told(request: EdgeRequest, { status, words, headers, entrance }: Told): Response {
  const { accept = "", "sec-fetch-dest": dest } = request.headers;
  const isPerson = dest === "document" || /\btext\/html\b/i.test(accept);
  const type = isPerson ? "text/html" : "text/plain";
  return {
    status,
    headers: {
      ...{ ...headers, "content-type": `${type}; charset=utf-8`, "cache-control": "no-cache" },
      ...{ vary: "Accept, Sec-Fetch-Dest", "x-content-type-options": "nosniff" },
    },
    body: new TextEncoder().encode(isPerson ? pageOf(status, words, entrance) : lineOf(status, words, entrance)),
  };
}

const lineOf = (status: number, words: string, entrance: string | undefined): string =>
  `${status}: ${words}\n${entrance ? `The feeds: ${entrance}\n` : ""}`;

function pageOf(status: number, words: string, entrance: string | undefined): string {
  const link = entrance ? html`<p>The feeds: <a href="${entrance}">${entrance}</a></p>\n` : "";
  return sourceOf(html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${status}</title>
<h1>${status}</h1>
<pre>${words}</pre>
${link}</html>
`);
}
