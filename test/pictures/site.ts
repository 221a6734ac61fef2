/** The example site at its own addresses, for a browser without a network. */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Route } from "playwright-core";

/** Which folder is served where; the first that fits counts. */
const SERVED: readonly (readonly [address: string, folder: string])[] = [
  ["https://example.com/feeds/", "public"],
  ["https://example.com/media/", "content/media"],
];

/** The file of an address below `folder`, a folder's page by the folder's name. */
function fileAt(folder: string, address: string): string | undefined {
  const place = SERVED.find(([prefix]) => address.startsWith(prefix));
  if (place === undefined) return undefined;
  const [prefix, served] = place;
  const path = decodeURIComponent(new URL(address).pathname.slice(new URL(prefix).pathname.length));
  const file = join(folder, served, path === "" || path.endsWith("/") ? `${path}index.html` : path);
  return existsSync(file) && statSync(file).isFile() ? file : undefined;
}

export function fulfilFrom(folder: string): (route: Route) => Promise<void> {
  return async (route) => {
    const path = fileAt(folder, route.request().url());
    await (path === undefined ? route.fulfill({ status: 404, body: "" }) : route.fulfill({ path }));
  };
}
