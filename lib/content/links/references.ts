/** The links of a post to others, by their files: collected while it is parsed, resolved once it is known where these are. */
import type { Reference } from "../../model.ts";
import { stemsMeant } from "./stems.ts";

/** The most links to other posts that are followed in one post. */
export const MOST_REFERENCES = 1000;

/** Around the number of a reference, in the place of the address that it stands for: a noncharacter of Unicode. */
export const MARK = "\ufdd0";

export interface References {
  /** Its number; `undefined` where it can be of no post, or there are too many. */
  readonly add: (reference: Reference) => number | undefined;
  readonly list: () => readonly Reference[];
  /** The line of the first that is one too many. */
  readonly tooManyAt: () => number | undefined;
}

/** Of the file at `key`. */
export function openReferences(key: string): References {
  const numbers = new Map<string, number>();
  const list: Reference[] = [];
  let tooMany: number | undefined;
  return {
    add(reference) {
      const { line: _, ...same } = reference;
      const name = JSON.stringify(same);
      const known = numbers.get(name);
      if (known !== undefined) return known;
      if (stemsMeant(reference, key).length === 0) return undefined;
      if (list.length === MOST_REFERENCES) {
        tooMany ??= reference.line ?? 1;
        return undefined;
      }
      numbers.set(name, list.length);
      return list.push(reference) - 1;
    },
    list: () => list,
    tooManyAt: () => tooMany,
  };
}
