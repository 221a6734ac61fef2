/** Undoes lazy loading: the address that a script would put in the place of a placeholder. */
import type { HtmlAttributes } from "./nodes.ts";

/** The attributes in which scripts keep the value of another until it is needed, the most common first. */
const KEPT_AS: { readonly [attribute: string]: readonly string[] } = {
  src: [
    "data-src",
    "data-lazy-src",
    "data-original",
    "data-lazy",
    "data-echo",
    "data-lazyload",
    "data-actualsrc",
    "data-original-src",
    "data-lazy-original",
    "data-cfsrc",
    "data-img-src",
    "data-url",
    "lazy-src",
  ],
  srcset: ["data-srcset", "data-lazy-srcset", "data-original-set", "lazy-srcset"],
  sizes: ["data-sizes", "data-lazy-sizes"],
  poster: ["data-poster"],
};

/** Whether an attribute may be one of these: all have a `-` in their names, and most pictures have no such attribute. */
function mayBeKept(attributes: HtmlAttributes): boolean {
  for (const name in attributes) if (name.includes("-")) return true;
  return false;
}

const LOADING_WORDS =
  "loading|loader|lazy|placeholder|blank|spacer|transparent|pixel|1x1|gr[ae]y|empty|clear|default|spinner";
const NO_PICTURE = /^(?:$|#|about:|data:|\/\/:0)/i;
/** Such words in a row. What is within a row ends where it ends, so that each is looked at once. */
const LOADING = new RegExp(`(?:^|[/_.-])(?:${LOADING_WORDS})(?:[_-]?(?:${LOADING_WORDS}|\\d|img|image|icon))*`, "gi");
const PICTURE_END = /\.(?:gif|png|svg|jpe?g|webp)(?:[?#]|$)/iy;
const LAZY_CLASS = /(?:^|\s)(?:(?=[\w-]*lazy)[\w-]+|lozad|unveil)(?:\s|$)/i;

/** Values that only switch lazy loading on. */
const NO_ADDRESS = /^(?:true|false|auto|\d*)$/i;

/** The attributes after the script has run; `undefined` when nothing is loaded lazily. */
export function loaded(name: string, attributes: HtmlAttributes): HtmlAttributes | undefined {
  if (!mayBeKept(attributes)) return undefined;
  const found: { [attribute: string]: string } = {};
  const isLazy = LAZY_CLASS.test(attributes["class"] ?? "");
  for (const [attribute, names] of Object.entries(KEPT_AS)) {
    if (!isLazy && !isPlaceholder(attributes[attribute] ?? "")) continue;
    const kept = names
      .map((each) => attributes[each]?.trim() ?? "")
      .find((value) => !NO_ADDRESS.test(value) && !isPlaceholder(value));
    if (kept !== undefined) found[attribute] = kept;
  }
  const { src, srcset } = found;
  if (src === undefined && srcset === undefined) return undefined;
  // For feed readers that do not support srcset.
  const isBare = name === "img" && src === undefined && isPlaceholder(attributes["src"] ?? "");
  const first = isBare ? /^[^\s,]+/.exec(srcset ?? "")?.[0] : undefined;
  return { ...attributes, ...found, ...(first !== undefined && { src: first }) };
}

/** Whether the picture only reserves the place of another. */
export function isPlaceholder(src: string): boolean {
  const address = src.trim();
  if (NO_PICTURE.test(address)) return true;
  LOADING.lastIndex = 0;
  while (LOADING.test(address)) {
    PICTURE_END.lastIndex = LOADING.lastIndex;
    if (PICTURE_END.test(address)) return true;
  }
  return false;
}
