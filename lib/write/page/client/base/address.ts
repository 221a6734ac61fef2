/** Addresses as people type them. */

/** Begins with the name of a host: there is a dot before any colon or slash. */
const HOST = /^[^\s:/?#@.。]+[.。][^\s:/]/;

/** As it was meant: with the scheme that people leave out. */
export function addressOf(typed: string): string {
  const address = typed.trim();
  return HOST.test(address) ? `https://${address}` : address;
}
