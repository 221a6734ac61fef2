/** HTML → feed-safe HTML: only what the profile lists, with absolute URLs. */
import { present } from "../../base/optional.ts";
import { type Element, htmlOf } from "./nodes.ts";
import { ASIDES } from "./profile.ts";
import { copySafe } from "./quick.ts";
import { isForReading, plainText, type SafeHtml, trimmed } from "./reading.ts";
import { treeOf } from "./tree.ts";

/** Resolves every URL against `base`, that of the post. Applied to its own result, it changes nothing. */
export function makeFeedSafe(html: string, base: string): SafeHtml {
  return copySafe(html, base) ?? throughTree(html, base);
}

/** For any HTML, by way of a tree. */
export function throughTree(html: string, base: string): SafeHtml {
  const root = treeOf(html, base);
  let beforeMore: string | undefined;
  const written = htmlOf([root], (before) => {
    beforeMore ??= trimmed(before);
  });
  return { html: trimmed(written), lead: leadOf(root), ...present({ beforeMore }) };
}

/** The text of the first paragraph outside of quotations, lists and notes; if there is none, of the first in them. */
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

/** The text of a paragraph; empty when it holds only pictures and links to media. */
function wordsOf(paragraph: Element): string {
  const shown = paragraph.children.filter((child) => typeof child === "string" || !child.isFrame);
  const inner = htmlOf(shown);
  return isForReading(inner) ? plainText(inner) : "";
}
