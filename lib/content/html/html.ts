/** HTML → feed-safe HTML: only what the profile lists, with absolute URLs. */
import { present } from "../../base/optional.ts";
import { type Element, htmlOf } from "./nodes.ts";
import { ASIDES } from "./profile.ts";
import { copySafe } from "./quick.ts";
import { type IsBeside, isForReading, NOWHERE, plainText, type SafeHtml, trimmed } from "./reading.ts";
import { treeOf } from "./tree.ts";

/** Resolves every URL against `base`, that of the post. Applied to its own result, it changes nothing. */
export function makeFeedSafe(html: string, base: string, isBeside: IsBeside = NOWHERE): SafeHtml {
  return copySafe(html, base, isBeside) ?? throughTree(html, base, isBeside);
}

/** For any HTML, by way of a tree. */
export function throughTree(html: string, base: string, isBeside = NOWHERE): SafeHtml {
  const root = treeOf(html, base);
  let beforeMore: string | undefined;
  const written = htmlOf([root], (before) => {
    beforeMore ??= trimmed(before);
  });
  return { html: trimmed(written), lead: leadOf(root, isBeside), ...present({ beforeMore }) };
}

/** The text of the first paragraph outside of quotations, lists and notes; if there is none, of the first in them. */
function leadOf(root: Element, isBeside: IsBeside): string {
  let aside = "";
  function find(node: Element, isAside: boolean): string | undefined {
    for (const child of node.children) {
      if (typeof child === "string") continue;
      if (child.name !== "p") {
        const found = find(child, isAside || ASIDES.has(child.name));
        if (found !== undefined) return found;
        continue;
      }
      const text = wordsOf(child, isBeside);
      if (text !== "" && !isAside) return text;
      aside ||= text;
    }
    return undefined;
  }
  return find(root, false) ?? aside;
}

/** The text of a paragraph; empty when it is not for reading. */
function wordsOf(paragraph: Element, isBeside: IsBeside): string {
  const shown = paragraph.children.filter((child) => typeof child === "string" || !child.isFrame);
  const inner = htmlOf(shown);
  return isForReading(inner, isBeside) ? plainText(inner) : "";
}
