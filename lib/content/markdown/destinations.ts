/** `![图](my photo 1.png)`: a destination with spaces, which CommonMark leaves as text and many editors write. */
import { Tokenizer } from "marked";
import type { Addition } from "./addition.ts";

/** Label, and a destination of one line that may hold brackets one deep. */
const LINK = /^(!?)\[((?:\\.|[^\\[\]]|\[(?:\\.|[^\\[\]])*\])*)\]\(((?:\\.|[^\\()\n<>]|\([^()\n<>]*\))+)\)/;
/** What CommonMark takes itself: no space but before a title. */
const COMMON = /^\s*\S*(?:\s+(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\)))?\s*$/;
const TITLED = /^(.*?\S)[ \t]+(?:"([^"]*)"|'([^']*)')[ \t]*$/;

/** A link in brackets behind some word is an address only if it looks like one. */
const LOOKS_LIKE_FILE = /^\.{0,2}\/|\.[a-z][a-z0-9]{0,4}(?:[?#]\S*)?$/i;

/** A space with more than a title behind it. */
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
