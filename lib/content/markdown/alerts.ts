/**
 * `> [!NOTE]`, as GitHub and Obsidian write alerts, and `!!! note "Title"` with an indented text, as Python-Markdown and
 * hexo-admonition do: a quotation that begins with its title. So does a tab of MkDocs, `=== "Title"`, without a quotation.
 */
import type { Lexer, Token } from "marked";
import type { Addition } from "./addition.ts";
import { BlockTokenizer } from "./blocks.ts";
import { afterBlankLines, blocksOf, indentOf, lineAt } from "./definitions.ts";
import { blocksRead } from "./reading.ts";

/** GitHub's kinds and Obsidian's. An alert without a title has the name of its kind as one. */
const KINDS = new Set(
  `note tip important warning caution info danger question example quote success abstract todo bug failure
  summary tldr hint attention check done help faq fail missing error cite`.split(/\s+/),
);

/** The kind, metadata after `|`, the sign of a foldable alert, and the title. */
const FIRST_LINE = /^ {0,3}>[ \t]?[ \t]*\[!([a-z]+)(?:\|[^\]\n]*)?\][+-]?[ \t]*([^\n]*)(?:\n|$)/i;

export const alerts: Addition = {
  isNeeded: (markdown) => markdown.includes("[!"),
  extension: {
    tokenizer: {
      blockquote(text) {
        const [line, kind = "", title = ""] = FIRST_LINE.exec(text) ?? [];
        if (line === undefined || !KINDS.has(kind.toLowerCase())) return false;
        const rest = BlockTokenizer.prototype.blockquote.call(this as BlockTokenizer, text.slice(line.length));
        const tokens = [titleOf(title.trim() || named(kind), line, this.lexer), ...(rest?.tokens ?? [])];
        return { type: "blockquote", raw: line + (rest?.raw ?? ""), text: rest?.text ?? "", tokens };
      },
    },
  },
};

const named = (kind: string): string => kind.charAt(0).toUpperCase() + kind.slice(1).toLowerCase();

function titleOf(text: string, raw: string, lexer: Lexer): Token {
  const strong: Token = { type: "strong", raw: text, text, tokens: lexer.inline(text) };
  return { type: "paragraph", raw, text, tokens: [strong] };
}

/** The kind, further classes or hexo-admonition's title, and the title; `???` unfolds, `???+` is unfolded. */
const MARK = ' {0,3}(?:(?:!!!|\\?\\?\\?\\+?)[ \\t]{0,9}(?=[\\p{L}\\d_-])|===[!+]?[ \\t](?="))';
const ADMONITION = new RegExp(`^${MARK}([^\\n"]*)(?:"([^\\n"]*)"[ \\t]*)?\\n`, "u");
const NEXT = new RegExp(`\\n${MARK}[^\\n]*\\n(?: {4}|\\t)`, "gu");
/** Where a box stands, of which a feed shows nothing. */
const PLACES = /(?<!\S)(?:inline|end)(?!\S)/g;

export const admonitions: Addition = {
  isNeeded: (markdown) => ["!!!", "???", "==="].some((mark) => markdown.includes(mark)),
  extension: {
    extensions: [
      {
        name: "admonition",
        level: "block",
        start: (rest) => blocksRead().distance(NEXT, rest),
        tokenizer(text) {
          const [line = "", words = "", quoted] = ADMONITION.exec(text) ?? [];
          const end = line === "" ? 0 : endOfIndented(text, line.length);
          if (end === line.length) return undefined;
          const [kind = ""] = /^\S+/.exec(words) ?? [];
          const width = line.search(/\S/) + 4;
          const body = text.slice(line.length, end).replace(/^(?: {4,7}|\t)/gm, (indent) => indent.slice(width));
          const title = quoted ?? (words.slice(kind.length).replace(PLACES, "").trim() || named(kind));
          const tokens = blocksOf(body, this.lexer, true);
          if (title !== "") tokens.unshift(titleOf(title, line, this.lexer));
          const type = line.includes("===") ? "tab" : "blockquote";
          return { type, raw: text.slice(0, end), text: body, tokens };
        },
      },
      {
        name: "tab",
        renderer(token) {
          return this.parser.parse(token.tokens ?? []);
        },
      },
    ],
  },
};

/** Behind the last line from there on that is indented as the text of an admonition. */
function endOfIndented(text: string, start: number): number {
  let end = start;
  for (;;) {
    const at = afterBlankLines(text, end);
    const line = lineAt(text, at);
    if (indentOf(line) < 4) return end;
    end = Math.min(at + line.length + 1, text.length);
  }
}
