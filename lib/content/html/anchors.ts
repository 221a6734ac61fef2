/** Removes the links by which a heading points at itself. */
import { type Element, type HtmlAttributes, type HtmlNode, hasClass, isBlank, outermost, textOf } from "./nodes.ts";
import { anyClass } from "./profile.ts";
import { absoluteUrl } from "./urls.ts";

const ANCHOR_CLASS = anyClass(`
  [\\w-]*anchor(?:-link|js-link|-js|-hash)? headerlink heading-?link header-?link hash-link direct-link permalink
  deep-link section-link td-heading-self-link
`);

export const hasAnchorClass = (attributes: HtmlAttributes): boolean => hasClass(attributes, ANCHOR_CLASS);

/** Only signs for a permalink, or icons of a private font. */
const OTHER_THAN_SIGN = /(?!\u{fe0f})[^\s#¶§\u{1f517}\u{2693}\u{200b}\u{feff}\u{e000}-\u{f8ff}]/u;
const isSign = (text: string): boolean => !OTHER_THAN_SIGN.test(text);

/** Whether the link leads to a fragment of the post's own page. */
export function isFragmentLink({ href }: HtmlAttributes, base: string): boolean {
  const url = href === undefined ? undefined : absoluteUrl(href, base);
  return url?.startsWith(`${base.replace(/#.*$/s, "")}#`) ?? false;
}

const hasPicture = (link: Element): boolean => outermost(link, ({ name }) => name === "img").length > 0;

/** A link that shows only a sign and has the class of an anchor: it is removed wherever it stands. */
export const isBareAnchor = (link: Element, base: string): boolean =>
  hasAnchorClass(link.source) && isSign(textOf(link)) && isFragmentLink(link.source, base);

/** The heading without its anchors, unless such a link is all of its text. */
export function withoutAnchors(heading: Element, base: string): Element {
  const anchors = outermost(heading, (found) => found.name === "a" && isAnchor(found, base));
  if (anchors.length === 0) return heading;
  const removed = new Set<HtmlNode>(anchors);
  const rest = without(heading, removed);
  const isWhole = textOf(rest).trim() === "" && anchors.some((anchor) => !isSign(textOf(anchor)));
  return isWhole ? heading : trimmed(rest);
}

function isAnchor(link: Element, base: string): boolean {
  if (!isFragmentLink(link.source, base)) return false;
  return hasAnchorClass(link.source) || (isSign(textOf(link)) && !hasPicture(link));
}

function without(parent: Element, removed: ReadonlySet<HtmlNode>): Element {
  const kept = parent.children.filter((child) => !removed.has(child));
  return { ...parent, children: kept.map((child) => (typeof child === "string" ? child : without(child, removed))) };
}

/** Without the space between the heading and its former anchor. */
function trimmed(heading: Element): Element {
  const children = heading.children.filter((child, i) => i > 0 || !isBlank(child));
  while (children.length > 0 && isBlank(children.at(-1) ?? "")) children.pop();
  const [first, last] = [children[0], children.at(-1)];
  if (typeof first === "string") children[0] = first.trimStart();
  if (typeof last === "string") {
    children[children.length - 1] = (children.length === 1 ? last.trimStart() : last).trimEnd();
  }
  return { ...heading, children };
}
