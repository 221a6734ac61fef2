/** Footnotes, `text[^1]` and `[^1]: note`: numbered as they are referred to, and listed at the end. */
import type { Lexer, Parser, Token, Tokens } from "marked";
import type { Addition } from "./addition.ts";
import { lineRead } from "./reading.ts";

interface Note extends Tokens.Generic {
  readonly type: "footnote";
  readonly label: string;
  readonly tokens: Token[];
}

/** The notes of a text, by its tokens: they are released with them, even when rendering fails half-way. */
const notesOf = new WeakMap<Lexer["tokens"], Map<string, Note>>();
/** The notes that a parser has referred to, in the order of their numbers. */
const referredOf = new WeakMap<Parser, Map<Note, Referred>>();

interface Referred {
  readonly number: number;
  /** How often. */
  readonly times: number;
}

/** The longest label, as of a link (CommonMark §6.3). */
const LONGEST_LABEL = 999;
const LABEL = `\\[\\^([^\\]\\n]{1,${LONGEST_LABEL}})\\]`;
const REFERENCE = new RegExp(`^${LABEL}`);
const DEFINITION = new RegExp(`^ {0,3}${LABEL}:[ \\t]*`);

/** A line that ends a note's paragraph without a blank line. */
const BLOCK = " {0,3}(?:\\[\\^[^\\]\\n]+\\]:|#{1,6}[ \\t]|>|[*+-][ \\t]|\\d+[.)][ \\t]|`{3}|~{3}|<|\\||={3}|-{3})";
/** A line of the note itself, and one that goes on its paragraph. */
const NEXT_LINE = new RegExp(`(?![ \\t]*(?:\\n|$))(?: {4}|\\t|(?!${BLOCK}))`, "y");
const INDENTED_LINE = /(?: {4}|\t)(?![ \t]*(?:\n|$))/y;
const BLANK_LINES = /[ \t\n]*\n/y;

const isAt = (pattern: RegExp, text: string, at: number): boolean => {
  pattern.lastIndex = at;
  return pattern.test(text);
};

const endOfLine = (text: string, at: number): number => {
  const end = text.indexOf("\n", at);
  return end === -1 ? text.length : end;
};

/** Where a note ends, with its continuation lines and its indented lines, also after blank ones. */
function endOfNote(text: string, start: number): number {
  let end = endOfLine(text, start);
  while (end < text.length) {
    if (isAt(NEXT_LINE, text, end + 1)) {
      end = endOfLine(text, end + 1);
    } else {
      const line = isAt(BLANK_LINES, text, end + 1) ? BLANK_LINES.lastIndex : end + 1;
      if (!isAt(INDENTED_LINE, text, line)) return end;
      end = endOfLine(text, line);
    }
  }
  return end;
}

function hasNote(markdown: string): boolean {
  if (!markdown.includes("[^")) return false;
  for (const { 0: label, index } of markdown.matchAll(/\[\^[^\]\n]+/g)) {
    if (markdown.startsWith("]:", index + label.length)) return true;
  }
  return false;
}

export const footnotes: Addition = {
  isNeeded: hasNote,
  extension: {
    extensions: [
      {
        name: "footnote",
        level: "block",
        tokenizer(text) {
          const [start, label = ""] = DEFINITION.exec(text) ?? [];
          if (start === undefined) return undefined;
          const end = endOfNote(text, start.length);
          const content = text.slice(start.length, end);
          const { state } = this.lexer;
          const { top } = state;
          state.top = true; // paragraphs get a `p`, in a list too
          const tokens = this.lexer.blockTokens(content.replace(/\n(?: {4}|\t)/g, "\n"));
          state.top = top;
          const note: Note = { type: "footnote", raw: text.slice(0, end + 1), label, tokens };
          const notes = notesOf.get(this.lexer.tokens) ?? new Map<string, Note>();
          notesOf.set(this.lexer.tokens, notes);
          if (!notes.has(label.toLowerCase())) notes.set(label.toLowerCase(), note);
          return note;
        },
        renderer: () => "",
      },
      {
        name: "footnoteReference",
        level: "inline",
        tokenizer(text) {
          if (!text.startsWith("[^") || lineRead().distance("]", text) < 3) return undefined;
          if (lineRead().distance("]", text) > LONGEST_LABEL + 2) return undefined;
          const [raw, label = ""] = REFERENCE.exec(text) ?? [];
          const note = notesOf.get(this.lexer.tokens)?.get(label.toLowerCase());
          return raw !== undefined && note ? { type: "footnoteReference", raw, note } : undefined;
        },
        renderer(token) {
          const note: Note = token["note"];
          const referred = referredOf.get(this.parser) ?? new Map<Note, Referred>();
          referredOf.set(this.parser, referred);
          const { number, times } = referred.get(note) ?? { number: referred.size + 1, times: 0 };
          referred.set(note, { number, times: times + 1 });
          return `<sup><a href="#footnote-${encodeURIComponent(note.label)}">${number}</a></sup>`;
        },
      },
    ],
  },
};

/** The list of the notes that this parser has referred to while it rendered the text. */
export function renderNotes(parser: Parser): string {
  const referred = referredOf.get(parser);
  if (!referred) return "";
  // A note may refer to another, which this loop then reaches as well.
  const contents: (readonly [Note, string])[] = [];
  for (const note of referred.keys()) contents.push([note, parser.parse(note.tokens).trimEnd()]);
  const items = contents.map(([note, content]) => {
    const back = Array.from({ length: referred.get(note)?.times ?? 1 }, (_, i) => backLink(note, i + 1)).join("");
    return `<li>\n${content.endsWith("</p>") ? `${content.slice(0, -4)}${back}</p>` : content + back}\n</li>\n`;
  });
  return `<hr>\n<section>\n\n<ol>\n${items.join("")}</ol>\n</section>\n`;
}

function backLink({ label }: Note, nth: number): string {
  const [anchor, sign] = nth === 1 ? ["", ""] : [`-${nth}`, `<sup>${nth}</sup>`];
  return ` <a href="#footnote-ref-${encodeURIComponent(label)}${anchor}">↩${sign}</a>`;
}
