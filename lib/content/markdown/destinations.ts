/** `![图](my photo 1.png)`: a destination with spaces, which CommonMark leaves as text and many editors write. */
import { Tokenizer } from "marked";
import type { Addition } from "./addition.ts";

/** The label, and a destination on one line that may contain parentheses, one level deep. */
const LINK = /^(!?)\[((?:\\.|[^\\[\]]|\[(?:\\.|[^\\[\]])*\])*)\]\(((?:\\.|[^\\()\n<>]|\([^()\n<>]*\))+)\)/;
/** What CommonMark accepts itself: no space except before a title. */
const COMMON = /^\s*\S*(?:\s+(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\)))?\s*$/;
const TITLED = /^(.*?\S)[ \t]+(?:"([^"]*)"|'([^']*)')[ \t]*$/;

/** Text in parentheses after a link text is a destination only if it looks like one. */
const LOOKS_LIKE_FILE = /^\.{0,2}\/|\.[a-z][a-z0-9]{0,4}(?:[?#]\S*)?$/i;

/** A space that is followed by more than a title. */
const SPACE = /\]\([^)\n"']*[ \u00a0\u3000][^\s"')]/y;

function hasSpace(markdown: string): boolean {
  for (let at = markdown.indexOf("]("); at !== -1; at = markdown.indexOf("](", at + 2)) {
    SPACE.lastIndex = at;
    if (SPACE.test(markdown)) return true;
  }
  return false;
}

export const spacedDestinations: Addition = {
  isNeeded: hasSpace,
  extension: {
    tokenizer: {
      link(text) {
        if (!/^!?\[/.test(text)) return false;
        const [raw, bang = "", label = "", inside = ""] = LINK.exec(text.slice(0, 2_000)) ?? [];
        if (raw === undefined || COMMON.test(inside)) return false;
        const [, titled, double, single] = TITLED.exec(inside) ?? [];
        const destination = (titled ?? inside).trim();
        if (bang === "" && !LOOKS_LIKE_FILE.test(destination)) return false;
        const title = double ?? single;
        const written = `${bang}[${label}](<${destination}>${title === undefined ? "" : ` "${title}"`})`;
        const token = Tokenizer.prototype.link.call(this, written);
        return token?.raw === written ? { ...token, raw } : false;
      },
    },
  },
};
