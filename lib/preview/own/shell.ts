/** What the preview's own pages have in common: the frame, the policy by which nothing of an author is run, and the headers. */
import { type Html, html, raw, sourceOf } from "../../base/html.ts";
import type { EdgeRequest } from "../../edge/decide.ts";
import { hashSource } from "../../formats/page/policy.ts";
import { extended } from "../inject.ts";
import { respondWithPage } from "../respond.ts";
import type { Response } from "../response.ts";
import { BODY_STYLE, OWN_STYLE } from "./style.ts";

export interface OwnPage {
  readonly title: string;
  readonly main: Html;
}

/**
 * Pictures and recordings come from where a feed reader would get them, and from the preview itself, whose address is in texts.
 * No script but the one that reloads, and no frame.
 */
function policyFor(origin: string): string {
  const media = `'self' ${origin} https: data:`;
  const own = `default-src 'none'; style-src ${hashSource(OWN_STYLE)} ${hashSource(BODY_STYLE)}; script-src 'none'`;
  return `${extended(own)}; img-src ${media}; media-src ${media}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
}

/** `origin` is that of the preview. */
export function respondWithOwn(
  request: EdgeRequest,
  { title, main }: OwnPage,
  { addBar, origin }: { readonly addBar: (page: string) => string; readonly origin: string },
): Promise<Response> {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Dripfeed preview</title>
<link rel="icon" href="data:,">
<style>${raw(OWN_STYLE)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${main}</main>
</body>
</html>
`;
  const headers = {
    "content-security-policy": policyFor(origin),
    "cache-control": "no-cache",
    // No page of another origin has any use for what is not published: not as a picture, a script or a window.
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
  };
  return respondWithPage(request, headers, addBar(sourceOf(page)));
}
