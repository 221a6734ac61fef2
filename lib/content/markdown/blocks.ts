/** marked's block tokenizer, where it would read the same lines again and again, or take stack for each of them. */
import { Lexer, Tokenizer, type Tokens } from "marked";
import { copying, DEEPEST, spend, TooMuchWork } from "../work.ts";
import { asShown } from "./code.ts";
import type { BlogLexer } from "./lexer.ts";
import { NO_UNDERLINE, type RuleChange } from "./rules.ts";
import { ReadingTokenizer } from "./tokenizer.ts";

const GFM = Lexer.rules.block.gfm;

/** The rule for tables up to their rows: a row, and a line that says how the columns are aligned (GFM §4.10). */
const TABLE_HEAD = `${GFM.table.source.slice(0, GFM.table.source.indexOf("(?:\\n("))}(?:\\n|$)`;
const tableHead = new RegExp(TABLE_HEAD);

const ROWS = new RegExp(
  GFM.table.source.slice(GFM.table.source.indexOf("(?:\\n(") + 5, GFM.table.source.lastIndexOf("\\n*|$)")),
  "y",
);

/** The end of the rows of a table that begin at `at`. */
export function afterRows(text: string, at: number): number {
  ROWS.lastIndex = at;
  ROWS.test(text);
  return ROWS.lastIndex;
}

/** A table ends a paragraph by its head alone; marked's rule reads all its rows, at each line of the paragraph. */
export const tableHeads: RuleChange = {
  isNeeded: (markdown) => markdown.includes("|"),
  change(rules) {
    const { table, paragraph } = rules.block;
    // As a part of another rule it is written without its anchor.
    const source = paragraph.source.replace(table.source.slice(1), () => TABLE_HEAD.slice(1));
    return { ...rules, block: { ...rules.block, paragraph: new RegExp(source) } };
  },
};

/** The lines that an underline below them would make a heading: a part of marked's rule for it. */
const HEADING_LINES = new RegExp(
  `^${GFM.lheading.source
    .slice(GFM.lheading.source.indexOf("((?:.|") + 1, GFM.lheading.source.lastIndexOf("+?)\\n"))
    .replace("(?:.|", "(?:.+|")}*`,
);

/** Lines that are plain text whatever is around them, up to the last one before a line that may be anything. */
const PLAIN = " {0,3}[^\\s>#*+\\-\\d_=`~<|:[$\\\\{]";
const PLAIN_LINES = new RegExp(`^${PLAIN}[^\\n]*(?:\\n${PLAIN}[^\\n]*(?=\\n${PLAIN}))+`);

const QUOTATION = /^ {0,3}>/;
const LIST = /^ {0,3}(?:[*+-]|\d{1,9}[.)])(?:[ \t]|\n|$)/;

/** More marks of quotations and items at the start of a line than may be nested. */
const MARKS = new RegExp(`^(?:[ \\t]*(?:>|(?:[*+-]|\\d{1,9}[.)])[ \\t])){${DEEPEST + 1}}`);
const THEMATIC_BREAK = /^[-*_ \t]*(?:\n|$)/;

/** As marked's rule, but without a repeated group, which takes stack for each line. */
const BLANK_LINES = /^[ \t\n]*(?:\n|$)/;
const SPACE = 32;
const GREATER = 62;
/** What a construct may begin with, besides white space: asked before its rule, as most lines are plain text. */
const beginsWith = (src: string, first: string): boolean => src.charCodeAt(0) <= SPACE || first.includes(src.charAt(0));

const ITEM = "[ \\t]*(?:[*+-]|\\d{1,9}[.)])[ \\t]";
/** An item, and lines that are its own without being indented. */
const LAZY_LINES = new RegExp(
  // Without the flag `m`, for which a line also ends before U+2028, where the text of one line goes on.
  `(?<![^\\n])${ITEM}[^\\n]*\\n((?:(?!${ITEM}| {2}|\\t|[ \\t]*\\n)[^\\n]+(?:\\n|$)){64,})`,
  "g",
);
/** What a list costs besides its characters, as many of them. */
const A_LIST = 200;
/** Shorter texts have too few such lines to be worth counting. */
const LONG = 30_000;

export class BlockTokenizer extends ReadingTokenizer {
  declare lexer: BlogLexer;

  override space(src: string): Tokens.Space | undefined {
    if (src.charCodeAt(0) > SPACE) return undefined;
    const [raw = ""] = BLANK_LINES.exec(src) ?? [];
    return raw === "" ? undefined : { type: "space", raw };
  }

