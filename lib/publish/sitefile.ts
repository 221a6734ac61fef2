/** `site.yaml` as a content store has it now: no more of it is read than it may have, and a byte by which more is seen. */
import { SITE_KEY } from "../base/problems.ts";
import type { SiteResult } from "../site/site.ts";
import { MAX_SITE_BYTES } from "../site/size.ts";
import { readObject, type Store, type StoredObject } from "../stores/store.ts";

export const readSiteFile = (content: Store): Promise<StoredObject | undefined> =>
  readObject(content, SITE_KEY, MAX_SITE_BYTES + 1);

/** The site that it describes, or its problems. */
export async function loadSite(content: Store, now: Date): Promise<SiteResult> {
  const file = await readSiteFile(content);
  const { parseSite } = await import("../site/site.ts");
  return parseSite(file?.body, content.name, now.getUTCFullYear());
}
