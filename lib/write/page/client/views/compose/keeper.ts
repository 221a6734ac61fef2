/** Keeps a post on the phone while it is written. */
import { filled } from "../../base/data.ts";
import { changePost, discard, keep, postAt } from "../../kept/posts.ts";
import type { KeptPost } from "../../kept/types.ts";
import { nameOf } from "../parts.ts";
import { placeOf } from "../router.ts";
import { isEmpty } from "./checks.ts";
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
  /** What was typed since it was kept last: another tab may have the same post, and what was typed there stays. */
  let typed: Partial<KeptPost> = {};
  let [isBegun, isKept, isSent] = [!isNew, !isNew, false];
  let timer = 0;
  const save = async (also: Partial<KeptPost> = {}) => {
    clearTimeout(timer);
    // What becomes of its files then is no matter of this form.
    if (isSent) return;
    const [before, change] = [typed, { ...typed, ...also }];
    if (Object.keys(change).length === 0) return;
    typed = {};
    try {
      await store(change);
    } catch (error) {
      typed = { ...before, ...typed };
      const isFull = error instanceof Error && error.name === "QuotaExceededError";
      throw isFull ? new Error(filled(words.noRoom, { name: nameOf(post) })) : error;
    }
  };
  const store = async (change: Partial<KeptPost>) => {
    const kept =
      isKept && (await changePost(post.id, (each) => (each.state === "writing" ? { ...each, ...change } : undefined)));
    if (kept) post = { ...kept, ...typed };
    // Another tab may have sent it meanwhile, or discarded it; browsers themselves clear what they keep.
    else if (isKept && (await postAt(post.id))) throw new Error(words.faults.changed);
    else await keep({ ...post, ...change });
    isKept = true;
  };
  const flush = () => void save().catch(failed);
  const hidden = () => document.hidden && flush();
  const drop = async () => {
    typed = {};
    clearTimeout(timer);
    await discard(post);
  };
  /** In another tab something may have been typed since. */
  const dropEmpty = async () => {
    if (isEmpty({ ...post, ...(await postAt(post.id)), ...typed })) await drop();
  };
  addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", hidden);
  return {
    post: () => post,
    edit(change) {
      post = { ...post, ...change };
      typed = { ...typed, ...change };
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
      await save({ state: "waiting", tries: 0, next: 0, fault: undefined, problems: [] });
      isSent = true;
      void navigator.storage?.persist?.();
    },
    discard: drop,
    end() {
      if (isBegun && isEmpty(post) && !isSent) void dropEmpty();
      else flush();
      removeEventListener("pagehide", flush);
      document.removeEventListener("visibilitychange", hidden);
    },
  };
}
