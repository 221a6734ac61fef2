/** Footnotes, `text[^1]` and `[^1]: note`, or `text^[note]`: numbered as they are referred to, and listed at the end. */
import type { Lexer, Parser, Token, Tokens } from "marked";
import type { DialectName } from "../../model.ts";
import type { Addition } from "./addition.ts";
import { blocksRead, lineRead } from "./reading.ts";

interface Note extends Tokens.Generic {
  readonly type: "footnote";
  readonly label: string;
  readonly tokens: Token[];
}

/** The notes of a text, by its tokens: they are released with them, even when rendering fails half-way. */
const notesOf = new WeakMap<Lexer["tokens"], Map<string, Note>>();
/** The notes that a parser has referred to, in the order of their numbers, and what the page calls them. */
const referredOf = new WeakMap<Parser, { readonly ids: NoteIds; readonly notes: Map<Note, Referred> }>();

interface Referred {
  readonly number: number;
  /** How often. */
  readonly times: number;
}

/** The ids that a page has of a note, and of the places that refer to it: entries have none, so that links lead to the page. */
interface NoteIds {
  readonly note: (label: string, number: number) => string;
  readonly place: (label: string, number: number, nth: number) => string;
}

/** What the second of several places adds, and the third. */
const more = (sign: string, nth: number, first: number): string => (nth === 1 ? "" : `${sign}${nth - 2 + first}`);

/** markdown-it-footnote; pandoc's are the same. */
const MARKDOWN_IT: NoteIds = {
  note: (_, number) => `fn${number}`,
  place: (_, number, nth) => `fnref${number}${more(":", nth, 1)}`,
};
/** kramdown; the plugins of Hexo have the same. */
const KRAMDOWN: NoteIds = {
  note: (label) => `fn:${label}`,
  place: (label, _, nth) => `fnref:${label}${more(":", nth, 1)}`,
};

const IDS: { readonly [dialect in DialectName]: NoteIds } = {
  plain: MARKDOWN_IT,
  eleventy: MARKDOWN_IT,
  jekyll: KRAMDOWN,
  hexo: KRAMDOWN,
  // goldmark
  hugo: {
    note: (_, number) => `fn:${number}`,
    place: (_, number, nth) => `fnref${more("", nth, 1)}:${number}`,
  },
  // remark-gfm
  astro: {
    note: (label) => `user-content-fn-${label.toLowerCase()}`,
    place: (label, _, nth) => `user-content-fnref-${label.toLowerCase()}${more("-", nth, 2)}`,
  },
  zola: { note: (label) => label, place: (label, _, nth) => `fr-${label}-${nth}` },
};

/** The longest label, as of a link (CommonMark §6.3). */
const LONGEST_LABEL = 999;
const LABEL = `\\[\\^([^\\]\\n]{1,${LONGEST_LABEL}})\\]`;
const REFERENCE = new RegExp(`^${LABEL}`);
const NEXT = new RegExp(`\\n {0,3}${LABEL}:`, "g");
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

/** To kramdown a note directly below a paragraph is text of it. */
const footnotes: readonly Addition[] = [false, true].map((isKramdown) => ({
  isNeeded: (markdown, { dialect }) => isKramdown === (dialect === "jekyll") && hasNote(markdown),
  extension: {
    extensions: [
      {
        name: "footnote",
        level: "block",
        ...(isKramdown ? {} : { start: (rest: string) => blocksRead().distance(NEXT, rest) }),
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
          return refer(this.parser, token["note"]);
        },
      },
    ],
  },
}));

/** With pairs of brackets within; a class of characters, or a link behind a `^`, is no note. */
const INLINE_NOTE = /^\^\[((?:[^[\]\\]|\\[\s\S]|\[(?:[^[\]\\]|\\[\s\S])*\])+)\](?![([:+*?{$])/;

/** Of markdown-it-footnote and pandoc alone. */
const inlineNotes: Addition = {
  isNeeded: (markdown, { dialect = "plain" }) => IDS[dialect] === MARKDOWN_IT && markdown.includes("^["),
  extension: {
    extensions: [
      {
        name: "inlineNote",
        level: "inline",
        start: (rest) => lineRead().distance("^[", rest),
        tokenizer(rest) {
          if (!rest.startsWith("^[") || lineRead().distance("]", rest) < 3) return undefined;
          const [raw, text = ""] = INLINE_NOTE.exec(rest) ?? [];
          if (raw === undefined || text.trim() === "") return undefined;
          const paragraph = { type: "paragraph", raw: text, text, tokens: this.lexer.inlineTokens(text) };
          const note: Note = { type: "footnote", raw: "", label: "", tokens: [paragraph] };
          return { type: "inlineNote", raw, note };
        },
        renderer(token) {
          return refer(this.parser, token["note"]);
        },
      },
    ],
  },
};

export const NOTES: readonly Addition[] = [...footnotes, inlineNotes];

/** Before a text is rendered that may have notes. */
export function beginNotes(parser: Parser, dialect: DialectName = "plain"): void {
  referredOf.set(parser, { ids: IDS[dialect], notes: new Map() });
}

function refer(parser: Parser, note: Note): string {
  const { ids, notes } = referredOf.get(parser) ?? { ids: IDS.plain, notes: new Map<Note, Referred>() };
  const { number, times } = notes.get(note) ?? { number: notes.size + 1, times: 0 };
  notes.set(note, { number, times: times + 1 });
  return `<sup><a href="#${ids.note(encodeURIComponent(note.label), number)}">${number}</a></sup>`;
}

/** The list of the notes that this parser has referred to while it rendered the text. */
export function renderNotes(parser: Parser): string {
  const { ids, notes: referred } = referredOf.get(parser) ?? {};
  if (!ids || !referred?.size) return "";
  // A note may refer to another, which this loop then reaches as well.
  const contents: (readonly [Note, string])[] = [];
  for (const note of referred.keys()) contents.push([note, parser.parse(note.tokens).trimEnd()]);
  const items = contents.map(([note, content]) => {
    const { number, times } = referred.get(note) ?? { number: 0, times: 1 };
    const back = Array.from({ length: times }, (_, i) => {
      const sign = i === 0 ? "" : `<sup>${i + 1}</sup>`;
      return ` <a href="#${ids.place(encodeURIComponent(note.label), number, i + 1)}">↩${sign}</a>`;
    }).join("");
    return `<li>\n${content.endsWith("</p>") ? `${content.slice(0, -4)}${back}</p>` : content + back}\n</li>\n`;
  });
  return `<hr>\n<section>\n\n<ol>\n${items.join("")}</ol>\n</section>\n`;
}
