/** Pushes a folder's content to the content store: puts the files that changed, and removes only objects that a push put. */
import { forEachAtOnce } from "../base/concurrency.ts";
import { present } from "../base/optional.ts";
import { IDS_KEY } from "../base/problems.ts";
import { contentTypeOf } from "../content/facts/mime.ts";
import { listEtags, readObject, type Store, StoreConflict, StoreError, StoreUnknown } from "../stores/store.ts";
import { type Files, readFiles, sha256 } from "./files.ts";
import { MANIFEST_KEY, type Manifest, type Pushed, readManifest, writeManifest } from "./manifest.ts";
import { doubtfulKeys, type PushPlan, type PushRefusal, planPush, refusePush, type Situation } from "./plan.ts";

export interface PushOptions {
  readonly from: Store;
  readonly to: Store;
  readonly force?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
}

export interface PushReport {
  readonly dryRun: boolean;
  readonly put: readonly {
    readonly key: string;
    readonly reason: PushPlan["put"][number]["reason"];
    readonly size: number;
  }[];
  readonly removed: PushPlan["remove"];
  readonly unchanged: number;
  readonly conflicts: PushPlan["conflicts"];
  readonly left: Files["left"];
  readonly refused?: PushRefusal;
}

/** Larger files are put one after the other, to bound the memory. */
const LARGE_BYTES = 8 * 1024 ** 2;
const ATTEMPTS = 6;

/**
 * Throws a `StoreError` when a store fails, and the next push continues; a `PushError` for files that cannot be pushed.
 */
export async function push({ from, to, force = false, dryRun = false }: PushOptions): Promise<PushReport> {
  const content = await readFiles(from);
  const { left } = content;
  const done: Work["done"] = { put: [], removed: [] };

  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const manifest = await readManifest(to);
    const situation = await readSituation(to, content, manifest, force);
    const plan = planPush(situation);
    const { unchanged, conflicts } = plan;
    const refused = refusePush(plan, situation);
    const common = { dryRun, unchanged, conflicts, left };
    if (refused || dryRun) {
      const put = plan.put.map(({ file: { key, size }, reason }) => ({ key, reason, size }));
      return { ...common, put, removed: plan.remove, ...present({ refused }) };
    }
    const report = () => ({ ...common, ...done, unchanged: unchanged - countPut(done.put, plan) });
    if (isEmpty(plan)) return report();
    try {
      await carryOut(plan, manifest, { from, to, sources: content.sources, done });
      return report();
    } catch (error) {
      // Another writer came first: plan again from what the store holds now.
      if (!(error instanceof StoreConflict || error instanceof StoreUnknown)) throw error;
    }
  }
  throw new StoreError(
    to.name,
    "put",
    MANIFEST_KEY,
    "other pushes keep writing to this store: push again when they have ended",
  );
}

const isEmpty = ({ put, remove, adopt, forget }: PushPlan): boolean =>
  put.length + remove.length + Object.keys(adopt).length + forget.length === 0;

/** How many objects that an earlier attempt put count as unchanged in the plan of a later one. */
const countPut = (put: PushReport["put"], plan: PushPlan): number =>
  put.filter(({ key }) => !plan.put.some(({ file }) => file.key === key)).length;

interface Work {
  readonly from: Store;
  readonly to: Store;
  readonly sources: Files["sources"];
  readonly done: { readonly put: PushReport["put"][number][]; readonly removed: PushReport["removed"][number][] };
}

/** Writes to the manifest first what it is about to put, so that the next push recognises the objects of one that failed. */
async function carryOut(plan: PushPlan, before: Manifest, { from, to, sources, done }: Work): Promise<void> {
  const { put, remove, adopt, forget } = plan;
  const files: { [key: string]: Pushed } = { ...before.files, ...adopt };
  for (const { file } of put) files[file.key] = { ...files[file.key], next: file.digest };
  for (const key of forget) delete files[key];
  if (before.etag === undefined) await to.probe?.();
  const intended = await writeManifest(to, { files, etag: before.etag });
  if (put.length + remove.length === 0) return;

  const putOne = async ({ file: { key, size }, reason, over }: PushPlan["put"][number]) => {
    const body = (await readObject(from, sources.get(key) ?? key))?.body;
    if (!body) throw new StoreError(from.name, "get", key, "the file was removed during the push: push again");
    const condition = over === undefined ? { ifAbsent: true as const } : { ifMatch: over };
    const etag = await to.put(key, body, { ...headersOf(key), ...condition });
    files[key] = { digest: sha256(body), etag };
    done.put.push({ key, reason, size });
  };
  const isLarge = ({ file }: PushPlan["put"][number]) => file.size > LARGE_BYTES;
  // Before the posts that it names: a run that a post triggers would give it another id.
  const isFirst = ({ file }: PushPlan["put"][number]) => file.key === IDS_KEY;
  for (const each of put.filter(isFirst)) await putOne(each);
  const others = put.filter((each) => !isFirst(each));
  await forEachAtOnce(
    others.filter((each) => !isLarge(each)),
    putOne,
  );
  for (const each of others.filter(isLarge)) await putOne(each);
  await forEachAtOnce(remove, async (each) => {
    await to.delete(each.key);
    delete files[each.key];
    done.removed.push(each);
  });
  await writeManifest(to, { files, etag: intended.etag });
}

function headersOf(key: string): { readonly contentType: string; readonly cacheControl?: string } {
  const contentType = contentTypeOf(key);
  // Media are served under their names: an hour, since another file may be put under the same one.
  return { contentType, ...present({ cacheControl: key.startsWith("media/") ? "public, max-age=3600" : undefined }) };
}

async function readSituation(
  to: Store,
  { files, left }: Files,
  { files: listed }: Manifest,
  force: boolean,
): Promise<Situation> {
  const etags = await listEtags(to);
  // Objects of files that are not pushed, since they are too large, are put by other means: they are neither replaced nor removed.
  const leftKeys = new Set(left.map(({ key }) => key));
  const pushed = Object.fromEntries(Object.entries(listed).filter(([key]) => !leftKeys.has(key)));
  const digests = new Map<string, string>();
  await forEachAtOnce(doubtfulKeys({ files, pushed, present: etags }), async (key) => {
    const object = await readObject(to, key);
    if (object) digests.set(key, sha256(object.body));
  });
  return { files, pushed, present: etags, digests, force };
}
