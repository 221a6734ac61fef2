/** Site and documents → what the public store holds for its host besides, and warnings of what the host cannot do. */
import { siteProblem } from "../base/problems.ts";
import type { Problem } from "../model.ts";
import type { HostKind, Site } from "../site/types.ts";
import { CADDY_FILE, caddyPlan } from "./caddy.ts";
import { filesPlan } from "./files.ts";
import { netlifyPlan } from "./netlify.ts";
import { NGINX_FILE, nginxPlan } from "./nginx.ts";
import { type HostFile, type HostPlan, WRITTEN } from "./types.ts";

/** `paths`: of the documents that are published. */
const PLANS: { readonly [host in HostKind]: (site: Site, paths: readonly string[]) => HostPlan } = {
  edge: () => ({ files: [], losses: [] }),
  files: filesPlan,
  netlify: netlifyPlan,
  nginx: nginxPlan,
  caddy: caddyPlan,
};

/** The last plan of each site: a run needs it twice, and most edits change no path. */
const plans = new WeakMap<Site, { readonly paths: readonly string[]; readonly plan: HostPlan }>();

function planOf(site: Site, paths: readonly string[]): HostPlan {
  const last = plans.get(site);
  if (last?.paths.length === paths.length && last.paths.every((path, i) => path === paths[i])) return last.plan;
  const plan = PLANS[site.host](site, paths);
  plans.set(site, { paths, plan });
  return plan;
}

export const hostFiles = (site: Site, paths: readonly string[]): readonly HostFile[] => planOf(site, paths).files;

/** The names of all that any host may have in the public store. */
export const HOST_FILES: readonly string[] = ["_redirects", "_headers", NGINX_FILE, CADDY_FILE];

export const isHostText = (text: string): boolean => text.startsWith(WRITTEN);

const MOST_NAMED = 3;

export const hostWarnings = (site: Site, paths: readonly string[]): readonly Problem[] =>
  planOf(site, paths).losses.map(({ what, names, fix }) => {
    const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : "";
    return siteProblem("site-host", `host: ${what}: ${names.slice(0, MOST_NAMED).join(", ")}${more}`, { fix });
  });
