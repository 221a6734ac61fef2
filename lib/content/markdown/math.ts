/** TeX in Markdown is kept as it is written: its `_`, `*`, `\\`, `<` and `&` have no meaning in Markdown. */
import type { TokenizerAndRendererExtension, Tokens } from "marked";
import { escapeText } from "../../base/text.ts";
import type { Addition } from "./addition.ts";
import { blocksRead, firstFrom, lineRead, type Reading } from "./reading.ts";

/** The longest formula that is recognised. */
const LONGEST = 5_000;

const isTex = (text: string): boolean => /[\\_^{}]/.test(text) && !text.includes("](");
/** `$x$`, `$2*3$`, `$a<b$`; no `$5 and *then* he paid$`. */
const isShort = (text: string): boolean => text.length <= 24 && !/[a-z]{2,}\s+[a-z]{2,}|\]\(/i.test(text);
/** For the short spelling of brackets, which more often are escaped ones. */
const SURELY_TEX = /\\[a-z]|[\^{}]/gi;

/** A formula, and what it is written as. */
interface Formula {
  readonly raw: string;
  readonly tex: string;
}

const SPACE = /\s/;
const DOLLAR_CODE = /^\$`([^`]+)`\$/; // only on GitHub

/** `$` and backticks that are not escaped: what a formula ends at. */
function endsIn(text: string): readonly number[] {
  const ends: number[] = [];
  for (const { 0: found, index } of text.matchAll(/\\[\s\S]|[$`]/g)) if (found.length === 1) ends.push(index);
  return ends;
}

const doubleEndsIn = (text: string): readonly number[] => endsIn(text).filter((at) => text.startsWith("$$", at));

/**
 * Where the formula ends whose content begins at a position; -1 if none does. As in Pandoc: no space inside the marks,
 * and no code and no link in between.
 */
function endOfDollars(text: string, ends: readonly number[], content: number): number {
  if (content >= text.length || SPACE.test(text.charAt(content))) return -1;
  const end = firstFrom(ends, content);
  return end > content && text.charAt(end) === "$" && !SPACE.test(text.charAt(end - 1)) ? end : -1;
}

function dollarTex(line: Reading, at: number): Formula | undefined {
  const { text } = line;
  const code = text.charAt(at + 1) === "`" ? DOLLAR_CODE.exec(text.slice(at, at + LONGEST)) : undefined;
  if (code) return { raw: code[0], tex: `$${code[1]}$` };
  const isDouble = text.charAt(at + 1) === "$";
  const content = isDouble ? at + 2 : at + 1;
  const end = isDouble ? firstFrom(line.once(doubleEndsIn), content) : endOfDollars(text, line.once(endsIn), content);
  if (end <= content || (!isDouble && /[\d$]/.test(text.charAt(end + 1)))) return undefined;
  const after = end + content - at;
  if (after - at > LONGEST) return undefined;
  const raw = text.slice(at, after);
  const inner = text.slice(content, end);
  return isTex(inner) || isShort(inner) ? { raw, tex: raw } : undefined;
}

/**
 * `\\(` is what Markdown needs for `\(`; some processors accept the short spelling, which CommonMark reads as `(`. The
 * content of round brackets has none of its kind.
 */
const BRACKETS = [
  { open: "\\\\(", close: "\\\\)", isLong: true, isRound: true },
  { open: "\\\\[", close: "\\\\]", isLong: true, isRound: false },
  { open: "\\(", close: "\\)", isLong: false, isRound: true },
  { open: "\\[", close: "\\]", isLong: false, isRound: false },
] as const;

function bracketedTex(reading: Reading, at: number): Formula | undefined {
  const { text } = reading;
  const brackets = BRACKETS.find(({ open }) => text.startsWith(open, at));
  if (!brackets) return undefined;
  const { open, close, isLong, isRound } = brackets;
  const content = at + open.length;
  const end = reading.next(close, content);
  const after = end + close.length;
  if (end === content || after - at > LONGEST || (isRound && reading.next(open, content) < end)) return undefined;
  if (!isLong && reading.next(SURELY_TEX, content) >= end) return undefined;
  const raw = text.slice(at, after);
  return { raw, tex: isLong ? `${open.slice(1)}${text.slice(content, end)}${close.slice(1)}` : raw };
}

