/** Guard: refuses what looks like an accident, before anything is written. A refusal is a result. */
import pMap from "p-map";
import { isListed } from "../channels/windows.ts";
import type { Catalog, Plan, PostRecord, Refusal } from "../model.ts";
import type { Store } from "../stores/store.ts";
import { holds, readObject } from "./write.ts";

const AT_ONCE = 32;
/** Up to here one look at each path is cheaper than a listing. */
const FEW = 30;

/** The site's feed is never replaced by an empty one without being told to. */
export function refuseEmpty(records: readonly PostRecord[], catalog: Catalog | undefined): Refusal | undefined {
  const before = catalog?.records.filter(isListed).length ?? 0;
  if (before === 0 || records.some(isListed)) return undefined;
  return {
    code: "empty-site",
    message: `no post is public now, where ${before} ${before === 1 ? "was" : "were"}: the feeds would become empty`,
    mend: "check --content and the `posts:` globs of site.yaml; if it is meant, publish with --force",
  };
}

/** What there is already at the paths of new documents. */
export interface Present {
  /** The very bytes that would be put. */
  readonly held: readonly string[];
  readonly foreign: readonly string[];
}

export async function findPresent({ put }: Plan, store: Store, render: (path: string) => Uint8Array): Promise<Present> {
  let paths = put.filter(({ reason }) => reason === "new").map(({ path }) => path);
  if (paths.length > FEW) {
    const present = new Set<string>();
    for await (const { key } of store.list("")) present.add(key);
    paths = paths.filter((path) => present.has(path));
  }
  const held: string[] = [];
  const foreign: string[] = [];
  const look = async (path: string) => {
    const object = await readObject(store, path);
    if (object) (holds(object, render(path)) ? held : foreign).push(path);
  };
  await pMap(paths, look, { concurrency: AT_ONCE });
  return { held, foreign: foreign.sort() };
}

export function refuseForeign(
  paths: readonly string[],
  catalog: Catalog | undefined,
  store: string,
): Refusal | undefined {
  if (paths.length === 0) return undefined;
  const named = paths.slice(0, 3).join(", ") + (paths.length > 3 ? ` and ${paths.length - 3} more` : "");
  const lost =
    catalog === undefined ? "; the state store is empty, so nothing in it can be known as Dripfeed's own" : "";
  return {
    code: "not-ours",
    message: `${store} holds other content at ${named}${lost}`,
    mend: `bring back the state store, or name another public store; to overwrite, publish with --force${
      catalog === undefined ? ", after giving posts that were renamed since their old id (README, Operating it)" : ""
    }`,
  };
}
