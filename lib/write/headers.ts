/** The headers of every answer below `/write/`: what browsers, caches and pages of others may do with it. */
import { methodsOf, type Route } from "./routes.ts";

/** For answers that are not the page: they are shown in no frame, and load nothing. */
const NO_PAGE = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/**
 * Of the page's service worker: what it may do is said by the answer that it came with, and not by the page
 * (https://www.w3.org/TR/service-workers/#dfn-policy-container).
 */
const WORKER = "default-src 'none'; connect-src 'self'";

const ALWAYS: { readonly [name: string]: string } = {
  "x-content-type-options": "nosniff",
  // The address of the page for consent holds what an app asks for: no other origin learns of it.
  "referrer-policy": "same-origin",
  // For browsers without frame-ancestors: in a frame, another site could lay its own buttons over ours.
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
};

/** The same value as in the headers that the CDN adds for this host. */
const HSTS = "max-age=31536000";

/** A day, the longest that Firefox keeps it; Chromium keeps it for two hours at most. */
const PREFLIGHT_SECONDS = "86400";
const ALLOWED = "Authorization, Content-Type, If-Match, Idempotency-Key";
const EXPOSED = "Location, ETag, Link, Retry-After, WWW-Authenticate";

/** Adds them to an answer. */
export function protect(
  headers: Headers,
  { status, route, isSecure }: { readonly status: number; readonly route: Route; readonly isSecure: boolean },
): void {
  for (const [name, value] of Object.entries(ALWAYS)) headers.set(name, value);
  if (isSecure) headers.set("strict-transport-security", HSTS);
  if (!headers.has("content-security-policy")) headers.set("content-security-policy", policyFor(headers));
  headers.set("cache-control", cachedAs(headers, status));
  if (route.isShared) {
    headers.set("access-control-allow-origin", "*"); // without credentials: our cookie never comes with it
    headers.set("access-control-expose-headers", EXPOSED);
  } else headers.set("cross-origin-resource-policy", "same-origin");
}

const policyFor = (headers: Headers): string =>
  headers.get("content-type")?.startsWith("text/javascript") ? WORKER : NO_PAGE;

/**
 * Files of the page, which are the same for all, may be cached; a page by the browser alone, which asks for it again; nothing else.
 * In front of a distribution with another cache policy than ours these words also keep CloudFront from giving one answer to two who
 * ask at once (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html#request-custom-traffic-spikes).
 */
function cachedAs(headers: Headers, status: number): string {
  const type = headers.get("content-type") ?? "application/json";
  // What is said of a page that has not changed takes the place of what was said of it (RFC 9111, section 3.2).
  if (![200, 304].includes(status) || headers.has("set-cookie") || /^application\/json\b/.test(type)) return "no-store";
  return type.startsWith("text/html") ? "private, no-cache" : (headers.get("cache-control") ?? "no-store");
}

/** The answer to a preflight request: apps in browsers may ask where a route is shared. */
export function preflight(route: Route): Headers {
  const methods = methodsOf(route).join(", ");
  const headers = new Headers({ allow: methods });
  if (!route.isShared) return headers;
  headers.set("access-control-allow-methods", methods);
  headers.set("access-control-allow-headers", ALLOWED);
  headers.set("access-control-max-age", PREFLIGHT_SECONDS);
  return headers;
}
