/** A letter before anything is written. */
import type { LetterContent } from "./types.ts";

export const EMPTY: LetterContent = {
  ...{ title: "", text: "", tags: [], language: "", when: "now", at: "" },
  ...{ how: "bookmark-of", link: "", media: [] },
};
