/** HTML → feed-safe HTML: only what the profile lists comes out, with absolute URLs. */
import { type Element, htmlOf } from "./nodes.ts";
import { ASIDES } from "./profile.ts";
import { copySafe } from "./quick.ts";
import { isForReading, plainText, type SafeHtml, trimmed } from "./reading.ts";
import { treeOf } from "./tree.ts";

export { escapeAttribute, escapeText } from "../../base/text.ts";
export type { SafeHtml } from "./reading.ts";

/** Resolves every URL against `base`, the post's own. What comes out comes out of it again as it is. */
export function makeFeedSafe(html: string, base: string): SafeHtml {
  return copySafe(html, base) ?? throughTree(html, base);
}

/** Of any HTML, however nasty. */
export function throughTree(html: string, base: string): SafeHtml {
  const root = treeOf(html, base);
  let beforeMore: string | undefined;
  const written = htmlOf([root], (before) => {
    beforeMore ??= plainText(before);
  });
  return { html: trimmed(written), lead: leadOf(root), ...(beforeMore !== undefined && { beforeMore }) };
}

/** The first paragraph that is the post's own; if there is none, the first that it quotes, lists or notes. */
function leadOf(root: Element): string {
  let aside = "";
  function find(node: Element, isAside: boolean): string | undefined {
    for (const child of node.children) {
      if (typeof child === "string") continue;
      if (child.name !== "p") {
        const found = find(child, isAside || ASIDES.has(child.name));
        if (found !== undefined) return found;
        continue;
      }
      const text = wordsOf(child);
      if (text !== "" && !isAside) return text;
      aside ||= text;
    }
    return undefined;
  }
  return find(root, false) ?? aside;
}

/** Of a paragraph that is worth reading. */
function wordsOf(paragraph: Element): string {
  const shown = paragraph.children.filter((child) => typeof child === "string" || !child.isFrame);
  const inner = htmlOf(shown);
  return isForReading(inner) ? plainText(inner) : "";
}
