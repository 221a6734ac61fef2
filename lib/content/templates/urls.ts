/** Addresses under the site's own. */

/** Where the site is served: its host, and the path under which it lies, without a slash at the end. */
export function baseOf(siteUrl: string): { readonly origin: string; readonly base: string } {
  const { origin, pathname } = URL.canParse(siteUrl) ? new URL(siteUrl) : { origin: "", pathname: "/" };
  return { origin, base: pathname.replace(/\/$/, "") };
}

/** A path of the site, from the root of its host; a whole address stays as it is. */
export function joined(siteUrl: string, path: string): string {
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/|#)/i.test(path)) return path;
  return `${baseOf(siteUrl).base}/${path.replace(/^\/+/, "")}`;
}
