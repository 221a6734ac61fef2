/** The site that is written for, as `site.yaml` is at the moment. */
import type { Clock } from "../base/clock.ts";
import { HttpError } from "../base/http/error.ts";
import { SITE_KEY } from "../base/problems.ts";
import type { Etag } from "../model.ts";
import { MAX_SITE_BYTES } from "../site/size.ts";
import type { Site } from "../site/types.ts";
import type { Store } from "../stores/store.ts";

/** What is wrong with it is for its owner: strangers ask for the page, too. */
const unusable = () =>
  new HttpError(
    "site_unusable",
    "the site's settings, site.yaml, are missing or wrong: its owner sees by dripfeed check",
  );

/** Asks for the file each time, and parses it again only when it is another one. Throws while it cannot be used. */
export function siteReader(content: Store, clock: Clock): () => Promise<Site> {
  let kept: { readonly etag: Etag; readonly site: Site } | undefined;
  return async () => {
    const file = await content.get(SITE_KEY, kept?.etag, MAX_SITE_BYTES + 1);
    if (file === "unchanged" && kept) return kept.site;
    const { parseSite } = await import("../site/site.ts");
    const body = file === "unchanged" ? undefined : file?.body;
    const read = parseSite(body, content.name, clock.now().getUTCFullYear());
    if (!read.ok || file === undefined || file === "unchanged") {
      throw unusable();
    }
    kept = { etag: file.etag, site: read.site };
    return read.site;
  };
}
