/** What a request is answered with: the site as it is now, and what the last run knew of its posts. */
import { instantOf } from "../../base/instant.ts";
import { ownerTemplates } from "../../content/templates/meaning/owner.ts";
import type { DialectName, Instant, PostRecord } from "../../model.ts";
import type { Site } from "../../site/types.ts";
import { readCatalog } from "../../state/catalog.ts";
import { readHead } from "../../state/head.ts";
import type { TextContext } from "../post/references.ts";
import { usableSite } from "../site.ts";
import type { MicropubInput } from "../types.ts";

export interface PostsContext extends MicropubInput {
  readonly site: Site;
  /** In the order of their keys. */
  readonly records: readonly PostRecord[];
  readonly now: Instant;
}

/** Throws while `site.yaml` cannot be used. */
export async function loadContext(input: MicropubInput): Promise<PostsContext> {
  const site = await usableSite(input);
  const catalog = await readCatalog(input.state, (await readHead(input.state)).value);
  return { ...input, site, records: catalog?.records ?? [], now: instantOf(input.clock.now()) };
}

export const textContext = ({ site }: PostsContext, dialect: DialectName, isMdx = false): TextContext => ({
  dialect,
  isMdx,
  variables: site.variables,
  templates: ownerTemplates(site.templates),
});
