/** Paths below the root of a site that is in a folder of its host. */
import { fromRoot } from "../../base/paths.ts";
import { percentDecoded } from "../../base/text.ts";
import { addressBelow, pathOf, type WrittenPath } from "./paths.ts";

/** The address of a path from the root of the site; `undefined` where it is the same, or begins with the root already. */
export function rootedAddress(siteUrl: string, { path, suffix }: WrittenPath): string | undefined {
  const root = rootOf(siteUrl);
  return root === "/" || `${path}/`.startsWith(root) ? undefined : addressBelow(siteUrl, fromRoot(path), suffix);
}

/**
 * Generators put the root before any path. Where the store has no such file, that is believed of a path with a folder in
 * it on a site that is in a folder, since nothing else would be right there.
 */
export function supposedAddress(siteUrl: string, written: WrittenPath): string | undefined {
  const { path, suffix } = written;
  if (rootOf(siteUrl) === "/" || !/^[^./][^/]*\/./.test(path)) return undefined;
  return addressBelow(siteUrl, fromRoot(path), suffix);
}

/** The same for a template: the path with the root before it. */
export function withRoot(siteUrl: string, src: string): string {
  const written = src.startsWith("/") ? pathOf(src) : undefined;
  const root = rootOf(siteUrl);
  return written === undefined || root === "/" || `${written.path}/`.startsWith(root) ? src : root + src.slice(1);
}

const rootOf = (siteUrl: string): string => (URL.canParse(siteUrl) ? percentDecoded(new URL(siteUrl).pathname) : "/");
