/** Recognises front matter by its keys, where the fences are ambiguous or wrong. */
import { linesAtTop } from "./attop.ts";
import { hasKnownTomlKey, KNOWN, looksLikeKeys } from "./known.ts";
import type { FenceProblem, KeyLines, Opening } from "./types.ts";

const TWO_KNOWN_KEYS = new RegExp(`^(?:${KNOWN})[ \\t]*:[ \\t][^\\n]+\\n(?:${KNOWN})[ \\t]*:[ \\t]`, "i");

/** Fences, and what input methods and word processors make of `---`. */
const ALMOST = String.raw`[-‐-―−－]{2,}|\+{3,}|;{3,}`;
const ALMOST_OPENING = new RegExp(String.raw`^[\s\u200b]*(?:${ALMOST})\s*$`);
const ALMOST_CLOSING = new RegExp(String.raw`\n[^\S\n]*(?:${ALMOST}|\.\.\.)[^\S\n]*(?=\n|$)`);
/** Lines that are searched; below them a thematic break and some keys are more likely to be text. */
const FIRST_LINES = 6;

/**
 * Front matter below other text, or between lines that are no fences. If it were read as text, a draft could be
 * published.
 */
export function misplacedKeys(opening: Opening): FenceProblem | undefined {
  const { file, start, line } = opening;
  const end = endOfComments(file, start);
  const commentLines = end > start ? file.slice(start, end).split("\n").length - 1 : 0;
  return keysNear(opening, start, line) ?? (commentLines > 0 ? keysNear(opening, end, line + commentLines) : undefined);
}

function keysNear({ file, start }: Opening, from: number, line: number): FenceProblem | undefined {
  let at = from;
  for (const [i, text] of file.slice(from).split("\n", FIRST_LINES).entries()) {
    const isFirst = at === start;
    at += text.length;
    if (ALMOST_OPENING.test(text)) {
      const rest = file.slice(at);
      const text = rest.slice(0, ALMOST_CLOSING.exec(rest)?.index ?? 0);
      const keys: KeyLines = { form: "yaml", line: line + i, text };
      if (isFirst && hasKnownTomlKey(text)) return wrongFence(keys);
      if (looksLikeKeys(text, hasKnownTomlKey)) return below(keys);
    }
    at += 1;
  }
  return undefined;
}

/** Where the comments at `start` end: a licence in them may be longer than the lines that are searched. */
function endOfComments(file: string, start: number): number {
  let at = start;
  for (;;) {
    const next = /\S/.exec(file.slice(at, at + MAX_GAP))?.index ?? 0;
    if (!file.startsWith("<!--", at + next)) return at;
    const end = file.indexOf("-->", at + next + 4);
    if (end < 0) return at;
    at = end + 3;
  }
}

/** The most white space between two comments. */
const MAX_GAP = 100;

const below = (keys: KeyLines): FenceProblem => ({
  code: "front-matter-missing",
  message: `front matter begins at line ${keys.line} only`,
  line: 1,
  fix: "remove what stands before it",
  keys,
});

const wrongFence = (keys: KeyLines): FenceProblem => ({
  code: "front-matter-missing",
  message: "the line above the front matter is no fence, or not the same as the one below it",
  line: keys.line,
  fix: "write --- alone on both lines, with plain hyphens and nothing before them",
  keys,
});

const KNOWN_MEMBER = new RegExp(`[{,\\n][ \\t]*["']?(?:${KNOWN})["']?[ \\t]*:`, "i");
/** No text begins so: with a comment in braces, a name in single quotes, or a list of objects. */
const NEVER_TEXT = /^(?:\{\s*(?:\/[/*]|'[^'\n]*'\s*:)|\[\s*\{\s*(?:["'][^"'\n]*["']|[\p{L}_$][\w$-]*)\s*:)/u;
const PERHAPS_TEXT = /^\{(?:[ \t]*\n|\s*(?:[\p{L}_$][\p{L}\p{N}_$-]*\s*:|["'“,]))/u;

/** JavaScript or JSON5 in the place of JSON. */
export function almostJson({ file, start, line }: Opening): FenceProblem | undefined {
  const text = file.slice(start).trimStart();
  if (!NEVER_TEXT.test(text) && !(PERHAPS_TEXT.test(text) && KNOWN_MEMBER.test(text))) return undefined;
  const message = "the file begins with what looks like JSON, but is not valid";
  return { code: "front-matter-json", message, line, keys: linesAtTop(file, start, line, "json") };
}

/** Two keys at the top of a file without any fence. */
export function unfencedKeys({ file, start, line }: Opening): FenceProblem | undefined {
  if (!TWO_KNOWN_KEYS.test(file.slice(start, start + 1_000))) return undefined;
  const fix = "put a line --- before the keys and another after them";
  return {
    code: "front-matter-missing",
    message: "the file begins with keys, but without fences",
    line,
    fix,
    keys: linesAtTop(file, start, line),
  };
}
