/**
 * Definition lists, `Term` and on the next line `: what it means`, as PHP Markdown Extra, kramdown and goldmark have
 * them.
 */
import type { Lexer, Token, Tokens } from "marked";
import { hasAt } from "../match.ts";
import type { Addition } from "./addition.ts";
import type { BlogLexer } from "./lexer.ts";

interface Entry {
  readonly name: "dt" | "dd";
  readonly tokens: Token[];
}

interface List extends Tokens.Generic {
  readonly type: "definitionList";
  readonly entries: readonly Entry[];
}

/** A line of another construct, which is neither a term nor the continuation of a definition. */
const OTHER =
  /^(?:[ \t]*$| {4}|\t| {0,3}(?:#{1,6}(?:[ \t]|$)|>|[*+-][ \t]|\d+[.)][ \t]|`{3}|~{3}|:[ \t]|:{3}|\||\{:|\[[^\]]+\]:|={2,}[ \t]*$|(?:[-*_][ \t]*){3,}$|<(?!\/?(?:a|abbr|b|code|dfn|em|i|kbd|mark|q|s|samp|small|span|strong|sub|sup|u|var)[ \t>])))/;
const DEFINITION = /^( {0,3}:[ \t]+)(?=\S)/;
const BLANK = /^[ \t]*$/;

const MAY_BEGIN = /:(?=[ \t]+\S)(?<=\n[ \t>]*:)/y;

export const definitionLists: Addition = {
  isNeeded: (markdown) => hasAt(markdown, ":", MAY_BEGIN, " \t"),
  extension: {
    extensions: [
      {
        name: "definitionList",
        level: "block",
        tokenizer(text) {
          const { seen } = (this.lexer as BlogLexer).blocks;
          if (seen.definition !== undefined && text.length > seen.definition) return undefined;
          const entries: Entry[] = [];
          const end = readList(text, this.lexer as BlogLexer, entries);
          return end === 0 ? undefined : { type: "definitionList", raw: text.slice(0, end), entries };
        },
        renderer(token) {
          const { entries } = token as List;
          const items = entries.map(({ name, tokens }) => {
            const content = name === "dt" ? this.parser.parseInline(tokens) : this.parser.parse(tokens).trimEnd();
            return `<${name}>${content}</${name}>\n`;
          });
          return `<dl>\n${items.join("")}</dl>\n`;
        },
      },
    ],
  },
};

/** Reads the list at the start of the text into `entries`. Returns where it ends; 0 if there is none. */
function readList(text: string, lexer: BlogLexer, entries: Entry[]): number {
  let end = 0;
  for (;;) {
    const start = entries.length === 0 ? 0 : afterBlankLines(text, end);
    const { lines, end: last } = linesBefore(text, start);
    const after = afterBlankLine(text, last);
    if (lines.length === 0 || !DEFINITION.test(lineAt(text, after))) {
      // Nor does a definition follow any of these lines.
      lexer.blocks.seen.definition = text.length - after;
      return end;
    }
    for (const term of lines) entries.push({ name: "dt", tokens: lexer.inline(term.trim()) });
    end = after;
    for (let at = end; DEFINITION.test(lineAt(text, at)); at = afterBlankLines(text, end)) {
      const { content, end: after } = definitionAt(text, at);
      entries.push({ name: "dd", tokens: blocksOf(content, lexer) });
      end = after;
    }
  }
}

/** A definition may follow its term after a blank line. */
const afterBlankLine = (text: string, at: number): number =>
  BLANK.test(lineAt(text, at)) ? Math.min(at + lineAt(text, at).length + 1, text.length) : at;

export const lineAt = (text: string, at: number): string => {
  const end = text.indexOf("\n", at);
  return text.slice(at, end === -1 ? text.length : end);
};

export function afterBlankLines(text: string, start: number): number {
  let at = start;
  while (at < text.length && BLANK.test(lineAt(text, at))) at += lineAt(text, at).length + 1;
  return Math.min(at, text.length);
}

/** The lines up to a definition, or to another construct. */
function linesBefore(text: string, start: number): { readonly lines: readonly string[]; readonly end: number } {
  const lines: string[] = [];
  let at = start;
  while (at < text.length) {
    const line = lineAt(text, at);
    if (OTHER.test(line)) break; // a definition as well
    lines.push(line);
    at += line.length + 1;
  }
  return { lines, end: Math.min(at, text.length) };
}

/** With its continuation lines, and with lines indented as far as its text, also after blank lines. */
function definitionAt(text: string, start: number): { readonly content: string; readonly end: number } {
  const first = lineAt(text, start);
  const [mark = ""] = DEFINITION.exec(first) ?? [];
  const width = mark.includes("\t") ? 4 : Math.min(mark.length, 4);
  const lines: string[] = [];
  let end = start + first.length + 1;
  for (;;) {
    const line = lineAt(text, end);
    if (end < text.length && (indentOf(line) >= width || !OTHER.test(line))) {
      lines.push(line);
      end += line.length + 1;
      continue;
    }
    const next = afterBlankLines(text, end);
    if (next === end || indentOf(lineAt(text, next)) < width) break;
    lines.push("");
    end = next;
  }
  // All may have the four spaces that PHP Markdown Extra requires; with four more, they are code.
  const indents = lines.map(indentOf).filter((indent) => indent >= width);
  const least = Math.min(...indents.slice(0, MANY));
  const indent = new RegExp(`^(?:\\t| {${least < width + 4 ? least : width}})`);
  const rest = lines.map((line) => line.replace(indent, ""));
  return { content: [first.slice(mark.length), ...rest].join("\n"), end: Math.min(end, text.length) };
}

/** The lines by which the indentation of a definition is measured. */
const MANY = 1_000;

/** In columns, four for a tab; 0 for a blank line. */
export function indentOf(line: string): number {
  const [, spaces = ""] = /^([ \t]*)\S/.exec(line) ?? [];
  return spaces.includes("\t") ? 4 : spaces.length;
}

/** A definition of a single paragraph has no `p`, as in a tight list. */
export function blocksOf(content: string, lexer: Lexer, isLoose = /\n[ \t]*\n/.test(content)): Token[] {
  const { state } = lexer;
  const { top } = state;
  state.top = isLoose;
  const tokens = lexer.blockTokens(content);
  state.top = top;
  return tokens;
}
