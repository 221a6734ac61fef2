/** The words as the page holds them: a list, whose items the script knows by short names. */
import { EN } from "./en.ts";
import { shortName } from "./names.ts";
import type { WritingWords } from "./words.ts";

/** The global object of the page that holds them. */
export const GLOBAL = "W";

/** In the order of the list, which is that of every language. What is said without scripts is not for the script. */
const NAMES = (Object.keys(EN) as readonly (keyof WritingWords)[]).filter((name) => name !== "needsScript");

/** Name → short name. */
export const SHORT: ReadonlyMap<string, string> = new Map(NAMES.map((name, i) => [name, shortName(i)]));

export const listed = (words: WritingWords): readonly unknown[] => NAMES.map((name) => words[name]);