const ENVIRONMENT = /\\begin\{([a-z]+\*?)\}/y;
const LINE_END = /[ \t]*(?:\n|$)/y;

/** Where environments end at the end of a line, by their names. */
function environmentEndsIn(text: string): ReadonlyMap<string, readonly number[]> {
  const ends = new Map<string, number[]>();
  for (const { 0: end, 1: name = "", index } of text.matchAll(/\\end\{([a-z]+\*?)\}(?=[ \t]*(?:\n|$))/g)) {
    const positions = ends.get(name) ?? [];
    positions.push(index + end.length);
    ends.set(name, positions);
  }
  return ends;
}

function environmentTex(blocks: Reading, at: number): Formula | undefined {
  ENVIRONMENT.lastIndex = at;
  const [, name] = ENVIRONMENT.exec(blocks.text) ?? [];
  if (name === undefined) return undefined;
  const end = firstFrom(blocks.once(environmentEndsIn).get(name) ?? [], at);
  const tex = blocks.text.slice(at, Math.min(end, at + LONGEST));
  return end - at > LONGEST ? undefined : { raw: tex, tex };
}

function doubleDollarTex(blocks: Reading, at: number): Formula | undefined {
  const end = blocks.text.startsWith("$$", at) ? blocks.next("$$", at + 2) : at;
  if (end <= at + 2 || end + 2 - at > LONGEST) return undefined;
  const tex = blocks.text.slice(at, end + 2);
  return { raw: tex, tex };
}

