/**
 * Kramdown's and Pandoc's attribute lists, `## Title {#id}` and `![x](y){: width="9"}`: for a page, so they are
 * removed.
 */
import { Tokenizer } from "marked";
import type { Addition } from "./addition.ts";

const ATTRIBUTE = `(?:[#.][^\\s{}]+|[\\w-]+=(?:"[^"\\n]*"|'[^'\\n]*'|[^\\s{}"']+)|toc)`;
const LIST = `(?:${ATTRIBUTE}(?:[ \\t]+${ATTRIBUTE})*)`;

const AFTER_HEADING = new RegExp(
  `^( {0,3}#{1,6}[ \\t][^\\n]*?)[ \\t]*\\{:?[ \\t]*(?:-|${LIST})[ \\t]*\\}([ \\t#]*)(?=\\n|$)`,
);
const AFTER_TITLE = new RegExp(
  `^([^\\n]*\\S)[ \\t]*\\{:?[ \\t]*(?:-|${LIST})[ \\t]*\\}[ \\t]*(?=\\n {0,3}(?:=+|-+)[ \\t]*(?:\\n|$))`,
);
const INLINE = new RegExp(`^\\{:[ \\t]*${LIST}[ \\t]*\\}`);
/** An attribute list on its own line; with the list item above it if it turns that into a table of contents. */
const BLOCK = new RegExp(
  `^(?: {0,3}(?:[*+-]|\\d+\\.)[ \\t][^\\n]*\\n {0,3}\\{:[ \\t]*toc[^\\n}]*\\}| {0,3}\\{:[ \\t]*${LIST}[ \\t]*\\})[ \\t]*(?:\\n|$)`,
);

export const attributeLists: Addition = {
  isNeeded: (markdown) => ["{:", "{#", "{.", "{-"].some((mark) => markdown.includes(mark)),
  extension: {
    extensions: [
      {
        name: "attributeList",
        level: "inline",
        start: (text) => text.indexOf("{:"),
        tokenizer(text) {
          const [raw] = INLINE.exec(text) ?? [];
          return raw === undefined ? undefined : { type: "attributeList", raw };
        },
        renderer: () => "",
      },
      {
        name: "attributeBlock",
        level: "block",
        tokenizer(text) {
          const [raw] = BLOCK.exec(text) ?? [];
          return raw === undefined ? undefined : { type: "attributeBlock", raw };
        },
        renderer: () => "",
      },
    ],
    tokenizer: {
      heading(text) {
        const [line, bare = "", end = ""] = AFTER_HEADING.exec(text) ?? [];
        if (line === undefined) return false;
        const token = Tokenizer.prototype.heading.call(this, bare + end);
        return token ? { ...token, raw: line } : false;
      },
      lheading(text) {
        const [line, bare = ""] = AFTER_TITLE.exec(text) ?? [];
        if (line === undefined) return false;
        const token = Tokenizer.prototype.lheading.call(this, bare + text.slice(line.length));
        return token ? { ...token, raw: line + token.raw.slice(bare.length) } : false;
      },
    },
  },
};
