/** Addresses with nothing in them that an address may not hold. */

const UNENCODED = /[[\]|^]/;
const AUTHORITY = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i;

/**
 * A URL as RFC 3986 has it: `URL` leaves these marks as they are, and a reader that checks refuses the address. Of the
 * host they stay, where brackets are around an IPv6 address; and so does an address without a host.
 */
export function encodedHref({ href }: URL): string {
  if (!UNENCODED.test(href)) return href;
  const [host] = AUTHORITY.exec(href) ?? [href];
  return host + href.slice(host.length).replace(/[[\]|^]/g, encodeURIComponent);
}
