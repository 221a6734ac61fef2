/** What an element becomes when it closes, by its name. */
import { oneLine } from "../../base/text.ts";
import { isBareAnchor, isFragmentLink, withoutAnchors } from "./anchors.ts";
import { codeOfTable, GUTTER_CELL, isGutterCell, isNumbers, withLanguage } from "./code.ts";
import { embedOf } from "./embeds.ts";
import { type LinkContext, linkOfObject, linkOfVideo } from "./frames.ts";
import { type Element, element, type HtmlNode, htmlOf, isBlank, outermost, textOf } from "./nodes.ts";
import { picturesOfNoscript } from "./pictures.ts";
import { TOC_MARK } from "./profile.ts";
import { isEmptyLink } from "./reading.ts";
import { formulaOf } from "./tex.ts";
import { absoluteUrl } from "./urls.ts";

/** `open` are the elements around it, outermost first. */
type Finish = (closed: Element, context: LinkContext, open: readonly Element[]) => readonly HtmlNode[];

const cell: Finish = (closed, { parent }) => (isGutterCell(closed, parent) ? [element(GUTTER_CELL, [])] : [closed]);

const link: Finish = (closed, { base, isWithin }) =>
  isBareAnchor(closed, base) && !HEADINGS.some(isWithin) ? [] : [closed];

const shownLink: Finish = (closed, { base }) => [withShownLink(closed, base)];

const HEADINGS: readonly string[] = ["h1", "h2", "h3", "h4", "h5", "h6"];

const heading: Finish = (closed, { base }) => [withoutAnchors(closed, base)];

const video: Finish = (closed, context) => linkOfVideo(closed, context) ?? [closed];

export const FINISH: ReadonlyMap<string, Finish> = new Map<string, Finish>([
  ["p", (closed, { base }) => paragraph(withShownLink(closed, base))],
  ...["div", "figure"].map((name) => [name, shownLink] as const),
  ["a", link],
  ...HEADINGS.map((name) => [name, heading] as const),
  ["td", cell],
  ["th", cell],
  ["table", table],
  ["pre", (closed, _, open) => [withLanguage(closed, open)]],
  ["video", video],
  ["audio", video],
  ["#gutter", (closed) => (isNumbers(closed) ? [] : [textOf(closed)])],
  ["#noscript", (closed) => picturesOfNoscript(closed)],
  ["#object", (closed, context) => linkOfObject(closed, context)],
  ["#math", math],
  ["#katex-html", (closed, { parent }) => (parent.name === "#katex" && hasText(parent) ? [] : [textOf(closed)])],
  ["#katex", (closed) => [textOf(closed)]],
  ["#katex-display", (closed) => [textOf(closed)]],
  ["#mathjax", mathjax],
]);

/** How many of the children of an element are known to be without text; they may be many. */
const textless = new WeakMap<Element, number>();

function hasText(node: Element): boolean {
  const { children } = node;
  for (let i = textless.get(node) ?? 0; i < children.length; i++) {
    if (textOf(children[i] ?? "").trim() !== "") return true;
    textless.set(node, i + 1);
  }
  return false;
}

/** A link that shows nothing and is alone in its block, as in a card that a script draws, shows where it leads. */
function withShownLink(closed: Element, base: string): Element {
  const [link, ...others] = closed.children.filter((child) => !isBlank(child));
  if (typeof link !== "object" || others.length > 0 || link.name !== "a" || !isEmptyLink(htmlOf(link.children))) {
    return closed;
  }
  const url = absoluteUrl(link.source["href"] ?? "", base);
  const words = oneLine(link.source["title"] ?? "").trim() || (url === undefined ? "" : embedOf(url)?.title);
  if (!words || isFragmentLink(link.source, base)) return closed;
  return { ...closed, children: [{ ...link, children: [words], isFrame: true }] };
}

/** Removes a paragraph that is empty or holds a mark for a table of contents; a more mark in it stays. */
function paragraph(closed: Element): readonly HtmlNode[] {
  const { children, attributes } = closed;
  if (attributes !== "") return [closed];
  const shown = children.flatMap((child) =>
    typeof child === "object" && child.name.startsWith("#") ? child.children : [child],
  );
  const isNothing = shown.every(isBlank) || (shown.every(isText) && TOC_MARK.test(shown.join("")));
  return isNothing ? children.filter((child) => typeof child === "object" && child.name === "#more") : [closed];
}

const isText = (node: HtmlNode): node is string => typeof node === "string";

const isOneOf =
  (...names: readonly string[]) =>
  ({ name }: Element): boolean =>
    names.includes(name);

function table(closed: Element, { isWithin }: LinkContext, open: readonly Element[]): readonly HtmlNode[] {
  const hasGutter = outermost(closed, isOneOf(GUTTER_CELL, "table")).some(isOneOf(GUTTER_CELL));
  if (!hasGutter) return [closed];
  return codeOfTable(closed, isWithin("pre") || isWithin("code")).map((node) =>
    typeof node === "object" && node.name === "pre" ? withLanguage(node, open) : node,
  );
}

/** Within output of MathJax it is kept, since `mathjax` reads it. */
function math(closed: Element, { isWithin }: LinkContext): readonly HtmlNode[] {
  return isWithin("#mathjax") ? [closed] : [formulaOf(closed, isWithin("#katex-display"))];
}

/** Kept as a node until it is known whether a script with its TeX follows. */
function mathjax(closed: Element): readonly HtmlNode[] {
  const [formula] = outermost(closed, isOneOf("#math"));
  const text = formula ? formulaOf(formula, closed.source["display"] === "true") : textOf(closed);
  return text.trim() === "" ? [] : [element("#mathjax", [text])];
}
