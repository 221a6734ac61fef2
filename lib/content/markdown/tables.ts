/** Tables as goldmark reads them: a head with fewer cells than the line below it is filled up; GitHub's is no table (GFM §4.10). */
import type { Tokens } from "marked";
import type { Addition } from "./addition.ts";
import { BlockTokenizer } from "./blocks.ts";

const HEAD = /^([^\n]+)\n([-:| \t]+)(?:\n|$)/;

const cellsIn = (row: string): number =>
  row
    .trim()
    .replace(/^\||\\.|\|$/g, "")
    .split("|").length;

export const filledTables: Addition = {
  isNeeded: (markdown, { dialect }) => dialect === "hugo" && markdown.includes("|"),
  extension: {
    tokenizer: {
      table(text) {
        const [, head = "", columns = ""] = HEAD.exec(text) ?? [];
        const missing = head.includes("|") && columns.includes("-") ? cellsIn(columns) - cellsIn(head) : 0;
        if (missing < 1 || missing > MOST) return false;
        const filled = `${head.trimEnd().replace(/(?<!\\)\|$/, "")}${"| ".repeat(missing)}|`;
        const written = filled + text.slice(head.length);
        const token = BlockTokenizer.prototype.table.call(this as BlockTokenizer, written) as Tokens.Table | undefined;
        return token ? { ...token, raw: text.slice(0, token.raw.length - filled.length + head.length) } : false;
      },
    },
  },
};

/** More than any table lacks. */
const MOST = 50;
