/** What an entry names of all that its post is filed under. Which channels the post is in does not depend on it. */
import type { Facts } from "../model.ts";

/** The most tags, categories with those above them, and authors that an entry names: readers show few of them. */
const MOST = 100;

type Filed = Pick<Facts, "tags" | "categories">;

/** The first ones, categories before tags. */
export function namedOf({ tags, categories }: Filed): Filed {
  const levels = categories.reduce((sum, path) => sum + path.length, 0);
  if (levels + tags.length <= MOST) return { tags, categories };
  let left = MOST;
  const shown = categories.map((path) => {
    const part = path.slice(0, left);
    left -= part.length;
    return part;
  });
  return { tags: tags.slice(0, left), categories: shown.filter(({ length }) => length > 0) };
}

export const firstAuthors = <Author>(authors: readonly Author[]): readonly Author[] =>
  authors.length > MOST ? authors.slice(0, MOST) : authors;
