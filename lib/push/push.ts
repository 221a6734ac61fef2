/** Pushes a folder's content to the content store: puts the files that changed, and removes only objects that a push put. */
import { forEachAtOnce } from "../base/concurrency.ts";
import { present } from "../base/optional.ts";
import { IDS_KEY } from "../base/problems.ts";
import { contentTypeOf } from "../content/facts/mime.ts";
import { listEtags, readObject, type Store, StoreConflict, StoreError, StoreUnknown } from "../stores/store.ts";
import { type Files, readFiles, sha256 } from "./files.ts";
import { isPulled } from "./keys.ts";
import { MANIFEST_KEY, type Manifest, type Pushed, readManifest, writeManifest } from "./manifest.ts";
import { doubtfulKeys, type PushPlan, type PushRefusal, planPush, refusePush, type Situation } from "./plan.ts";
import { type Known, lastSeen, markOf, readKnown, type Seen } from "./seen.ts";

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
  readonly kept: PushPlan["kept"];
  /** Posts that came into the store by other ways, such as a phone, and are not in the folder. */
  readonly toPull: readonly string[];
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
  const [content, known] = [await readFiles(from), await readKnown(from)];
  const { left } = content;
  const done: Work["done"] = { put: [], removed: [] };

  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const manifest = await readManifest(to);
    const situation = await readSituation(to, content, manifest, known, force);
    const plan = planPush(situation);
    const { unchanged, conflicts, kept } = plan;
    const refused = refusePush(plan, situation);
    const common = { dryRun, unchanged, conflicts, kept, toPull: postsToPull(situation, known), left };
    if (refused || dryRun) {
      const put = plan.put.map(({ file: { key, size }, reason }) => ({ key, reason, size }));
      return { ...common, put, removed: plan.remove, ...present({ refused }) };
    }
    const report = () => ({ ...common, ...done, unchanged: unchanged - countPut(done.put, plan) });
    if (isEmpty(plan)) return report();
    try {
      await carryOut(plan, situation, manifest, { from, to, sources: content.sources, known, done });
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
  readonly known: Known;
  readonly done: { readonly put: PushReport["put"][number][]; readonly removed: PushReport["removed"][number][] };
}

/** Writes to the manifest first what it is about to put, so that the next push recognises the objects of one that failed. */
async function carryOut(
  plan: PushPlan,
  situation: Situation,
  before: Manifest,
  { from, to, sources, known, done }: Work,
): Promise<void> {
  const { put, remove, adopt, forget } = plan;
  const files: { [key: string]: Pushed } = { ...before.files, ...adopt };
  for (const { file } of put) files[file.key] = { ...files[file.key], next: file.digest };
  for (const { key } of remove) files[key] = { ...files[key], next: null };
  for (const key of forget) delete files[key];
  const taken = withMarks(before.taken, known, [...Object.keys(adopt), ...forget]);
  if (before.etag === undefined) await to.probe?.();
  const intended = await writeManifest(to, { files, taken, etag: before.etag });
  if (put.length + remove.length === 0) return;

  const putOne = async ({ file: { key, size }, reason, over }: PushPlan["put"][number]) => {
    const body = (await readObject(from, sources.get(key)?.source ?? key))?.body;
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
    const { key } = each;
    // A delete has no condition: what was altered meanwhile is seen here, all but the last moment.
    const now = await to.get(key, situation.present.get(key));
    if (now !== "unchanged" && now !== undefined) {
      throw new StoreConflict(to.name, "delete", key, "it was altered during the push");
    }
    await to.delete(key);
    delete files[key];
    done.removed.push(each);
  });
  const settled = [...put.map(({ file }) => file.key), ...remove.map(({ key }) => key)];
  await writeManifest(to, { files, taken: withMarks(taken, known, settled), etag: intended.etag });
}

/** As many as are kept of a key; older ones are of checkouts that nobody pushes any more. */
const MARKS = 50;

/** From now on the manifest says of these keys what pulls said. All marks stay: another checkout may be behind. */
function withMarks(taken: Manifest["taken"], known: Known, keys: readonly string[]): Manifest["taken"] {
  const marks: { [key: string]: readonly string[] } = { ...taken };
  for (const key of keys) {
    const seen = known.files[key];
    const before = marks[key] ?? [];
    if (seen && !before.includes(markOf(seen))) marks[key] = [...before, markOf(seen)].slice(-MARKS);
  }
  return marks;
}

/** Those that were brought here and removed again are not wanted. */
function postsToPull({ files, pushed, present }: Situation, known: Known): readonly string[] {
  const here = new Set(files.map(({ key }) => key));
  return [...present.keys()].filter(
    (key) => isPulled(key, false) && !here.has(key) && !(key in pushed) && !(key in known.files),
  );
}

function headersOf(key: string): { readonly contentType: string; readonly cacheControl?: string } {
  const contentType = contentTypeOf(key);
  // Media are served under their names: an hour, since another file may be put under the same one.
  return { contentType, ...present({ cacheControl: key.startsWith("media/") ? "public, max-age=3600" : undefined }) };
}

async function readSituation(
  to: Store,
  { files, left }: Files,
  { files: listed, taken }: Manifest,
  known: Known,
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
  const seen: { [key: string]: Seen } = {};
  for (const key of Object.keys(known.files)) {
    const last = lastSeen(key, known.files, taken);
    if (last) seen[key] = last;
  }
  return { files, pushed, seen, present: etags, digests, force };
}
