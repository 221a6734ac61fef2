/** A post before anything is written. */
import type { PostContent } from "./types.ts";

export const EMPTY: PostContent = {
  ...{ title: "", text: "", tags: [], language: "", when: "now", at: "" },
  ...{ how: "bookmark-of", link: "", media: [] },
};
