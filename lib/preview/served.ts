/** What is served of a site: as the CDN would serve it, but that browsers ask each time. */
import { present } from "../base/optional.ts";
import { copiesOf, edgeOf } from "../edge/edge.ts";
import type { Site } from "../site/types.ts";
import type { OpenWithin, Store } from "../stores/store.ts";
import type { Served } from "./answer.ts";

/** Browsers must revalidate every time, since what is seen here changes often. */
export const servedOf = (site: Site, store: Store, media: OpenWithin): Served => ({
  edge: { ...edgeOf(site), cacheControl: "no-cache" },
  store: withTypes(store, site),
  media,
});

/** A folder does not keep the types of its objects, which S3 does: those of copies nobody else knows. */
function withTypes(store: Store, site: Site): Store {
  const types = new Map(copiesOf(site).map(({ path, type }) => [path, type]));
  return {
    ...store,
    async get(key, known, maxBytes) {
      const object = await store.get(key, known, maxBytes);
      if (object === undefined || object === "unchanged") return object;
      return { ...object, ...present({ contentType: object.contentType ?? types.get(key) }) };
    },
  };
}
