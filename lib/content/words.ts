/** The words of a post: its text without the blank lines and blanks around it, which say nothing. */
import { digestOf } from "../base/digest.ts";

export interface DigestedWords {
  /** Empty where there are none. */
  readonly wordsDigest: string;
  /** What is around them. */
  readonly around: readonly [before: string, after: string];
}

export function digestWords(body: string): DigestedWords {
  const [before = ""] = /^(?:[ \t]*\n)+/.exec(body) ?? [];
  const words = body.slice(before.length).trimEnd();
  const around = [before, body.slice(before.length + words.length)] as const;
  return { wordsDigest: words === "" ? "" : digestOf(words), around };
}
