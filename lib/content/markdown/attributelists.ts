/**
 * Kramdown's and Pandoc's attribute lists, `## Title {#id}`, `![x](y){: width="9"}` and `![x](y){width=9}`: for a page,
 * so they are removed.
 */
import { Tokenizer } from "marked";
import { hasAt } from "../match.ts";
import type { Addition } from "./addition.ts";
import { lineRead } from "./reading.ts";

const ATTRIBUTE = `(?:[#.][^\\s{}]+|[\\w-]+=(?:"[^"\\n]*"|'[^'\\n]*'|[^\\s{}"']+)|toc)`;
const LIST = `(?:${ATTRIBUTE}(?:[ \\t]+${ATTRIBUTE})*)`;

const HEADING = /^ {0,3}#{1,6}[ \t]/;
/** At the end of a heading, which may be closed by `#`. */
const AFTER_HEADING = new RegExp(`\\{:?[ \\t]*(?:-|${LIST})[ \\t]*\\}([ \\t#]*)$`, "y");
const AFTER_TITLE = new RegExp(`\\{:?[ \\t]*(?:-|${LIST})[ \\t]*\\}[ \\t]*$`, "y");
const UNDERLINE = /\n {0,3}(?:=+|-+)[ \t]*(?:\n|$)/y;
const INLINE = new RegExp(`^\\{:?[ \\t]*${LIST}[ \\t]*\\}`);
/** Without a colon only right behind one of these. */
const BEARERS = new Set(["image", "link", "codespan", "strong", "em"]);
const MAY_BE = /\{(?:[:#.-]|(?<=[)*`]\{)[ \t]*(?:[.#]|[\w-]+=))/y;
/** An attribute list on its own line; with the list item above it if it turns that into a table of contents. */
const BLOCK = new RegExp(
  `^(?: {0,3}(?:[*+-]|\\d+\\.)[ \\t][^\\n]*\\n {0,3}\\{:[ \\t]*toc[^\\n}]*\\}| {0,3}\\{:[ \\t]*${LIST}[ \\t]*\\})[ \\t]*(?:\\n|$)`,
);

const START = /[\s:]start="?(\d{1,9})["\s}]/;

export const attributeLists: Addition = {
  isNeeded: (markdown) => hasAt(markdown, "{", MAY_BE),
  extension: {
    extensions: [
      {
        name: "attributeList",
        level: "inline",
        start: (rest) => lineRead().distance("{:", rest),
        tokenizer(text, tokens) {
          const isList = text.startsWith("{:") || (text.startsWith("{") && BEARERS.has(tokens.at(-1)?.type ?? ""));
          const [raw] = isList ? (INLINE.exec(text) ?? []) : [];
          return raw === undefined ? undefined : { type: "attributeList", raw };
        },
        renderer: () => "",
      },
      {
        name: "attributeBlock",
        level: "block",
        tokenizer(text, tokens) {
          const [raw] = BLOCK.exec(text) ?? [];
          const [, start] = START.exec(raw ?? "") ?? [];
          const list = tokens.findLast(({ type }) => type !== "space");
          if (start !== undefined && list?.type === "list" && list["ordered"]) list["start"] = Number(start);
          return raw === undefined ? undefined : { type: "attributeBlock", raw };
        },
        renderer: () => "",
      },
    ],
    tokenizer: {
      heading(text) {
        const [mark] = HEADING.exec(text) ?? [];
        if (mark === undefined) return false;
        const line = firstLine(text);
        const found = listIn(line, AFTER_HEADING, mark.length);
        if (!found) return false;
        const token = Tokenizer.prototype.heading.call(this, found.bare + found.end);
        return token ? { ...token, raw: line } : false;
      },
      lheading(text) {
        const line = firstLine(text);
        if (!line.includes("{")) return false;
        UNDERLINE.lastIndex = line.length;
        const [underline] = UNDERLINE.exec(text) ?? [];
        const found = underline === undefined ? undefined : listIn(line, AFTER_TITLE, 1);
        if (!found) return false;
        const token = Tokenizer.prototype.lheading.call(this, found.bare + underline);
        return token ? { ...token, raw: line + token.raw.slice(found.bare.length) } : false;
      },
    },
  },
};

const firstLine = (text: string): string => {
  const end = text.indexOf("\n");
  return end === -1 ? text : text.slice(0, end);
};

/** The line without the attribute list at its end, and what that is followed by; some of the line is before the list. */
function listIn(line: string, list: RegExp, least: number) {
  for (let at = line.indexOf("{", least); at !== -1; at = line.indexOf("{", at + 1)) {
    list.lastIndex = at;
    const [raw, end = ""] = list.exec(line) ?? [];
    if (raw !== undefined) return { bare: line.slice(0, least) + withoutSpaceAfter(line.slice(least, at)), end };
  }
  return undefined;
}

function withoutSpaceAfter(text: string): string {
  let end = text.length;
  while (end > 0 && (text.charAt(end - 1) === " " || text.charAt(end - 1) === "\t")) end -= 1;
  return text.slice(0, end);
}
