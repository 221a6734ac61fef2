/** Pushes a folder's content to the content store: puts the files that changed, and removes only objects that a push put. */
import { present } from "../base/optional.ts";
import { type Store, StoreConflict, StoreError, StoreUnknown } from "../stores/store.ts";
import { carryOut, type DonePush, type PutFile } from "./carryout.ts";
import { type Files, readFiles } from "./files.ts";
import { MANIFEST_KEY, readManifest } from "./manifest.ts";
import { type PushPlan, type PushRefusal, planPush, refusePush } from "./plan.ts";
import { readKnown } from "./seen.ts";
import { postsToPull, readSituation } from "./situation.ts";

export interface PushOptions {
  readonly from: Store;
  readonly to: Store;
  readonly force?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
}

export interface PushReport {
  readonly dryRun: boolean;
  readonly put: readonly PutFile[];
  readonly removed: PushPlan["remove"];
  readonly unchanged: number;
  readonly conflicts: PushPlan["conflicts"];
  readonly kept: PushPlan["kept"];
  /** Posts that came into the store by other ways, such as a phone, and are not in the folder. */
  readonly toPull: readonly string[];
  readonly left: Files["left"];
  readonly refused?: PushRefusal;
}

const ATTEMPTS = 6;

/**
 * Throws a `StoreError` when a store fails, and the next push continues; a `PushError` for files that cannot be pushed.
 */
export async function push({ from, to, force = false, dryRun = false }: PushOptions): Promise<PushReport> {
  const [content, known] = [await readFiles(from), await readKnown(from)];
  const { left } = content;
  const done: DonePush = { put: [], removed: [] };

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
