/** Elements that are never closed, and would swallow the rest of the post. */
import { isFrame } from "./frames.ts";
import { RENAMED, SWALLOWING } from "./profile.ts";

const NAMES = SWALLOWING.join("|");
const OPEN = new RegExp(`<(${NAMES})(?![\\w:-])([^<>]*>)?`, "gi");
const CLOSE = new RegExp(`</(${NAMES})[\\s/>]`, "gi");

/** A frame may be written as a self-closing tag. */
const SELF_CLOSED = /(?:^|[\s"'])\/>$/;
/** Or without an end: its address shows that it is a frame. */
const ADDRESSED = /\b(?:src|videoid)\s*=/i;

/** Escapes such tags, so that they are text, which may be what their author meant; a frame is closed at its tag. */
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
