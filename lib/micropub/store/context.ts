/** What a request is answered with: the site as it is now, and what the last run knew of its posts. */
import { instantOf } from "../../base/instant.ts";
import { ownerTemplates } from "../../content/templates/meaning/owner.ts";
import type { DialectName, Instant, PostRecord } from "../../model.ts";
import { loadSite } from "../../publish/sitefile.ts";
import type { Site } from "../../site/types.ts";
import { readCatalog } from "../../state/catalog.ts";
import { readHead } from "../../state/head.ts";
import { MicropubError } from "../answers.ts";
import type { TextContext } from "../post/references.ts";
import type { MicropubInput } from "../types.ts";

export interface PostsContext extends MicropubInput {
  readonly site: Site;
  /** In the order of their keys. */
  readonly records: readonly PostRecord[];
  readonly now: Instant;
}

/** Throws `MicropubError` where `site.yaml` cannot be used: nobody could tell where a post goes. */
export async function loadContext(input: MicropubInput): Promise<PostsContext> {
  const now = input.clock.now();
  const loaded = await loadSite(input.content, now);
  if (!loaded.ok) {
    const message = `site.yaml cannot be used: ${loaded.problems[0]?.message ?? "it is damaged"}`;
    throw new MicropubError("site_unusable", message, loaded.problems);
  }
  const catalog = await readCatalog(input.state, (await readHead(input.state)).value);
  return { ...input, site: loaded.site, records: catalog?.records ?? [], now: instantOf(now) };
}

export const textContext = ({ site }: PostsContext, dialect: DialectName, isMdx = false): TextContext => ({
  dialect,
  isMdx,
  variables: site.variables,
  templates: ownerTemplates(site.templates),
});
