/** Where the links and pictures of a text lead, as written: in Markdown, in definitions of references, and in HTML. */
import { codeFinder } from "../templates/code.ts";

export interface Destination {
  /** Without angle brackets and quotes, escapes and entities undone. */
  readonly written: string;
  /** An offset in the text. */
  readonly at: number;
  readonly isPicture: boolean;
  /** It is the value of an attribute. */
  readonly isHtml: boolean;
}

/** Ends of an inline link, definitions, attributes, and what hides the next of these. */
const DESTINATION = new RegExp(
  [
    "(?<comment><!--)",
    String.raw`(?<escape>\\[\s\S])`,
    String.raw`(?<open>!?\[)`,
    String.raw`\](?:\(\s{0,9}(?:<(?<angled>[^<>\n]*)>|(?<bare>[^\s()<>]*(?:\([^\s()]*\)[^\s()]*){0,9})))?`,
    String.raw`(?<![\w-])(?<name>href|src|poster|data-src|data-original)\s{0,9}=\s{0,9}(?:"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<word>[^\s"'<>${"`"}]+))`,
  ].join("|"),
  "gi",
);
const DEFINED = /(?<=^[ \t>]{0,40}\[(?!\^)[^\]\n]{1,200}\]):[ \t]*(?:\n[ \t]*)?(?:<([^<>\n]*)>|(\S+))/gm;
const MAY_HAVE_ANY = /\]\(|\]:|(?:href|src|poster|original)\s*=/i;

/** Those that are `wanted`, in their order. Those in code and in comments are none. */
export function destinationsIn(
  text: string,
  isMdx: boolean,
  wanted: (destination: Destination) => boolean = () => true,
): readonly Destination[] {
  if (!MAY_HAVE_ANY.test(text)) return [];
  const all = [...linked(text), ...defined(text)];
  const found = all.filter((each) => each.written !== "" && wanted(each)).sort((a, b) => a.at - b.at);
  if (found.length === 0) return [];
  const isCode = codeFinder(text, isMdx);
  return found.filter(({ at }) => !isCode(at));
}

function linked(text: string): Destination[] {
  const found: Destination[] = [];
  const open: boolean[] = [];
  let from = 0;
  let end = 0; // of the comment that ends next; -1 if none does
  for (const { index, groups = {} } of text.matchAll(DESTINATION)) {
    if (index < from) continue;
    if (groups["comment"] !== undefined) {
      if (end !== -1 && end <= index) end = text.indexOf("-->", index);
      from = Math.max(end, from);
    } else if (groups["open"] !== undefined) {
      open.push(groups["open"] === "![");
    } else if (groups["name"] !== undefined) {
      const written = unescapedValue(groups["double"] ?? groups["single"] ?? groups["word"] ?? "");
      found.push({ written, at: index, isPicture: !/^href$/i.test(groups["name"]), isHtml: true });
    } else if (groups["escape"] === undefined) {
      const isPicture = open.pop();
      const written = groups["angled"] ?? groups["bare"];
      if (isPicture === undefined || written === undefined) continue;
      found.push({ written: unescapedMarkdown(written), at: index, isPicture, isHtml: false });
    }
  }
  return found;
}

/** What a definition is of is not known: a picture if its name says so. */
function defined(text: string): Destination[] {
  return [...text.matchAll(DEFINED)].map(({ 1: angled, 2: bare, index }) => {
    const written = unescapedMarkdown(angled ?? bare ?? "");
    return { written, at: index, isPicture: PICTURE.test(written), isHtml: false };
  });
}

const PICTURE = /\.(?:png|jpe?g|gif|webp|svg|avif|bmp|tiff?)(?:[?#]|$)/i;

const unescapedMarkdown = (written: string): string => unescapedValue(written.replace(/\\([!-/:-@[-`{-~])/g, "$1"));

const unescapedValue = (written: string): string => written.trim().replace(/&(?:amp|#38|#x26);/gi, "&");
