/** Content goes up: by what files hold, changed ones alone, and of what is there only what a push put may go. */
import { createHash } from "node:crypto";
import { forEachAtOnce } from "../base/concurrency.ts";
import { typeByName, UNKNOWN_TYPE } from "../content/facts/mime.ts";
import { listEtags, readObject, type Store, StoreConflict, StoreError, StoreUnknown } from "../stores/store.ts";
import { MANIFEST_KEY, type Manifest, type Pushed, readManifest, writeManifest } from "./manifest.ts";
import {
  doubtfulKeys,
  type File,
  type PushPlan,
  type PushRefusal,
  planPush,
  refusePush,
  type Situation,
} from "./plan.ts";

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
  /** Files that one put cannot hold. */
  readonly tooLarge: readonly string[];
  readonly refused?: PushRefusal;
}

/** Files that cannot be pushed as they are; all of them. */
export class PushError extends Error {
  override readonly name = "PushError";
}

/** What is larger is read whole no more. */
const MOST_BYTES = 1024 ** 3;
/** Larger files go one after the other. */
const LARGE_BYTES = 8 * 1024 ** 2;
const ATTEMPTS = 6;

/** Throws `StoreError` when a store fails: what was put until then counts as ours the next time. `PushError` as above. */
export async function push({ from, to, force = false, dryRun = false }: PushOptions): Promise<PushReport> {
  const { files, sources, tooLarge } = await readFiles(from);
  const done: Work["done"] = { put: [], removed: [] };

  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const manifest = await readManifest(to);
    const situation = await look(to, files, tooLarge, manifest, force);
    const plan = planPush(situation);
    const { unchanged, conflicts } = plan;
    const refused = refusePush(plan, situation);
    const common = { dryRun, unchanged, conflicts, tooLarge };
    if (refused || dryRun) {
      const put = plan.put.map(({ file: { key, size }, reason }) => ({ key, reason, size }));
      return { ...common, put, removed: plan.remove, ...(refused && { refused }) };
    }
    const told = () => ({ ...common, ...done, unchanged: unchanged - again(done.put, plan) });
    if (isNothing(plan)) return told();
    try {
      await carryOut(plan, manifest, { from, to, sources, done });
      return told();
    } catch (error) {
      // Another push, or somebody, was quicker: look again.
      if (!(error instanceof StoreConflict || error instanceof StoreUnknown)) throw error;
    }
  }
  throw new StoreError(
    to.name,
    "put",
    MANIFEST_KEY,
    "others keep pushing to this store: push again when they have ended",
  );
}

const isNothing = ({ put, remove, adopt, forget }: PushPlan): boolean =>
  put.length + remove.length + Object.keys(adopt).length + forget.length === 0;

/** What this push has put already looks unchanged when it looks again. */
const again = (put: PushReport["put"], plan: PushPlan): number =>
  put.filter(({ key }) => !plan.put.some(({ file }) => file.key === key)).length;

interface Work {
  readonly from: Store;
  readonly to: Store;
  /** Key of the store → key of the folder. */
  readonly sources: ReadonlyMap<string, string>;
  readonly done: { readonly put: PushReport["put"][number][]; readonly removed: PushReport["removed"][number][] };
}

/** First the manifest says what is to come: what a push puts that dies is known for ours by it. */
async function carryOut(plan: PushPlan, before: Manifest, { from, to, sources, done }: Work): Promise<void> {
  const { put, remove, adopt, forget } = plan;
  const files: { [key: string]: Pushed } = { ...before.files, ...adopt };
  for (const { file } of put) files[file.key] = { ...files[file.key], next: file.digest };
  for (const key of forget) delete files[key];
  const intended = await writeManifest(to, { files, etag: before.etag });
  if (put.length + remove.length === 0) return;

  const putOne = async ({ file: { key, size }, reason, over }: PushPlan["put"][number]) => {
    const body = (await readObject(from, sources.get(key) ?? key))?.body;
    if (!body) throw new StoreError(from.name, "get", key, "it went away while it was pushed: push again");
    const condition = over === undefined ? { ifAbsent: true as const } : { ifMatch: over };
    const etag = await to.put(key, body, { ...headersOf(key), ...condition });
    files[key] = { digest: sha256(body), etag };
    done.put.push({ key, reason, size });
  };
  const isLarge = ({ file }: PushPlan["put"][number]) => file.size > LARGE_BYTES;
  await forEachAtOnce(
    put.filter((each) => !isLarge(each)),
    putOne,
  );
  for (const each of put.filter(isLarge)) await putOne(each);
  await forEachAtOnce(remove, async (each) => {
    await to.delete(each.key);
    delete files[each.key];
    done.removed.push(each);
  });
  await writeManifest(to, { files, etag: intended.etag });
}

function headersOf(key: string): { readonly contentType: string; readonly cacheControl?: string } {
  const type = typeByName(key) ?? (/\.ya?ml$/i.test(key) ? "application/yaml" : UNKNOWN_TYPE);
  const contentType = /^text\/|json$|yaml$|svg\+xml$/.test(type) ? `${type}; charset=utf-8` : type;
  // Served as they are, by their names: an hour for whoever puts another file under one.
  return { contentType, ...(key.startsWith("media/") && { cacheControl: "public, max-age=3600" }) };
}

async function look(
  to: Store,
  files: readonly File[],
  tooLarge: readonly string[],
  { files: pushed }: Manifest,
  force: boolean,
): Promise<Situation> {
  const present = await listEtags(to);
  // What is too large was put by other means, and is nobody's business here.
  const known = Object.fromEntries(Object.entries(pushed).filter(([key]) => !tooLarge.includes(key)));
  const digests = new Map<string, string>();
  await forEachAtOnce(doubtfulKeys({ files, pushed: known, present }), async (key) => {
    const object = await readObject(to, key);
    if (object) digests.set(key, sha256(object.body));
  });
  return { files, pushed: known, present, digests, force };
}

/** What authors see of a folder: nothing that begins with a dot, and nothing that editors and systems leave. */
const isContent = (key: string): boolean =>
  !key.split("/").some((part) => /^\.|^node_modules$|~$|^(?:Thumbs\.db|desktop\.ini|#.*#)$|\.sw[a-p]$/.test(part));

async function readFiles(from: Store): Promise<{
  readonly files: readonly File[];
  readonly sources: ReadonlyMap<string, string>;
  readonly tooLarge: readonly string[];
}> {
  const found: { readonly source: string; readonly key: string; readonly size: number }[] = [];
  for await (const { key: source, size } of from.list("")) {
    // Systems differ in how they spell é; addresses and Markdown have it composed.
    if (isContent(source)) found.push({ source, key: source.normalize("NFC"), size });
  }
  const twice = [...Map.groupBy(found, ({ key }) => key)].filter(([, same]) => same.length > 1);
  if (twice.length > 0) {
    const lines = twice.map(
      ([key, same]) => `${key}: ${same.length} files have this name, spelt differently; keep one`,
    );
    throw new PushError(lines.join("\n"));
  }
  const tooLarge = found.filter(({ size }) => size > MOST_BYTES).map(({ key }) => key);
  const files: File[] = [];
  const sources = new Map<string, string>();
  for (const { source, key, size } of found) {
    if (size > MOST_BYTES) continue;
    const object = await readObject(from, source);
    if (!object) continue; // gone meanwhile
    files.push({ key, digest: sha256(object.body), size: object.body.length });
    sources.set(key, source);
  }
  return { files, sources, tooLarge };
}

const sha256 = (body: Uint8Array): string => createHash("sha256").update(body).digest("hex");
