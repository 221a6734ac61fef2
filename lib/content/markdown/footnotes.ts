/** Footnotes, `text[^1]` and `[^1]: note`: numbered as they are referred to, and listed at the end. */
import type { Lexer, Parser, Token, Tokens } from "marked";
import type { Addition } from "./addition.ts";

interface Note extends Tokens.Generic {
  readonly type: "footnote";
  readonly label: string;
  readonly tokens: Token[];
}

/** The notes of a text, by its tokens: they are released with them, even when rendering fails half-way. */
const notesOf = new WeakMap<Lexer["tokens"], Map<string, Note>>();
/** The notes that a parser has referred to, in the order of their numbers, with the number of references. */
const referredOf = new WeakMap<Parser, Map<Note, number>>();

const REFERENCE = /^\[\^([^\]\n]+)\]/;

/** A line that ends a note's paragraph without a blank line. */
const BLOCK = " {0,3}(?:\\[\\^[^\\]\\n]+\\]:|#{1,6}[ \\t]|>|[*+-][ \\t]|\\d+[.)][ \\t]|`{3}|~{3}|<|\\||={3}|-{3})";
/** A note with its continuation lines and its indented lines, also after blank ones. */
const DEFINITION = new RegExp(
  `^ {0,3}\\[\\^([^\\]\\n]+)\\]:[ \\t]*([^\\n]*(?:\\n(?:[ \\t]*\\n)*(?: {4}|\\t)[^\\n]+|\\n(?![ \\t]*(?:\\n|$))(?!${BLOCK})[^\\n]+)*)(?:\\n|$)`,
);

export const footnotes: Addition = {
  isNeeded: (markdown) => markdown.includes("[^") && /\[\^[^\]\n]+\]:/.test(markdown),
  extension: {
    extensions: [
      {
        name: "footnote",
        level: "block",
        tokenizer(text) {
          const [raw, label = "", content = ""] = DEFINITION.exec(text) ?? [];
          if (raw === undefined) return undefined;
          const { state } = this.lexer;
          const { top } = state;
          state.top = true; // paragraphs get a `p`, in a list too
          const tokens = this.lexer.blockTokens(content.replace(/\n(?: {4}|\t)/g, "\n"));
          state.top = top;
          const note: Note = { type: "footnote", raw, label, tokens };
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
          const [raw, label = ""] = REFERENCE.exec(text) ?? [];
          const note = notesOf.get(this.lexer.tokens)?.get(label.toLowerCase());
          return raw !== undefined && note ? { type: "footnoteReference", raw, note } : undefined;
        },
        renderer(token) {
          const note: Note = token["note"];
          const referred = referredOf.get(this.parser) ?? new Map<Note, number>();
          referredOf.set(this.parser, referred);
          referred.set(note, (referred.get(note) ?? 0) + 1);
          const number = [...referred.keys()].indexOf(note) + 1;
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
    const back = Array.from({ length: referred.get(note) ?? 1 }, (_, i) => backLink(note, i + 1)).join("");
    return `<li>\n${content.endsWith("</p>") ? `${content.slice(0, -4)}${back}</p>` : content + back}\n</li>\n`;
  });
  return `<hr>\n<section>\n\n<ol>\n${items.join("")}</ol>\n</section>\n`;
}

function backLink({ label }: Note, nth: number): string {
  const [anchor, sign] = nth === 1 ? ["", ""] : [`-${nth}`, `<sup>${nth}</sup>`];
  return ` <a href="#footnote-ref-${encodeURIComponent(label)}${anchor}">↩${sign}</a>`;
}
