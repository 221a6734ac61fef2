/** Answers that are no part's own: a refusal, a failure, as JSON for programs and as a small page for people. */
import { html, sourceOf } from "../base/html.ts";
import { StoreError } from "../stores/store.ts";
import { SiteUnusable } from "./site.ts";

export interface WritingRefusal {
  readonly status: number;
  /** As the codes of Micropub and OAuth. */
  readonly error: string;
  /** What is wrong, and how to mend it. */
  readonly description: string;
  readonly headers?: { readonly [name: string]: string };
}

/** Whether a person looks at the answer, rather than a script of a page or an app. */
const isPerson = ({ headers }: Request): boolean =>
  headers.get("sec-fetch-dest") === "document" || /\btext\/html\b/i.test(headers.get("accept") ?? "");

export function refusalFor(request: Request, { status, error, description, headers = {} }: WritingRefusal): Response {
  if (!isPerson(request)) return Response.json({ error, error_description: description }, { status, headers });
  const page = html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${status}</title>
<h1>${status}</h1>
<p>${description}</p>
</html>
`;
  return new Response(sourceOf(page), { status, headers: { ...headers, "content-type": "text/html; charset=utf-8" } });
}

export const notFound = (path: string): WritingRefusal => ({
  status: 404,
  error: "not_found",
  description: `there is nothing at ${path}: the page to write with is at /write/`,
});

export const notAllowed = (method: string, allow: string): WritingRefusal => ({
  status: 405,
  error: "invalid_request",
  description: `${method} is not possible here: ask with ${allow}`,
  headers: { allow },
});

export const tooLarge = (limit: number): WritingRefusal => ({
  status: 413,
  error: "too_large",
  description: `the request has more than ${limit.toLocaleString("en")} bytes: make it smaller, and send large files in parts to /write/uploads`,
});

/** `id` finds the failure in the log. */
export function failed(id: string, error: unknown): WritingRefusal {
  if (error instanceof SiteUnusable) {
    const description = `the site's settings, site.yaml, are missing or wrong: run dripfeed check; the log has this as ${id}`;
    return { status: 503, error: "site_unusable", description };
  }
  if (error instanceof StoreError) {
    const description = `what this needs could not be reached: try again in a moment; the log has this as ${id}`;
    return { status: 503, error: "temporarily_unavailable", description, headers: { "retry-after": "5" } };
  }
  const description = `this failed, and may fail again: tell the site's owner that the log has it as ${id}`;
  return { status: 500, error: "server_error", description };
}
