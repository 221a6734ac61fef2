/** Recognises front matter by its keys, where the fences are ambiguous or wrong. */
import type { FenceProblem, KeyLines, Opening } from "./types.ts";

/** Keys that site generators know, and with which a paragraph seldom begins. */
const KNOWN = [
  "title|date|updated|lastmod|pubdate|draft|published|layout|tags?|categor(?:y|ies)|authors?",
  "permalink|slug|abbrlink|id|lang|description|cover|comments",
  // A key that holds a post back may be the only one.
  "is[_-]?draft|publish|hidden|hide|unlisted|private|headless|feed|rss|(?:post[_-]?)?(?:password|status)|visibility",
  "encrypt(?:ed)?|_?build|eleventyExcludeFromCollections|publish[_-]?date|expires|expiry(?:[_-]?date)?|unpublish[_-]?date",
].join("|");
const KNOWN_KEY = new RegExp(`^["']?(?:${KNOWN})["']?[ \\t]*:(?=\\s|$)`, "im");
const KNOWN_KEY_ALSO_TOML = new RegExp(`^["']?(?:${KNOWN})["']?[ \\t]*[:=](?=\\s|$)`, "im");
const TWO_KNOWN_KEYS = new RegExp(`^(?:${KNOWN})[ \\t]*:[ \\t][^\\n]+\\n(?:${KNOWN})[ \\t]*:[ \\t]`, "i");

/** An empty or indented line, a comment, an item, the end of a list, a table of TOML, or a key. */
const KEY_LINE = /^(?:|\s.*|#.*|-(?: .*)?|[\]}],?\s*|\[.*\]\s*|(?:[\p{L}\p{N}_.-]+|"[^"]*"|'[^']*')\s*[:=](?:\s.*)?)$/u;

export const hasKnownKey = (text: string): boolean => KNOWN_KEY.test(text);
export const hasKnownTomlKey = (text: string): boolean => KNOWN_KEY_ALSO_TOML.test(text);

/** Whether each line may be one of front matter, and some line has a known key. Paragraphs and headings do not fit. */
export function looksLikeKeys(text: string, knownKey = KNOWN_KEY): boolean {
  return knownKey.test(text) && text.split("\n").every((line) => KEY_LINE.test(line));
}

/** A key in any spelling, and what may belong to one: an indented line, an item, a bracket, a comment. */
const PERHAPS_KEY = /^(?:[ \t].*|#(?!#).*|-(?:[ \t].*)?|[\]}{[].*|["']?[^\s:=：`>|*<!#-][^:=：]{0,99}[:=：].*)$/;
/** A heading, a quotation, HTML, four words or a whole sentence. A single word may be a key that is broken. */
const PROSE = /^(?:#{2}|[`>|<*!]|\S+(?:[ \t]+\S+){3}|.*[.!?。！？][ \t]*$)/;

/** The lines from `start`, which is at line `line`, to the first that no front matter would hold. */
export function linesAtTop(file: string, start: number, line: number): KeyLines {
  const blank = /^(?:[^\S\n]*\n)*/.exec(file.slice(start))?.[0] ?? "";
  const from = start + blank.length;
  let end = from;
  while (end < file.length) {
    const lineEnd = file.indexOf("\n", end);
    const text = file.slice(end, lineEnd < 0 ? undefined : lineEnd);
    if (text.trim() === "" || (PROSE.test(text) && !PERHAPS_KEY.test(text))) break;
    end = lineEnd < 0 ? file.length : lineEnd + 1;
  }
  return { form: "yaml", line: line + blank.split("\n").length - 1, text: file.slice(from, end) };
}

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
      if (looksLikeKeys(text, KNOWN_KEY_ALSO_TOML)) return below(keys);
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
  return { code: "front-matter-json", message, line, keys: linesAtTop(file, start, line) };
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
