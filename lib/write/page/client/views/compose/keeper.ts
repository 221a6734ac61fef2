/** Keeps a letter on the phone while it is written. */
import { filled } from "../../base/data.ts";
import { changeLetter, discard, keep, letterAt, without } from "../../kept/letters.ts";
import type { Letter } from "../../kept/types.ts";
import { nameOf } from "../parts.ts";
import { placeOf } from "../router.ts";
import type { LetterForm } from "./form.ts";

const SOON = 300;

export interface Keeper extends LetterForm {
  readonly send: () => Promise<void>;
  readonly discard: () => Promise<void>;
  readonly end: () => void;
}

/** Nothing typed is lost, whatever happens to the page; a letter in which nothing was typed is not kept. */
export function openKeeper(first: Letter, failed: (error: unknown) => void): Keeper {
  let letter = first;
  let isDirty = false;
  let isKept = false;
  let timer = 0;
  const save = async (change: Partial<Letter> = {}) => {
    clearTimeout(timer);
    if (!isDirty && Object.keys(change).length === 0) return;
    isDirty = false;
    const written = { ...letter, ...change };
    try {
      await store(written);
    } catch (error) {
      isDirty = true;
      const isFull = error instanceof Error && error.name === "QuotaExceededError";
      throw isFull ? new Error(filled(words.noRoom, { name: nameOf(written) })) : error;
    }
  };
  const store = async (written: Letter) => {
    isKept ||= (await letterAt(letter.id)) !== undefined;
    if (!isKept) {
      await keep(written);
      // Whoever opens the page anew finds the letter where it was.
      if (location.hash.startsWith("#/new/")) history.replaceState(undefined, "", placeOf("letter", letter.id));
    }
    // Another tab may have sent it meanwhile, or discarded it; browsers themselves clear what they keep.
    else if (
      !(await changeLetter(letter.id, (each) =>
        each.state === "writing" ? { ...without(each, ["fault", "problems"]), ...written } : undefined,
      ))
    ) {
      if (await letterAt(letter.id)) throw new Error(words.changedMeanwhile);
      await keep(written);
    }
    isKept = true;
  };
  const flush = () => void save().catch(failed);
  const hidden = () => document.hidden && flush();
  addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", hidden);
  return {
    letter: () => letter,
    edit(change) {
      letter = { ...letter, ...change };
      isDirty = true;
      clearTimeout(timer);
      timer = setTimeout(flush, SOON);
    },
    async send() {
      letter = without(letter, ["fault", "problems"]);
      await save({ state: "waiting", tries: 0, next: 0 });
      void navigator.storage?.persist?.();
    },
    async discard() {
      isDirty = false;
      clearTimeout(timer);
      await discard(letter);
    },
    end() {
      flush();
      removeEventListener("pagehide", flush);
      document.removeEventListener("visibilitychange", hidden);
    },
  };
}
