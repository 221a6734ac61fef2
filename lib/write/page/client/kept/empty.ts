/** A letter before anything is written. */
import type { Written } from "./types.ts";

export const EMPTY: Written = {
  ...{ title: "", text: "", tags: [], language: "", when: "now", at: "" },
  ...{ how: "bookmark-of", link: "", media: [] },
};
