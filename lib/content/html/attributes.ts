/** The attributes of an element that feeds may carry, and which elements need a tree because of their attributes. */
import { escapeAttribute, xmlSafe } from "../../base/text.ts";
import { hasAnchorClass } from "./anchors.ts";
import { codeLanguage, isGutter } from "./code.ts";
import { isPlayable } from "./frames.ts";
import { loaded } from "./lazy.ts";
import { isMoreId } from "./more.ts";
import type { HtmlAttributes } from "./nodes.ts";
import { isOfNoSize } from "./pictures.ts";
import { anyClass, DROPPED_CLASSES, ELEMENTS, GLOBAL, VITAL } from "./profile.ts";
import { absoluteSrcset, absoluteUrl, imageUrl, LINK_SCHEMES, LOAD_SCHEMES } from "./urls.ts";

/** A value that is written as it is. */
const PLAIN = /^[\w ./:?#=%@+,;~!()-]*$/;

/** The safe attributes as they are written in HTML; `undefined` when the element itself must be removed. */
export function attributesOf(name: string, attributes: HtmlAttributes, base: string): string | undefined {
  const allowed = ELEMENTS.get(name);
  if (!allowed) return undefined;
  let text = "";
  for (const attribute in attributes) {
    if (!allowed.has(attribute) && !GLOBAL.has(attribute)) continue;
    const safe = safeValue(name, attribute, attributes[attribute] ?? "", base);
    if (safe !== undefined) text += ` ${attribute}="${PLAIN.test(safe) ? safe : escapeAttribute(xmlSafe(safe))}"`;
  }
  text += DERIVED[name]?.(attributes) ?? "";
  return VITAL[name]?.test(text) === false ? undefined : text;
}

/** Whether an element is for pages only: hidden from those who see the page, or there to be clicked. */
export const isForPagesOnly = ({ class: names }: HtmlAttributes): boolean =>
  names !== undefined && DROPPED_CLASSES.test(names);

/** Whether only the attributes of the element have to be made safe. */
export function isOrdinary(name: string, attributes: HtmlAttributes): boolean {
  if (!ELEMENTS.has(name) || isMoreId(attributes["id"] ?? "")) return false;
  if (PLAYED.has(name) && attributes["src"] !== undefined && !isPlayable(attributes["src"])) return false;
  if (name === "img" && isOfNoSize(attributes)) return false;
  if (LOADS.has(name) && loaded(name, attributes)) return false;
  if (OF_CODE.some((attribute) => attributes[attribute] !== undefined)) return false;
  const { class: names } = attributes;
  if (names === undefined || (name === "code" && /^language-[\w+#.-]+$/.test(names))) return true;
  if (CELLS.has(name) || isForPagesOnly(attributes) || specialClass(names) || hasAnchorClass(attributes)) {
    return false;
  }
  return codeLanguage(names) === undefined && !isGutter(name, attributes, true);
}

const OF_CODE: readonly string[] = ["data-lang", "data-language", "data-line-number"];
const PLAYED = new Set(["video", "audio", "source"]);
const CELLS = new Set(["td", "th"]);

/** Output of KaTeX and MathJax, recognised by a class, which is read whole before it is replaced. */
const SPECIAL_CLASSES: readonly (readonly [RegExp, string])[] = [
  [anyClass("katex-display"), "#katex-display"],
  [anyClass("katex"), "#katex"],
  [anyClass("katex-html"), "#katex-html"],
  [anyClass("MathJax(?:_Display|_SVG(?:_Display)?|_CHTML|_Preview)? MJX_Assistive_MathML"), "#mathjax"],
];

/** The name that an element with such a class has in the tree. */
export const specialClass = (names: string): string | undefined =>
  SPECIAL_CLASSES.find(([pattern]) => pattern.test(names))?.[1];

/** The attributes with lazy loading undone; if the placeholder had no size, neither is its size kept. */
export function asShown(name: string, attributes: HtmlAttributes): HtmlAttributes {
  const shown = LOADS.has(name) ? loaded(name, attributes) : undefined;
  if (shown === undefined || !isOfNoSize(attributes)) return shown ?? attributes;
  const { width: _, height: __, ...others } = shown;
  return others;
}

const LOADS = new Set(["img", "source", "video", "audio", "iframe"]);

const ALIGNED = /(?:^|;)\s*text-align\s*:\s*(left|right|center|justify)\s*(?:!important\s*)?(?:;|$)/i;

const controls = (attributes: HtmlAttributes): string => (attributes["controls"] === undefined ? ' controls=""' : "");
const alignment = (attributes: HtmlAttributes): string => {
  const [, side] = attributes["align"] === undefined ? (ALIGNED.exec(attributes["style"] ?? "") ?? []) : [];
  return side ? ` align="${side.toLowerCase()}"` : "";
};

/** Attributes that are made from others, or are required. */
const DERIVED: { readonly [element: string]: ((attributes: HtmlAttributes) => string) | undefined } = {
  audio: controls,
  video: controls,
  td: alignment,
  th: alignment,
};

function safeValue(element: string, attribute: string, value: string, base: string): string | undefined {
  switch (attribute) {
    case "href":
    case "cite":
      return absoluteUrl(value, base, LINK_SCHEMES);
    case "src":
      return element === "img" ? imageUrl(value, base) : absoluteUrl(value, base, LOAD_SCHEMES);
    case "poster":
      return absoluteUrl(value, base, LOAD_SCHEMES);
    case "srcset":
      return absoluteSrcset(value, base);
    case "class": {
      const language = codeLanguage(value);
      return language && `language-${language}`;
    }
    case "controls":
      return "";
    default:
      return value;
  }
}
