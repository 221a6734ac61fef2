/** Errors that are no part's own, and how any error is answered: as JSON for programs, and as a small page for people. */
import { html, sourceOf } from "../base/html.ts";
import { answerError } from "../base/http/answers.ts";
import { HttpError } from "../base/http/error.ts";
import { StoreError } from "../stores/store.ts";

/** Whether a person looks at the answer, rather than a script of a page or an app, some of which take anything. */
function isPerson({ headers }: Request): boolean {
  const accepted = headers.get("accept") ?? "";
  if (headers.has("authorization") || /\bjson\b/i.test(accepted)) return false;
  return headers.get("sec-fetch-dest") === "document" || /\btext\/html\b/i.test(accepted);
}

export function errorFor(request: Request, error: HttpError): Response {
  if (!isPerson(request)) return answerError(error);
  const { status, message, headers } = error;
  const page = html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${status}</title>
<h1>${status}</h1>
<p>${message}</p>
</html>
`;
  return new Response(sourceOf(page), { status, headers: { ...headers, "content-type": "text/html; charset=utf-8" } });
}

export const notFound = (path: string): HttpError =>
  new HttpError("not_found", `there is nothing at ${path}: the page to write with is at /write/`);

export const notAllowed = (method: string, allow: string): HttpError =>
  new HttpError("method_not_allowed", `${method} is not possible here: ask with ${allow}`, { headers: { allow } });

/** `id` finds the failure in the log. */
export function failed(id: string, error: unknown): HttpError {
  if (error instanceof StoreError) {
    const message = `what this needs could not be reached: try again in a moment; the log has this as ${id}`;
    return new HttpError("temporarily_unavailable", message, { headers: { "retry-after": "5" } });
  }
  const message = `this failed, and may fail again: tell the site's owner that the log has it as ${id}`;
  return new HttpError("server_error", message);
}
