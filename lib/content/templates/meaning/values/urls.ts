/** Addresses under the address of the site. */
import { MARK } from "../../../links/references.ts";

/** The origin and the path of the site, without a slash at the end. */
export function baseOf(siteUrl: string): { readonly origin: string; readonly base: string } {
  const { origin, pathname } = URL.canParse(siteUrl) ? new URL(siteUrl) : { origin: "", pathname: "/" };
  return { origin, base: pathname.replace(/\/$/, "") };
}

/** A path within the site as a path from the root of its host; an absolute URL stays as it is. */
export function joined(siteUrl: string, path: string): string {
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/|#)/i.test(path) || path.startsWith(MARK)) return path;
  return `${baseOf(siteUrl).base}/${path.replace(/^\/+/, "")}`;
}
