/** A page → the same page with the preview's bar and script, which its policy then allows. What is published stays as it is. */
import { digest } from "../base/digest.ts";
import { type Html, html, raw, sourceOf } from "../base/html.ts";
import { escapeAttribute } from "../base/text.ts";
import { hashSource } from "../formats/page/policy.ts";
import { BAR_STYLE } from "./bar.ts";
import { LIVE_SCRIPT } from "./script.ts";

/** What the bar adds to each directive of a page's policy. */
const ALLOWED: readonly (readonly [directive: string, source: string])[] = [
  ["style-src", hashSource(BAR_STYLE)],
  ["script-src", hashSource(LIVE_SCRIPT)],
  ["connect-src", "'self'"],
];

const POLICY = /(<meta http-equiv="Content-Security-Policy" content=")([^"]*)"/i;

/** A fragment, such as the tags to paste into a head, stays as it is. `media`: what is shown besides, which has no tag of its own. */
export function withBar(page: string, bar: Html, media = 0): string {
  const at = page.lastIndexOf("</body>");
  if (at < 0) return page;
  const markup = html`<aside id="dripfeed" lang="en" aria-label="Preview" data-tag="${digest(page, sourceOf(bar), media)}">
<style>${raw(BAR_STYLE)}</style>
${bar}<script>${raw(LIVE_SCRIPT)}</script>
</aside>
`;
  const head = page.slice(0, at).replace(POLICY, (_, start, policy) => `${start}${inAttribute(policy)}"`);
  return head + sourceOf(markup) + page.slice(at);
}

/** An address in it may have an `&`. */
const inAttribute = (policy: string): string => escapeAttribute(extended(policy.replaceAll("&amp;", "&")));

/** `policy` as a header has it. No source has a semicolon: addresses have it encoded. */
export function extended(policy: string): string {
  const directives = policy.split(";").map((each) => each.trim());
  for (const [directive, source] of ALLOWED) {
    const at = directives.findIndex((each) => each.startsWith(`${directive} `));
    const allowed = at < 0 ? directive : (directives[at] ?? directive).replace(/ 'none'$/, "");
    directives.splice(at < 0 ? directives.length : at, 1, `${allowed} ${source}`);
  }
  return directives.join("; ");
}

/** What such a page shows: another tag means that it shows something else. Empty where it has no bar. */
export const tagIn = (page: string): string =>
  / data-tag="([\w-]+)"/.exec(page.slice(page.lastIndexOf('<aside id="dripfeed"')))?.[1] ?? "";
