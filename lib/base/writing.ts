/** The addresses of writing from a phone, all below one: where the page is, and what it and apps ask. */

/** On the host that serves the feeds. */
export const WRITING = "/write/";

export const ADDRESSES = {
  page: WRITING,
  micropub: `${WRITING}micropub`,
  media: `${WRITING}media`,
  uploads: `${WRITING}uploads`,
  check: `${WRITING}check`,
  session: `${WRITING}session`,
  access: `${WRITING}access`,
  codes: `${WRITING}codes`,
  metadata: `${WRITING}metadata`,
  authorization: `${WRITING}auth`,
  token: `${WRITING}token`,
  introspection: `${WRITING}introspect`,
  revocation: `${WRITING}revoke`,
  authors: `${WRITING}authors/`,
} as const;

/**
 * Bytes of a request with files, at most: a function of AWS is given 6 MB (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html),
 * and a body that is no text in base64, so that 4.5 MB fit; the same everywhere, so that what works here works there.
 */
export const DIRECT_BYTES = 4_500_000;

/** Bytes of one without, at most: more than any post that is rendered, and little to parse. */
export const TEXT_BYTES = 2_000_000;

/** Of a request of the page: whose post it is for, the author's key by `encodeURIComponent`; empty of an owner who is no author. */
export const AUTHOR_HEADER = "dripfeed-author";

/** In the state store: all that is kept for writing. */
export const KEPT = "write/";
