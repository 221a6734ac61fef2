/** The steps of a pull, carried out in the folder, each under the condition that nobody else has written there meanwhile. */
import { present } from "../../base/optional.ts";
import { contentTypeOf } from "../../content/facts/mime.ts";
import type { Etag } from "../../model.ts";
import { readObject, StoreConflict, StoreUnreadable } from "../../stores/store.ts";
import { sha256 } from "../files.ts";
import { asideOf, type Known, type Seen, seenAs } from "../seen.ts";
import { mergePosts } from "./merge.ts";
import { type PullStep, planPull } from "./plan.ts";
import type { ComparedFile, PulledSides } from "./sides.ts";
import type { PullOptions, PullReport } from "./types.ts";

type ByKey<T> = Map<string, T>;

/** By key: a later attempt finds done what a former one did. */
export interface PulledSoFar {
  readonly brought: ByKey<PullReport["brought"][number]>;
  readonly removed: ByKey<PullReport["removed"][number]>;
  readonly conflicts: ByKey<PullReport["conflicts"][number]>;
  readonly left: ByKey<PullReport["left"][number]>;
}

interface Steps {
  readonly take: (found: ComparedFile) => Promise<void>;
  /** What is known of the folder after them; `undefined` where it is as it was. */
  readonly known: () => Known | undefined;
}

export function openSteps(
  { known, taken }: PulledSides,
  done: PulledSoFar,
  { from, to, merging, dryRun }: PullOptions,
): Steps {
  const files: { [key: string]: Seen } = { ...known.files };
  const aside: { [key: string]: string } = { ...known.aside };
  let isSame = true;

  return {
    take: async (found) => {
      try {
        await takeStep(found, planPull(found.sides));
      } catch (error) {
        if (!(error instanceof StoreUnreadable)) throw error;
        done.left.set(found.key, { key: found.key, why: error.message });
      }
    },
    known: () => (isSame ? undefined : { ...known, files, aside }),
  };

  async function takeStep(found: ComparedFile, step: PullStep): Promise<void> {
    const { key, there } = found;
    if (step.do === "note") note(key, there ?? {});
    else if (step.do === "forget") forget(key);
    else if (step.do === "bring") await bring(found, step);
    else if (step.do === "remove") await remove(found);
    else if (step.do === "merge") await merge(found, step.base);
    else if (step.do === "wait") tell(key, "changed here and there", asideOf(key, there?.digest ?? ""));
    else if (step.do === "keep") {
      tell(key, step.conflict);
      note(key, {});
    }
  }

  function note(key: string, object: { readonly digest?: string; readonly etag?: Etag }): void {
    files[key] = seenAs(key, object, taken);
    delete aside[key];
    isSame = false;
  }

  /** For its own sake nothing is written: that would be a commit without a text. */
  function forget(key: string): void {
    delete files[key];
    delete aside[key];
  }

  function tell(key: string, what: PullReport["conflicts"][number]["what"], place?: string): void {
    done.conflicts.set(key, { key, what, ...(place === undefined ? {} : { aside: place }) });
  }

  async function bring(found: ComparedFile, { reason, conflict }: PullStep & { readonly do: "bring" }): Promise<void> {
    const { key } = found;
    const object = await readObject(from, key);
    if (!object) throw new StoreConflict(from.name, "get", key, "it was removed during the pull");
    await write(found, object.body, reason);
    if (conflict) tell(key, conflict);
    note(key, { digest: sha256(object.body), etag: object.etag });
  }

  async function merge(found: ComparedFile, base: string | undefined): Promise<void> {
    const { key, source, here } = found;
    const [ours, theirs] = await Promise.all([readObject(to, source), readObject(from, key)]);
    if (!ours || !theirs || ours.etag !== here?.etag) {
      throw new StoreConflict(to.name, "get", key, "it was changed during the pull");
    }
    const digest = sha256(theirs.body);
    const merged = await mergePosts(merging, key, base, ours.body, theirs.body);
    if (merged) {
      if (Buffer.compare(merged, ours.body) !== 0) await write(found, merged, "merged");
      note(key, { digest, etag: theirs.etag });
      return;
    }
    const place = asideOf(key, digest);
    // Whatever lies there: it is this text, or the rest of a pull that failed.
    if (!dryRun) await to.put(place, theirs.body, { contentType: contentTypeOf(key) });
    tell(key, "changed here and there", place);
    aside[key] = digest;
    isSame = false;
  }

  async function write({ key, source, here }: ComparedFile, body: Uint8Array, reason: "new" | "changed" | "merged") {
    const condition = here === undefined ? { ifAbsent: true as const } : { ifMatch: here.etag };
    try {
      if (!dryRun) await to.put(source, body, { contentType: contentTypeOf(key), ...condition });
    } catch (error) {
      if (error instanceof StoreConflict && here === undefined && !(await isListed(source))) {
        const why = "a file here has the same name but for upper and lower case, which this disk takes for one";
        throw new StoreUnreadable(to.name, "put", key, why);
      }
      throw error;
    }
    done.brought.set(key, { key, reason, size: body.length });
  }

  async function isListed(source: string): Promise<boolean> {
    for await (const { key } of to.list(source)) if (key === source) return true;
    return false;
  }

  async function remove({ key, source, here }: ComparedFile): Promise<void> {
    if (!dryRun) await to.delete(source, present({ ifMatch: here?.etag }));
    done.removed.set(key, { key });
    if (key in known.files) isSame = false;
    forget(key);
  }
}