  override blockquote(src: string) {
    if (src.charCodeAt(0) > GREATER || !QUOTATION.test(src)) return undefined;
    refuseDeep(src);
    const { lexer } = this;
    const { blocks } = lexer;
    lexer.blocks = { text: src, seen: {} };
    spendOnContinuations(src);
    const token = super.blockquote(src);
    lexer.blocks = blocks;
    return token;
  }

  override list(src: string) {
    if (src.charCodeAt(0) > GREATER || !LIST.test(src)) return undefined;
    refuseDeep(src);
    const { seen } = this.lexer.blocks;
    if (src.length > LONG && (seen.lazy === undefined || src.length > seen.lazy)) {
      seen.lazy = src.length;
      spendOnLazyLines(src, this.lexer);
    }
    spend(A_LIST);
    return super.list(src);
  }

  override fences(src: string) {
    const token = beginsWith(src, "`~") ? super.fences(src) : undefined;
    return token && asShown(token);
  }

  override heading(src: string) {
    return beginsWith(src, "#") ? super.heading(src) : undefined;
  }

  override hr(src: string) {
    return beginsWith(src, "-*_") ? super.hr(src) : undefined;
  }

  override html(src: string) {
    return beginsWith(src, "<") ? super.html(src) : undefined;
  }

  override code(src: string) {
    const code = src.charCodeAt(0) > SPACE ? undefined : super.code(src);
    if (code) this.lexer.spendOnParagraph();
    return code;
  }

  override def(src: string) {
    const definition = beginsWith(src, "[") ? super.def(src) : undefined;
    if (definition) this.lexer.spendOnParagraph();
    return definition;
  }

  override table(src: string) {
    return isTable(this, src) ? super.table(src) : undefined;
  }

  override lheading(src: string) {
    const { seen } = this.lexer.blocks;
    if (this.rules.block.lheading === NO_UNDERLINE) return undefined;
    if (seen.underline !== undefined && src.length > seen.underline) return undefined;
    const heading = super.lheading(src);
    const before = this.lexer.state.lastToken?.type;
    if (!heading && (before === "text" || before === "paragraph")) {
      seen.underline = src.length - (HEADING_LINES.exec(src)?.[0].length ?? 0);
    }
    return heading;
  }

  override text(src: string): Tokens.Text | undefined {
    const [raw] = PLAIN_LINES.exec(src) ?? [];
    return raw === undefined ? super.text(src) : { type: "text", raw, text: raw, tokens: this.lexer.inline(raw) };
  }
}

/** Whether a table begins here. marked reads all rows before it sees that two lines do not make a head. */
export function isTable({ lexer }: Tokenizer, src: string): boolean {
  const second = src.indexOf("\n") + 1;
  if (second === 0 || !" |:-".includes(src.charAt(second))) return false;
  const [head] = tableHead.exec(src) ?? [];
  if (head === undefined) return false;
  const { inlineQueue } = lexer;
  const { length } = inlineQueue;
  const isHead = Tokenizer.prototype.table.call(lexer.options.tokenizer as Tokenizer, head) !== undefined;
  inlineQueue.length = length;
  return isHead;
}

/** Marks on one line are compared with each other at each level of them. */
function refuseDeep(src: string): void {
  if (MARKS.test(src) && !THEMATIC_BREAK.test(src)) throw new TooMuchWork("nesting");
}

/** marked copies what it has of an item for each lazy line. */
function spendOnLazyLines(src: string, lexer: BlogLexer): void {
  const { blocks } = lexer;
  for (const [text, lines = ""] of src.matchAll(LAZY_LINES)) {
    lexer.blocks = { text, seen: {} };
    spend((linesIn(lines) * copying(lines.length)) / 2);
  }
  lexer.blocks = blocks;
}

const linesIn = (text: string): number => text.split("\n").length;

/** marked copies all further lines of a quotation where one without a mark is followed by one with a mark. */
function spendOnContinuations(src: string): void {
  if (src.length < LONG) return;
  let lines = 0;
  let continuations = 0;
  let isMarked = true;
  for (let at = 0; at < src.length; lines += 1) {
    const end = src.indexOf("\n", at);
    const line = src.slice(at, end === -1 ? src.length : end);
    if (line.trim() === "") break;
    const wasMarked = isMarked;
    isMarked = QUOTATION.test(line);
    if (isMarked && !wasMarked) continuations += 1;
    at += line.length + 1;
  }
  spend((continuations * lines) / 2);
}
