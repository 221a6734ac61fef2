/** Warnings of a run that concern no single post: the site's, for which its posts and channels have to be known. */
import { podcastFacts } from "../channels/podcast.ts";
import { renamedChannels } from "../channels/renamed.ts";
import { hostWarnings } from "../hosts/hosts.ts";
import type { Problem } from "../model.ts";
import type { Site } from "../site/types.ts";
import { siteWarnings } from "../site/warnings.ts";
import type { TagAuthority } from "../state/ids.ts";
import type { Reconciled } from "./reconcile/reconcile.ts";
import type { Plan } from "./types.ts";

export interface WarningInput {
  readonly authority: TagAuthority;
  readonly after: Pick<Reconciled, "records">;
  readonly plan: Pick<Plan, "windows" | "displaced" | "documents">;
}

export function warningsOf(site: Site, { authority, after, plan }: WarningInput): readonly Problem[] {
  const channels = plan.windows.map((window) => {
    const { key, formats } = window.channel;
    return { key, formats, total: window.total, ...podcastFacts(window, site) };
  });
  const { since } = authority;
  const { displaced } = plan;
  const paths = plan.documents.flatMap(({ path, source }) =>
    source.as === "copy" || source.as === "host" ? [] : [path],
  );
  return [
    ...siteWarnings(site, { since, records: after.records, channels, displaced, renamed: renamedChannels(site) }),
    ...hostWarnings(site, paths),
  ];
}
