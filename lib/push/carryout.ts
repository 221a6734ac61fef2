/** Carries out the plan of a push, each put under its condition, and notes in the manifest what it is about to do and what it has done. */
import { forEachAtOnce } from "../base/concurrency.ts";
import { present } from "../base/optional.ts";
import { IDS_KEY } from "../base/problems.ts";
import { headersOf } from "../content/facts/mime.ts";
import { readObject, type Store, StoreError } from "../stores/store.ts";
import { type Files, sha256 } from "./files.ts";
import { type Manifest, type Pushed, writeManifest } from "./manifest.ts";
import type { PushPlan, Situation } from "./plan.ts";
import { type Known, markOf } from "./seen.ts";

/** Larger files are put one after the other, to bound the memory. */
const LARGE_BYTES = 8 * 1024 ** 2;
export interface PutFile {
  readonly key: string;
  readonly reason: PushPlan["put"][number]["reason"];
  readonly size: number;
}

/** Over all attempts. */
export interface DonePush {
  readonly put: PutFile[];
  readonly removed: PushPlan["remove"][number][];
}

interface Work {
  readonly from: Store;
  readonly to: Store;
  readonly sources: Files["sources"];
  readonly known: Known;
  readonly done: DonePush;
}

/** Writes to the manifest first what it is about to put, so that the next push recognises the objects of one that failed. */
export async function carryOut(
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
    await to.delete(key, present({ ifMatch: situation.present.get(key) }));
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
