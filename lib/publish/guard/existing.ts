/** What there is already at the paths of documents that are to be put. */

import { FEW_KEYS, forEachAtOnce } from "../../base/concurrency.ts";
import { digestOf } from "../../base/digest.ts";
import type { Refusal } from "../../model.ts";
import { fitsPath } from "../../site/rules.ts";
import type { Site } from "../../site/types.ts";
import type { Catalog } from "../../state/types.ts";
import { hasUnknownFingerprint } from "../../state/unknown.ts";
import { listEtags, readObject, type Store } from "../../stores/store.ts";
import type { RenderWanted } from "../render/render.ts";
import type { Plan, PlannedPut, PutReason, Report } from "../types.ts";
import { named } from "./thresholds.ts";

/** Paths. */
export interface ExistingObjects {
  /** Where the very bytes are that would be put. */
  readonly identical: readonly string[];
  /** Where an object is that Dripfeed did not put, and that the site does not let it replace. */
  readonly foreign: readonly string[];
  /** Where one is that the site lets it replace. */
  readonly replaceable: readonly string[];
}

interface ExistingInput {
  readonly plan: Pick<Plan, "put">;
  readonly public: Store;
  readonly site: Pick<Site, "replace">;
  readonly renderWanted: RenderWanted;
}

/** Looks at the paths of new documents. */
export async function findExisting({
  plan,
  public: store,
  site,
  renderWanted,
}: ExistingInput): Promise<ExistingObjects> {
  let paths = plan.put.filter(({ reason }) => reason === "new").map(({ document }) => document.path);
  if (paths.length > FEW_KEYS) {
    const listed = await listEtags(store);
    paths = paths.filter((path) => listed.has(path));
  }
  const digests = new Map<string, string>();
  await forEachAtOnce(paths, async (path) => {
    const object = await readObject(store, path);
    if (object) digests.set(path, digestOf(object.body));
  });
  const identical: string[] = [];
  const foreign: string[] = [];
  for await (const [path, body] of renderWanted(({ document }) => digests.has(document.path))) {
    (digests.get(path) === digestOf(body) ? identical : foreign).push(path);
  }
  const [replaceable = [], others = []] = [true, false].map((may) =>
    foreign.filter((path) => fitsPath(site.replace, path) === may).sort(),
  );
  return { identical, foreign: others, replaceable };
}

interface IdenticalInput {
  readonly catalog: Catalog | undefined;
  readonly drifted: ReadonlySet<string>;
  readonly renderWanted: RenderWanted;
}

/** After a rebuild, the paths of documents that need not be put, since they hold these very bytes. */
export async function findIdentical({ catalog, drifted, renderWanted }: IdenticalInput): Promise<readonly string[]> {
  const identical: string[] = [];
  const isComparable = (put: PlannedPut) => !drifted.has(put.document.path) && mayBeIdentical(catalog, put);
  for await (const [path, body] of renderWanted(isComparable))
    if (isIdentical(catalog, path, body)) identical.push(path);
  return identical;
}

/** Is the fingerprint of what is published unknown, so that only the bytes can be compared? */
export const mayBeIdentical = (catalog: Catalog | undefined, { document, reason }: PlannedPut): boolean =>
  reason === "changed" && hasUnknownFingerprint(catalog, document.path);

export const isIdentical = (catalog: Catalog | undefined, path: string, body: Uint8Array): boolean =>
  catalog?.documents[path]?.digest === digestOf(body);

/** What a run would write: identical documents need not be put, and foreign objects would be replaced only with force. */
export function wouldWrite(
  { put, remove }: Plan,
  { identical, foreign, replaceable }: ExistingObjects,
): Pick<Report, "put" | "removed"> {
  const isIdenticalAt = new Set(identical);
  const others = new Map<string, PutReason>([
    ...foreign.map((path) => [path, "forced"] as const),
    ...replaceable.map((path) => [path, "replaced"] as const),
  ]);
  const would = put
    .filter(({ document }) => !isIdenticalAt.has(document.path))
    .map(({ document: { path }, reason }) => ({ path, reason: others.get(path) ?? reason }));
  return { put: would, removed: remove };
}

/** Of a new document that took the place of something else. */
export const reasonToReplace = (path: string, replace: Site["replace"]): PutReason =>
  fitsPath(replace, path) ? "replaced" : "forced";

export function refuseForeign(
  paths: readonly string[],
  catalog: Catalog | undefined,
  store: string,
): Refusal | undefined {
  if (paths.length === 0) return undefined;
  const lost =
    catalog === undefined ? "; the state store is empty, so nothing in it can be known as Dripfeed's own" : "";
  const ids =
    catalog === undefined ? ", after giving posts that were renamed since their old id (docs/operating.md)" : "";
  return {
    code: "not-ours",
    message: `${store} holds other content at ${named(paths)}${lost}`,
    fix: `bring back the state store, or name another public store; to let what another program writes be replaced, name it in site.yaml: \`replace: [${patternsOf(paths).join(", ")}]\`; to overwrite, publish with --force${ids}`,
  };
}

/** For `replace`, with `*` where several paths differ in their folders alone: what a generator writes for each tag. */
function patternsOf(paths: readonly string[]): readonly string[] {
  const byPattern = Map.groupBy(paths, (path) => path.replace(/(?<=\/)[^/]+(?=\/)/g, "*"));
  return [...byPattern].map(([pattern, same]) => JSON.stringify(same.length > 1 ? pattern : same[0]));
}
