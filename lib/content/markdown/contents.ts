/** Marks for a table of contents on a line of their own, `@[TOC](title)` and `[[_TOC_]]`, which a page replaces by a list. */
import { TOC_MARK } from "../html/profile.ts";
import { hasAt } from "../match.ts";
import type { Addition } from "./addition.ts";
import { blocksRead } from "./reading.ts";

const MAY_BE = /[[{]:?[ \t\n]{0,9}_?toc/iy;
const LINE = /^ {0,3}[@[${][^\n]{4,60}(?=\n|$)/;
/** The title of the list, as CSDN writes it. */
const TITLE = /^(\s*@\[[^\]]*\])\([^)]*\)\s*$/;

const isDefined = (text: string): boolean => /(?<![^\n]) {0,3}\[toc\]:/i.test(text);

export const contentsMarks: Addition = {
  isNeeded: (markdown) => ["[", "{"].some((mark) => hasAt(markdown, mark, MAY_BE, ":_ \t\ntT")),
  extension: {
    extensions: [
      {
        name: "contentsMark",
        level: "block",
        tokenizer(text) {
          const [raw = ""] = LINE.exec(text) ?? [];
          const isMark = TOC_MARK.test(raw.replace(TITLE, "$1")) && !blocksRead().once(isDefined);
          return isMark ? { type: "contentsMark", raw } : undefined;
        },
        renderer: () => "",
      },
    ],
  },
};
