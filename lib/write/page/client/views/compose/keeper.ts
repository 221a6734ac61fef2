/** Keeps a post on the phone while it is written. */
import { filled } from "../../base/data.ts";
import { changePost, discard, keep, postAt, without } from "../../kept/posts.ts";
import type { KeptPost } from "../../kept/types.ts";
import { nameOf } from "../parts.ts";
import { placeOf } from "../router.ts";
import type { ComposeForm } from "./form.ts";

const SOON = 300;

export interface Keeper extends ComposeForm {
  readonly send: () => Promise<void>;
  readonly discard: () => Promise<void>;
  readonly end: () => void;
}

/** Nothing typed is lost, whatever happens to the page; a post in which nothing was typed is not kept. */
export function openKeeper(first: KeptPost, isNew: boolean, failed: (error: unknown) => void): Keeper {
  let post = first;
  let isDirty = false;
  let [isBegun, isKept] = [!isNew, !isNew];
  let timer = 0;
  const save = async (change: Partial<KeptPost> = {}) => {
    clearTimeout(timer);
    if (!isDirty && Object.keys(change).length === 0) return;
    isDirty = false;
    const written = { ...post, ...change };
    try {
      await store(written);
    } catch (error) {
      isDirty = true;
      const isFull = error instanceof Error && error.name === "QuotaExceededError";
      throw isFull ? new Error(filled(words.noRoom, { name: nameOf(written) })) : error;
    }
  };
  const store = async (written: KeptPost) => {
    if (!isKept) await keep(written);
    // Another tab may have sent it meanwhile, or discarded it; browsers themselves clear what they keep.
    else if (
      !(await changePost(post.id, (each) =>
        each.state === "writing" ? { ...without(each, ["fault", "problems"]), ...written } : undefined,
      ))
    ) {
      if (await postAt(post.id)) throw new Error(words.faults.changed);
      await keep(written);
    }
    isKept = true;
  };
  const flush = () => void save().catch(failed);
  const hidden = () => document.hidden && flush();
  addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", hidden);
  return {
    post: () => post,
    edit(change) {
      post = { ...post, ...change };
      isDirty = true;
      clearTimeout(timer);
      if (isBegun) timer = setTimeout(flush, SOON);
      else {
        isBegun = true;
        // Whoever opens the page anew finds the post where it was.
        history.replaceState(undefined, "", placeOf("kept", post.id));
        flush();
      }
    },
    async send() {
      post = without(post, ["fault", "problems"]);
      await save({ state: "waiting", tries: 0, next: 0 });
      void navigator.storage?.persist?.();
    },
    async discard() {
      isDirty = false;
      clearTimeout(timer);
      await discard(post);
    },
    end() {
      flush();
      removeEventListener("pagehide", flush);
      document.removeEventListener("visibilitychange", hidden);
    },
  };
}
