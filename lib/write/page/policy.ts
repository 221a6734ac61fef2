/** Content Security Policy (CSP 3) of the writing page, and the other headers that keep it to itself. */
import { hashSource, policySource } from "../../formats/page/policy.ts";

export interface PageSources {
  readonly style: string;
  readonly script: string;
  /** Where the site's media are served. */
  readonly media: readonly string[];
  /** Where parts of uploads go, if that is not the page's own host. */
  readonly uploads?: string | undefined;
}

/**
 * Nothing of others runs, no text becomes markup (Trusted Types; the one policy names the service worker, whose address is a sink),
 * and nobody is asked but this host and the one that takes uploads.
 */
export function writingPolicy({ style, script, media, uploads }: PageSources): string {
  const shown = [...new Set(["'self'", "blob:", "data:", ...media.map(policySource)])].join(" ");
  return [
    "default-src 'none'",
    `script-src ${hashSource(script)}`,
    `style-src ${hashSource(style)}`,
    `img-src ${shown}`,
    `media-src ${shown}`,
    `connect-src ${["'self'", ...(uploads === undefined ? [] : [uploads])].join(" ")}`,
    ...["manifest-src 'self'", "worker-src 'self'", "base-uri 'none'", "form-action 'none'"],
    ...["require-trusted-types-for 'script'", "trusted-types dripfeed"],
  ].join("; ");
}

/** `frame-ancestors` is ignored in a `meta` element (CSP 3, section 6.4.2): so it is in a header. */
export const guardedBy = (policy: string): { readonly [name: string]: string } => ({
  "content-security-policy": `${policy}; frame-ancestors 'none'`,
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "publickey-credentials-get=(self), publickey-credentials-create=(self)",
});
