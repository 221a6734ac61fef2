/** Lines told to be front matter by their keys, where the fences leave it in doubt or are wrong. */
import type { Opening, Trouble } from "./types.ts";

/** Every site generator knows these; a paragraph seldom begins with one. */
const KNOWN = [
  "title|date|updated|lastmod|pubdate|draft|published|layout|tags?|categor(?:y|ies)|authors?",
  "permalink|slug|abbrlink|id|lang|description|cover|comments",
  // Whatever keeps a post back may be all that its author wrote.
  "is[_-]?draft|publish|hidden|hide|unlisted|private|headless|feed|rss|(?:post[_-]?)?(?:password|status)|visibility",
  "encrypt(?:ed)?|_?build|eleventyExcludeFromCollections|publish[_-]?date|expires|expiry(?:[_-]?date)?|unpublish[_-]?date",
].join("|");
const KNOWN_KEY = new RegExp(`^["']?(?:${KNOWN})["']?[ \\t]*:(?=\\s|$)`, "im");
const KNOWN_KEY_ALSO_TOML = new RegExp(`^["']?(?:${KNOWN})["']?[ \\t]*[:=](?=\\s|$)`, "im");
const TWO_KNOWN_KEYS = new RegExp(`^(?:${KNOWN})[ \\t]*:[ \\t][^\\n]+\\n(?:${KNOWN})[ \\t]*:[ \\t]`, "i");

/** Nothing, an indented line, a comment, an item, a list's end, a table of TOML, or a key. */
const KEY_LINE = /^(?:|\s.*|#.*|-(?: .*)?|[\]}],?\s*|\[.*\]\s*|(?:[\p{L}\p{N}_.-]+|"[^"]*"|'[^']*')\s*[:=](?:\s.*)?)$/u;

export const hasKnownKey = (text: string): boolean => KNOWN_KEY.test(text);
export const hasKnownTomlKey = (text: string): boolean => KNOWN_KEY_ALSO_TOML.test(text);

/** Paragraphs and headings do not: all lines are those of front matter, and one has a key that is known. */
export function looksLikeKeys(text: string, known = KNOWN_KEY): boolean {
  return known.test(text) && text.split("\n").every((line) => KEY_LINE.test(line));
}

/** With what input methods and word processors make of `---`. */
const ALMOST = String.raw`[-‐-―−－]{2,}|\+{3,}|;{3,}`;
const ALMOST_OPENING = new RegExp(String.raw`^[\s\u200b]*(?:${ALMOST})\s*$`);
const ALMOST_CLOSING = new RegExp(String.raw`\n[^\S\n]*(?:${ALMOST}|\.\.\.)[^\S\n]*(?=\n|$)`);
/** Below them a rule and some keys are more likely to be text. */
const FIRST_LINES = 6;

/** Front matter below something else, or between fences that are none. As text it would publish a draft. */
export function misplacedKeys(opening: Opening): Trouble | undefined {
  const { file, start, line } = opening;
  const end = endOfComments(file, start);
  const passed = end > start ? file.slice(start, end).split("\n").length - 1 : 0;
  return keysNear(opening, start, line) ?? (passed > 0 ? keysNear(opening, end, line + passed) : undefined);
}

function keysNear({ file, start }: Opening, from: number, line: number): Trouble | undefined {
  let at = from;
  for (const [i, text] of file.slice(from).split("\n", FIRST_LINES).entries()) {
    const isFirst = at === start;
    at += text.length;
    if (ALMOST_OPENING.test(text)) {
      const rest = file.slice(at);
      const keys = rest.slice(0, ALMOST_CLOSING.exec(rest)?.index ?? 0);
      if (isFirst && hasKnownTomlKey(keys)) return wrongFence(line);
      if (looksLikeKeys(keys, KNOWN_KEY_ALSO_TOML)) return below(line + i);
    }
    at += 1;
  }
  return undefined;
}

/** A licence in a comment can be longer than any lines that would be looked at. */
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

/** Between two comments. */
const MAX_GAP = 100;

const below = (line: number): Trouble => ({
  code: "front-matter-missing",
  message: `front matter begins at line ${line} only`,
  line: 1,
  fix: "take away what stands before it",
});

const wrongFence = (line: number): Trouble => ({
  code: "front-matter-missing",
  message: "the line above the front matter is no fence, or another than the one below it",
  line,
  fix: "write --- alone on both lines, with plain hyphens and nothing before them",
});

const KNOWN_MEMBER = new RegExp(`[{,\\n][ \\t]*["']?(?:${KNOWN})["']?[ \\t]*:`, "i");
/** A comment, a name in single quotes, or a list of objects. */
const NEVER_TEXT = /^(?:\{\s*(?:\/[/*]|'[^'\n]*'\s*:)|\[\s*\{\s*(?:["'][^"'\n]*["']|[\p{L}_$][\w$-]*)\s*:)/u;
const PERHAPS_TEXT = /^\{(?:[ \t]*\n|\s*(?:[\p{L}_$][\p{L}\p{N}_$-]*\s*:|["'“,]))/u;

/** JSON as JavaScript and JSON5 have it. */
export function almostJson({ file, start, line }: Opening): Trouble | undefined {
  const text = file.slice(start).trimStart();
  if (!NEVER_TEXT.test(text) && !(PERHAPS_TEXT.test(text) && KNOWN_MEMBER.test(text))) return undefined;
  const message = "the file begins with what looks like JSON, and is none";
  return { code: "front-matter-json", message, line };
}

/** Two keys at the top of a file without any fence. */
export function unfencedKeys({ file, start, line }: Opening): Trouble | undefined {
  if (!TWO_KNOWN_KEYS.test(file.slice(start, start + 1_000))) return undefined;
  const fix = "put a line --- before the keys and another after them";
  return { code: "front-matter-missing", message: "the file begins with keys between no fences", line, fix };
}
