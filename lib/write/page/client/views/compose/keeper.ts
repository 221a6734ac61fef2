/** Keeps a letter on the phone while it is written. */
import { changeLetter, discard, keep, letterAt, without } from "../../kept/letters.ts";
import type { Letter } from "../../kept/types.ts";
import { placeOf } from "../router.ts";
import type { LetterForm } from "./form.ts";

const SOON = 300;

export interface Keeper extends LetterForm {
  readonly send: () => Promise<void>;
  readonly discard: () => Promise<void>;
  readonly end: () => void;
}

/** Nothing typed is lost, whatever happens to the page; a letter in which nothing was typed is not kept. */
export function openKeeper(first: Letter): Keeper {
  let letter = first;
  let isDirty = false;
  let isKept = false;
  let timer = 0;
  const save = async (change: Partial<Letter> = {}) => {
    clearTimeout(timer);
    if (!isDirty && Object.keys(change).length === 0) return;
    isDirty = false;
    const written = { ...letter, ...change };
    isKept ||= (await letterAt(letter.id)) !== undefined;
    if (!isKept) {
      await keep(written);
      // Whoever opens the page anew finds the letter where it was.
      if (location.hash.startsWith("#/new/")) history.replaceState(undefined, "", placeOf("letter", letter.id));
    }
    // Another tab may have sent it meanwhile.
    else await changeLetter(letter.id, (each) => (each.state === "writing" ? { ...each, ...written } : undefined));
    isKept = true;
  };
  const flush = () => void save();
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