const INDENT = / {0,3}/y;
const SQUARE_BRACKET = /\\\\?\[/y;

/** A formula on lines of its own, possibly with blank ones. */
function blockTex(blocks: Reading, start: number): Formula | undefined {
  INDENT.lastIndex = start;
  INDENT.test(blocks.text);
  const at = INDENT.lastIndex;
  SQUARE_BRACKET.lastIndex = at;
  const isBracketed = SQUARE_BRACKET.test(blocks.text);
  const found =
    environmentTex(blocks, at) ?? doubleDollarTex(blocks, at) ?? (isBracketed ? bracketedTex(blocks, at) : undefined);
  if (!found) return undefined;
  LINE_END.lastIndex = at + found.raw.length;
  return LINE_END.test(blocks.text) ? { raw: blocks.text.slice(start, LINE_END.lastIndex), tex: found.tex } : undefined;
}

const escaped = ({ tex }: Tokens.Generic): string => escapeText(String(tex));

const formulas: TokenizerAndRendererExtension = {
  name: "tex",
  level: "inline",
  start: (rest) => lineRead().distance("$", rest), // marked stops at a backslash by itself
  tokenizer(rest) {
    const at = lineRead().positionOf(rest);
    const found = rest.startsWith("$") ? dollarTex(lineRead(), at) : bracketedTex(lineRead(), at);
    return found && { type: "tex", ...found };
  },
  renderer: escaped,
};

/** A blank line, or what may be a formula on lines of its own. */
const MAY_END_TEXT = /\n(?:\n| {0,3}(?:\$\$|\\\\?\[|\\begin\{))/g;

/** The end of the line before the next blank line or formula. */
function endOfText(blocks: Reading, from: number): number {
  let at = blocks.next(MAY_END_TEXT, from);
  while (at < blocks.text.length && blocks.text.charAt(at + 1) !== "\n" && !blockTex(blocks, at + 1)) {
    at = blocks.next(MAY_END_TEXT, at + 1);
  }
  return at;
}

const displays: TokenizerAndRendererExtension = {
  name: "texBlock",
  level: "block",
  start(rest) {
    const blocks = blocksRead();
    const distance = blocks.distance(endOfText, rest);
    return blocks.text.startsWith("\n\n", distance + blocks.positionOf(rest)) ? -1 : distance;
  },
  tokenizer(rest) {
    const blocks = blocksRead();
    const found = /^ {0,3}[$\\]/.test(rest) ? blockTex(blocks, blocks.positionOf(rest)) : undefined;
    return found && { type: "texBlock", ...found };
  },
  renderer: (token) => `<p>${escaped(token)}</p>\n`,
};

/** The formulas between dollar signs, wherever they are; also those that Markdown would see as code or a link. */
function formulasOf(text: string): readonly { readonly at: number; readonly tex: string }[] {
  if (text.indexOf("$") === text.lastIndexOf("$")) return [];
  const ends = endsIn(text);
  const found: { at: number; tex: string }[] = [];
  for (let at = text.indexOf("$"); at !== -1; ) {
    const end = endOfDollars(text, ends, text.startsWith("$$", at) ? at + 2 : at + 1);
    const isFormula = end !== -1 && !/\d/.test(text.charAt(end + 1));
    const tex = isFormula ? text.slice(at, end + 1) : "";
    if (isTex(tex) || (isFormula && isShort(tex))) found.push({ at, tex });
    at = text.indexOf("$", isFormula ? end + 1 : at + 1);
  }
  return found;
}

/** Of the text that was asked for last: it is asked for twice. */
let last = { markdown: "", formulas: "" };

function formulasIn(markdown: string): string {
  if (last.markdown !== markdown) {
    const formulas = formulasOf(markdown).map(({ tex }) => tex);
    last = { markdown, formulas: formulas.join("") };
  }
  return last.formulas;
}

/** The text in which something else is written for each formula. */
function withFormulasAs(text: string, replace: (tex: string) => string): string {
  const parts: string[] = [];
  let end = 0;
  for (const { at, tex } of formulasOf(text)) {
    parts.push(text.slice(end, at), replace(tex));
    end = at + tex.length;
  }
  return parts.join("") + text.slice(end);
}

const withMasks = (text: string): string => withFormulasAs(text, (tex) => "a".repeat(tex.length));

/** Characters with a meaning in Markdown; a formula without any needs no protection. */
const ACTIVE = /[\\_*~[\]<&`]|\+\+|\^[^^]*\^/;

export const inlineMath: Addition = {
  isNeeded: (markdown) =>
    (markdown.includes("$") && (ACTIVE.test(formulasIn(markdown)) || markdown.includes("$`"))) ||
    markdown.includes("\\(") ||
    markdown.includes("\\["),
  extension: { extensions: [formulas] },
};

export const blockMath: Addition = {
  isNeeded: (markdown) =>
    (markdown.includes("$$") || markdown.includes("\\[") || markdown.includes("\\begin{")) &&
    MAY_BEGIN_LINE.test(markdown),
  extension: { extensions: [displays] },
};

const MAY_BEGIN_LINE = /(?:^|\n)[ \t>]*(?:[*+-] +|\d+[.)] +)?(?:\$\$|\\\\?\[|\\begin\{)/;

/** Whether the same mark occurs within a formula and outside of one. */
function needsMasks(text: string): boolean {
  const formulas = text.includes("$") ? formulasIn(text) : "";
  if (!/[*_~]/.test(formulas)) return false;
  const others = withFormulasAs(text, () => "");
  return ["*", "_", "~"].some((mark) => formulas.includes(mark) && others.includes(mark));
}

/** `*a $x*y$ b*` is one emphasis: marks within a formula do not count. */
export const maskedMath: Addition = {
  isNeeded: (markdown) =>
    markdown.includes("$") && needsMasks(markdown) && markdown.split(/\n[ \t]*\n/).some(needsMasks),
  extension: { hooks: { emStrongMask: (text) => (text.includes("$") ? withMasks(text) : text) } },
};
