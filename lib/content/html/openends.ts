/** Elements that are never closed, and would take the rest of the post with them. */
import { isFrame } from "./frames.ts";
import { RENAMED, SWALLOWING } from "./profile.ts";

const NAMES = SWALLOWING.join("|");
const OPEN = new RegExp(`<(${NAMES})(?![\\w:-])([^<>]*>)?`, "gi");
const CLOSE = new RegExp(`</(${NAMES})[\\s/>]`, "gi");

/** A frame may be written as if it closed itself. */
const SELF_CLOSED = /(?:^|[\s"'])\/>$/;
/** Or with no end at all: its address says that it is one. */
const ADDRESSED = /\b(?:src|videoid)\s*=/i;

/** Such an element is text, as its author may have meant; a frame is closed where it begins. */
export function withoutOpenEnds(html: string): string {
  const lastClose = new Map<string, number>();
  for (const { 1: name = "", index } of html.matchAll(CLOSE)) lastClose.set(name.toLowerCase(), index);
  return html.replace(OPEN, (tag, written: string, rest: string | undefined, offset: number) => {
    const name = written.toLowerCase();
    const isClosed = (lastClose.get(name) ?? -1) > offset;
    const isWholeFrame = rest !== undefined && (isClosed ? SELF_CLOSED : ADDRESSED).test(rest);
    if (isWholeFrame && isFrame(RENAMED.get(name) ?? name)) return `${tag}</${name}>`;
    return isClosed ? tag : `&lt;${tag.slice(1)}`;
  });
}
