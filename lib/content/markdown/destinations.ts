/** `![图](my photo 1.png)`: a destination with spaces, which CommonMark leaves as text and many editors write. */
import { Tokenizer } from "marked";
import type { Addition } from "./addition.ts";
import { lineRead } from "./reading.ts";

/** The label, and a destination on one line that may contain parentheses, one level deep. */
const LINK = /^(!?)\[((?:\\.|[^\\[\]]|\[(?:\\.|[^\\[\]])*\])*)\]\(((?:\\.|[^\\()\n<>]|\([^()\n<>]*\))+)\)/;
/** What CommonMark accepts itself: no space except before a title. */
const COMMON = /^\S*(?:\s+(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\)))?$/;
const TITLED = /^(.*?\S)[ \t]+(?:"([^"]*)"|'([^']*)')[ \t]*$/;

/** Text in parentheses after a link text is a destination only if it looks like one. */
const PATH = /^\.{0,2}\//;
const FILE_NAME = /\.[a-z][a-z0-9]{0,4}(?:[?#]|$)/i;

const looksLikeFile = (destination: string): boolean =>
  PATH.test(destination) || FILE_NAME.test(destination.split(/\s/).at(-1) ?? "");

/** From the start of a destination to a space that is followed by more than a title, or to where there is none. */
const TO_SPACE = /[^)\n"' \u00a0\u3000]*(?:[ \u00a0\u3000]+(?![^\s"')])[^)\n"' \u00a0\u3000]*)*/y;

/** The longest link with such a destination. */
const LONGEST = 2_000;

function hasSpace(markdown: string): boolean {
  for (let at = markdown.indexOf("]("); at !== -1; at = markdown.indexOf("](", TO_SPACE.lastIndex)) {
    TO_SPACE.lastIndex = at + 2;
    TO_SPACE.test(markdown);
    if (/[ \u00a0\u3000]/.test(markdown.charAt(TO_SPACE.lastIndex))) return true;
  }
  return false;
}

export const spacedDestinations: Addition = {
  isNeeded: hasSpace,
  extension: {
    tokenizer: {
      link(text) {
        if (!/^!?\[/.test(text)) return false;
        const distance = lineRead().distance("](", text);
        if (distance === -1 || distance > LONGEST) return false;
        const [raw, bang = "", label = "", inside = ""] = LINK.exec(text.slice(0, LONGEST)) ?? [];
        if (raw === undefined || COMMON.test(inside.trim())) return false;
        const [, titled, double, single] = TITLED.exec(inside) ?? [];
        const destination = (titled ?? inside).trim();
        if (bang === "" && !looksLikeFile(destination)) return false;
        const title = double ?? single;
        const written = `${bang}[${label}](<${destination}>${title === undefined ? "" : ` "${title}"`})`;
        const token = Tokenizer.prototype.link.call(this, written);
        return token?.raw === written ? { ...token, raw } : false;
      },
    },
  },
};
