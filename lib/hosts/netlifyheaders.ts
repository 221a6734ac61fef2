/** The rules of `_headers`: types, lifetimes and CORS of documents. */
import { edgeOf } from "../edge/edge.ts";
import { FILES, isOwnKey, nameOf, splitKey } from "../edge/folders.ts";
import { headersOf } from "../edge/headers.ts";
import type { Site } from "../site/types.ts";
import { encoded, NAMES } from "./netlifypaths.ts";

/** One for each name of a document and depth of its folder, of those that are published. */
export function headerRules(site: Site, paths: readonly string[]): readonly string[] {
  const edge = edgeOf(site);
  const named = new Set(site.channels.map(({ path }) => `${path}/`));
  const shapes = new Map<string, string>();
  for (const path of paths.filter((each) => isOwnKey(each, edge))) {
    const { folder, file } = splitKey(path);
    const [kind = "", ...below] = folder.split("/").slice(0, -1);
    const shape =
      folder === "" || named.has(folder)
        ? encoded(folder)
        : [encoded(kind), ...below.map((_, i) => `:${NAMES[i]}`), ""].join("/");
    if (below.length <= NAMES.length) shapes.set(edge.base + shape + file, path);
  }
  const order = FILES.map((file) => nameOf(file, edge));
  const placeOf = ([, path]: readonly [string, string]) => order.indexOf(splitKey(path).file);
  return [...shapes]
    .toSorted((a, b) => placeOf(a) - placeOf(b) || (a[0] < b[0] ? -1 : 1))
    .map(([shape, path]) => {
      // Of many feeds at once: neither knows the address of each, and a feed names its own.
      const { link: _, vary: __, ...headers } = headersOf(path, false, edge);
      return [shape, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)].join("\n");
    });
}
