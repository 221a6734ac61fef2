/** The site that is written for, as `site.yaml` is at the moment. */
import type { Clock } from "../base/clock.ts";
import { SITE_KEY } from "../base/problems.ts";
import type { Etag } from "../model.ts";
import { MAX_SITE_BYTES } from "../site/size.ts";
import type { Site } from "../site/types.ts";
import type { Store } from "../stores/store.ts";

/** There is no usable `site.yaml`. What is wrong with it is for its owner, who sees it by `dripfeed check`. */
export class SiteUnusable extends Error {
  override readonly name = "SiteUnusable";
}

/** Asks for the file each time, and parses it again only when it is another one. Throws `SiteUnusable`. */
export function siteReader(content: Store, clock: Clock): () => Promise<Site> {
  let kept: { readonly etag: Etag; readonly site: Site } | undefined;
  return async () => {
    const file = await content.get(SITE_KEY, kept?.etag, MAX_SITE_BYTES + 1);
    if (file === "unchanged" && kept) return kept.site;
    const { parseSite } = await import("../site/site.ts");
    const body = file === "unchanged" ? undefined : file?.body;
    const read = parseSite(body, content.name, clock.now().getUTCFullYear());
    if (!read.ok || file === undefined || file === "unchanged") {
      throw new SiteUnusable(`${content.name} has no ${SITE_KEY} that can be used`);
    }
    kept = { etag: file.etag, site: read.site };
    return read.site;
  };
}
