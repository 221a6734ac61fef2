/** `> [!NOTE]`, as GitHub and Obsidian write alerts: a quotation that begins with its title. */
import type { Token } from "marked";
import type { Addition } from "./addition.ts";
import { BlockTokenizer } from "./blocks.ts";

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
        const name = title.trim() || kind.charAt(0).toUpperCase() + kind.slice(1).toLowerCase();
        const strong: Token = { type: "strong", raw: name, text: name, tokens: this.lexer.inline(name) };
        return {
          type: "blockquote",
          raw: line + (rest?.raw ?? ""),
          text: rest?.text ?? "",
          tokens: [{ type: "paragraph", raw: line, text: name, tokens: [strong] }, ...(rest?.tokens ?? [])],
        };
      },
    },
  },
};
