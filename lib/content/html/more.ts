/** The mark that ends the first part of a post, `<!-- more -->`, in the spellings of the generators. */
import { Tokenizer } from "marked";
import type { Addition } from "../markdown/addition.ts";
import { afterRows, isTable } from "../markdown/blocks.ts";

/** Only WordPress allows words after `more`, and writes no space before it. */
const MARK =
  "-*\\s*(?:more|read[-_ ]?more|excerpt|(?:end|after)[-_ ]?(?:excerpt|summary|preview)|(?:excerpt|summary|preview|teaser)[-_ ]end|truncate|pelican_end_summary)\\s*-*|more\\s[^>]{0,94}";
const COMMENT = new RegExp(`^(?:${MARK})$`, "i");

/** Whether a comment with this content is the mark, which is never long. */
export const isMoreMark = (comment: string): boolean => comment.length < 100 && COMMENT.test(comment);

/** What Hexo and WordPress make of the mark: an empty link or span of this id. */
export const isMoreId = (id: string): boolean => /^more(?:-\d+)?$/.test(id);

/** Where the mark is in Markdown, or -1; one in code counts, too, as this is for estimates. */
export function findMoreMark(markdown: string): number {
  for (let at = markdown.indexOf("<!--"); at !== -1; at = markdown.indexOf("<!--", at + 4)) {
    const [comment = "", after] = markdown.slice(at + 4, at + 110).split("-->", 2);
    if (after !== undefined && isMoreMark(comment)) return at;
  }
  return markdown.includes('"more') ? markdown.search(/<(?:a|span) id="more(?:-\d+)?">/) : -1;
}

/** Rows up to the mark, the mark on a line of its own, and a row after it. */
const SPLIT_TABLE = new RegExp(
  `^((?:[ \\t]*\\|[^\\n]*\\n){2,}?)([ \\t]*(<!--(?:${MARK})-->)[ \\t]*\\n)(?=[ \\t]*\\|)`,
  "i",
);

/** In Markdown a comment ends a table: a mark between two rows moves into the row before it. */
export const wholeTables: Addition = {
  isNeeded: (markdown) => markdown.includes("|") && markdown.includes("-->") && /-->[ \t]*\n[ \t]*\|/.test(markdown),
  extension: {
    tokenizer: {
      table(text) {
        if (!isTable(this, text)) return false;
        const [head, rows = "", line = "", mark = ""] = SPLIT_TABLE.exec(text) ?? [];
        if (head === undefined) return false;
        const moved = rows.trimEnd().replace(/\|?$/, ` ${mark}|\n`);
        const rest = text.slice(head.length, afterRows(text, head.length));
        const token = Tokenizer.prototype.table.call(this, moved + rest);
        if (!token || token.raw.length < moved.length) return false;
        return { ...token, raw: text.slice(0, token.raw.length - moved.length + rows.length + line.length) };
      },
    },
  },
};
