/** The preview server's own answers, where there is no document to serve: a page for people, a line for programs. */
import { html, sourceOf } from "../base/html.ts";
import type { Decision, EdgeRequest } from "../edge/decide.ts";
import type { Response } from "./response.ts";

type Refused = Extract<Decision, { kind: "refuse" }>;

export function refusalResponse(
  request: EdgeRequest,
  { status, reason, headers }: Refused,
  entrance: string,
): Response {
  return messageResponse(request, { status, text: reason, headers, entrance });
}

export function absentResponse(request: EdgeRequest, entrance: string): Response {
  const text = `nothing is published at ${request.path}`;
  return messageResponse(request, { status: 404, text, headers: {}, entrance });
}

/** While there is nothing to serve yet. */
export function waitingResponse(request: EdgeRequest, text: string): Response {
  return messageResponse(request, { status: 503, text, headers: { "retry-after": "1" } });
}

/** When the store fails. */
export function failureResponse(request: EdgeRequest, text: string): Response {
  return messageResponse(request, { status: 500, text, headers: {} });
}

interface Message extends Omit<Response, "body"> {
  readonly text: string;
  /** URL of the feeds, as a way on. */
  readonly entrance?: string;
}

function messageResponse(request: EdgeRequest, { status, text, headers, entrance }: Message): Response {
  const { accept = "", "sec-fetch-dest": dest } = request.headers;
  const isPerson = dest === "document" || /\btext\/html\b/i.test(accept);
  const type = isPerson ? "text/html" : "text/plain";
  return {
    status,
    headers: {
      ...headers,
      "content-type": `${type}; charset=utf-8`,
      "cache-control": "no-cache",
      vary: "Accept, Sec-Fetch-Dest",
      "x-content-type-options": "nosniff",
    },
    body: new TextEncoder().encode(isPerson ? pageOf(status, text, entrance) : lineOf(status, text, entrance)),
  };
}

const lineOf = (status: number, text: string, entrance: string | undefined): string =>
  `${status}: ${text}\n${entrance ? `The feeds: ${entrance}\n` : ""}`;

function pageOf(status: number, text: string, entrance: string | undefined): string {
  const link = entrance ? html`<p>The feeds: <a href="${entrance}">${entrance}</a></p>\n` : "";
  return sourceOf(html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${status}</title>
<body>
<h1>${status}</h1>
<pre>${text}</pre>
${link}</body>
</html>
`);
}
