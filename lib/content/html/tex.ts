/** Formulas in MathML, KaTeX or MathJax: their TeX between dollar signs, else a reading of them in one line. */
import { type Element, type HtmlNode, outermost, textOf } from "./nodes.ts";

/** `$…$`, or `$$…$$` for a formula on its own line. */
function texBetweenDollars(tex: string, isDisplayed: boolean): string {
  const marks = isDisplayed ? "$$" : "$";
  return `${marks}${tex.trim()}${marks}`;
}

const IS_TEX = /^application\/x-(?:tex|latex)$/i;

/** The TeX in the annotation of a `math` element; else the formula in one line. */
export function formulaOf(math: Element, isDisplayed: boolean): string {
  const [annotation] = outermost(
    math,
    ({ name, source }) => name === "annotation" && IS_TEX.test(source["encoding"] ?? ""),
  );
  const written = annotation ? textOf(annotation) : math.source["alttext"];
  if (written?.trim()) return texBetweenDollars(written, isDisplayed || math.source["display"] === "block");
  return inLine(math).trim();
}

/** How the parts of an element are joined in one line. */
const JOINED: { readonly [element: string]: ((parts: readonly string[]) => string) | undefined } = {
  mfrac: ([above = "", below = ""]) => `${bracketed(above)}/${bracketed(below)}`,
  msup: ([base = "", above = ""]) => `${base}^${bracketed(above)}`,
  msub: ([base = "", below = ""]) => `${base}_${bracketed(below)}`,
  msubsup: ([base = "", below = "", above = ""]) => `${base}_${bracketed(below)}^${bracketed(above)}`,
  munderover: ([base = "", below = "", above = ""]) => `${base}_${bracketed(below)}^${bracketed(above)}`,
  munder: ([base = "", below = ""]) => `${base}_${bracketed(below)}`,
  mover: ([base = "", above = ""]) => `${base}^${bracketed(above)}`,
  msqrt: (parts) => `√${bracketed(parts.join(""))}`,
  mroot: ([base = "", index = ""]) => `${bracketed(base)}^(1/${index})`,
  mtr: (parts) => `${parts.join(" ")}\n`,
  annotation: () => "",
  "annotation-xml": () => "",
};

const bracketed = (part: string): string => (part.length > 2 || [...part].length > 1 ? `(${part})` : part);

function inLine(node: HtmlNode): string {
  if (typeof node === "string") return node.replace(/\s+/g, " ");
  const parts = node.children.map(inLine).filter((part) => part.trim() !== "");
  const joined = Object.hasOwn(JOINED, node.name) ? JOINED[node.name]?.(parts) : undefined;
  return joined ?? parts.join("");
}

/** The TeX of `script type="math/tex"`, without CDATA marks. */
export function texOfScript(type: string, text: string): string {
  const tex = withoutEnd(text.replace(/^\s*(?:%\s*)?<!\[CDATA\[/, ""));
  return texBetweenDollars(tex, /;\s*mode\s*=\s*display/i.test(type));
}

function withoutEnd(text: string): string {
  const written = text.trimEnd();
  return written.endsWith("]]>") ? written.slice(0, -3).trimEnd().replace(/%$/, "") : written;
}
