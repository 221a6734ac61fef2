/** Reads `site.yaml` from a content store. */
import { SITE_KEY } from "../base/problems.ts";
import type { SiteResult } from "../site/site.ts";
import { MAX_SITE_BYTES } from "../site/size.ts";
import { readObject, type Store, type StoredObject } from "../stores/store.ts";

/** At most a byte more than it may have, by which `parseSite` sees that it is too long. */
export const readSiteFile = (content: Store): Promise<StoredObject | undefined> =>
  readObject(content, SITE_KEY, MAX_SITE_BYTES + 1);

/** The site that `site.yaml` describes, or the problems of the file. */
export async function loadSite(content: Store, now: Date): Promise<SiteResult> {
  const file = await readSiteFile(content);
  // Not loaded with this file: a run reads site.yaml before it loads what parses it.
  const { parseSite } = await import("../site/site.ts");
  return parseSite(file?.body, content.name, now.getUTCFullYear());
}
