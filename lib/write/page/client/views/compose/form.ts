/** What the parts of the form share: the letter as it is now, and how it changes. */
import type { Letter } from "../../kept/types.ts";

export interface LetterForm {
  readonly letter: () => Letter;
  /** Kept on the phone soon after. */
  readonly edit: (change: Partial<Letter>) => void;
}

/** The value of an input as it is typed. */
export const typed = (act: (value: string) => void) => (event: Event) => act((event.target as HTMLInputElement).value);
