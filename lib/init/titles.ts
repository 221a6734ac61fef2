/** The language that most titles are in, where the letters alone tell it. */
import type { Said } from "./types.ts";

const LETTERS: readonly (readonly [language: string, letters: RegExp])[] = [
  ["ja", /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ["ko", /\p{Script=Hangul}/u],
  ["zh-CN", /\p{Script=Han}/u],
];

/** The first of the languages whose letters stand in the title. */
export const languageOfTitle = (title: string): string | undefined =>
  LETTERS.find(([, letters]) => letters.test(title))?.[0];

/** That of more than half of the titles; Japanese has titles of Chinese letters alone, too. */
export function languageOfTitles(counts: ReadonlyMap<string, number>, posts: number): Said | undefined {
  const of = (language: string) => counts.get(language) ?? 0;
  const from = "the letters of most titles";
  if (of("ko") > posts / 2) return { value: "ko", from };
  if (of("ja") + of("zh-CN") <= posts / 2) return undefined;
  return { value: of("ja") >= of("zh-CN") / 4 ? "ja" : "zh-CN", from };
}
