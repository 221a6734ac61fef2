/** TeX in Markdown is kept as it is written: its `_`, `*`, `\\`, `<` and `&` have no meaning in Markdown. */
import type { TokenizerAndRendererExtension, Tokens } from "marked";
import { escapeText } from "../../base/text.ts";
import type { Addition } from "./addition.ts";

/** The longest formula that is recognised, so that an unclosed one costs no search through the rest of the text. */
const LONGEST = 5_000;

/** As in Pandoc: no space inside the marks, no digit after the last; and no code and no link in between. */
const DOLLAR = /^\$(?![\s$])((?:\\[\s\S]|[^\\$`])+)(?<!\s)\$(?![\d$])/;
const DOLLAR_CODE = /^\$`([^`]+)`\$/; // only on GitHub
const DOLLARS = /^\$\$((?:\\[\s\S]|[^\\$]|\$(?!\$))+)\$\$/;
/** `\\(` is what Markdown needs for `\(`; some processors accept the short spelling, which CommonMark reads as `(`. */
const LONG_MARK = /^\\\\(?:\(((?:(?!\\\\[()])[\s\S])+)\\\\\)|\[((?:(?!\\\\\])[\s\S])+)\\\\\])/;
const SHORT_MARK = /^\\(?:\(((?:(?!\\[()])[\s\S])+)\\\)|\[((?:(?!\\\])[\s\S])+)\\\])/;

/** From `$$` or a bracket at the start of a line to one at the end of a line, with blank lines in between. */
const BLOCK =
  /^ {0,3}(?:\$\$((?:(?!\$\$)[\s\S])+)\$\$|\\\\\[((?:(?!\\\\\])[\s\S])+)\\\\\]|\\\[((?:(?!\\\])[\s\S])+)\\\])[ \t]*(?:\n|$)/;
const ENVIRONMENT = /^ {0,3}(\\begin\{([a-z]+\*?)\}[\s\S]*?\\end\{\2\})[ \t]*(?:\n|$)/;

const isTex = (text: string): boolean => /[\\_^{}]/.test(text) && !text.includes("](");
/** `$x$`, `$2*3$`, `$a<b$`; no `$5 and *then* he paid$`. */
const isShort = (text: string): boolean => text.length <= 24 && !/[a-z]{2,}\s+[a-z]{2,}|\]\(/i.test(text);
/** For the short spelling, which more often is an escaped bracket. */
const isSurelyTex = (text: string): boolean => /\\[a-z]|[\^{}]/i.test(text);

/** The formula at the start of the text, and what it is written as. */
function inlineTex(text: string): { readonly raw: string; readonly tex: string } | undefined {
  const start = text.slice(0, LONGEST);
  if (start.startsWith("$")) {
    const code = DOLLAR_CODE.exec(start);
    if (code) return { raw: code[0], tex: `$${code[1]}$` };
    const [raw, content = ""] = DOLLARS.exec(start) ?? DOLLAR.exec(start) ?? [];
    return raw !== undefined && (isTex(content) || isShort(content)) ? { raw, tex: raw } : undefined;
  }
  const long = LONG_MARK.exec(start);
  if (long) return { raw: long[0], tex: inBrackets(long[1], long[2]) };
  const [raw, round, square] = SHORT_MARK.exec(start) ?? [];
  return raw !== undefined && isSurelyTex(round ?? square ?? "") ? { raw, tex: raw } : undefined;
}

const inBrackets = (round: string | undefined, square: string | undefined): string =>
  round === undefined ? `\\[${square}\\]` : `\\(${round}\\)`;

function blockTex(text: string): { readonly raw: string; readonly tex: string } | undefined {
  const start = text.slice(0, LONGEST);
  const environment = ENVIRONMENT.exec(start);
  if (environment) return { raw: environment[0], tex: environment[1] ?? "" };
  const [raw, dollars, long, short] = BLOCK.exec(start) ?? [];
  if (raw === undefined) return undefined;
  if (long !== undefined) return { raw, tex: inBrackets(undefined, long) };
  return short === undefined || isSurelyTex(short)
    ? { raw, tex: short ? `\\[${short}\\]` : `$$${dollars}$$` }
    : undefined;
}

const escaped = ({ tex }: Tokens.Generic): string => escapeText(String(tex));

const DOLLAR_SIGN = 36;
const BACKSLASH = 92;

const formulas: TokenizerAndRendererExtension = {
  name: "tex",
  level: "inline",
  start: (text) => text.indexOf("$"), // marked stops at a backslash by itself
  tokenizer(text) {
    const first = text.charCodeAt(0);
    const found = first === DOLLAR_SIGN || first === BACKSLASH ? inlineTex(text) : undefined;
    return found && { type: "tex", ...found };
  },
  renderer: escaped,
};

const displays: TokenizerAndRendererExtension = {
  name: "texBlock",
  level: "block",
  start(text) {
    const end = text.indexOf("\n\n");
    return (end === -1 ? text : text.slice(0, end)).search(/\n {0,3}(?:\$\$|\\\\?\[|\\begin\{)/);
  },
  tokenizer(text) {
    const found = /^ {0,3}[$\\]/.test(text) ? blockTex(text) : undefined;
    return found && { type: "texBlock", ...found };
  },
  renderer: (token) => `<p>${escaped(token)}</p>\n`,
};

const DOLLAR_ANYWHERE = /\$\$?(?![\s$])(?:\\[\s\S]|[^\\$`])+(?<!\s)\$(?!\d)/g;

const withMasks = (text: string): string =>
  text.replace(DOLLAR_ANYWHERE, (tex) => (isTex(tex) || isShort(tex) ? "a".repeat(tex.length) : tex));

/** Characters with a meaning in Markdown; a formula without any needs no protection. */
const ACTIVE = /[\\_*~[\]<&`]/;

export const inlineMath: Addition = {
  isNeeded: (markdown) =>
    (markdown.includes("$") && (ACTIVE.test(formulasIn(markdown)) || markdown.includes("$`"))) ||
    markdown.includes("\\(") ||
    markdown.includes("\\["),
  extension: { extensions: [formulas] },
};

const formulasIn = (markdown: string): string =>
  (markdown.match(DOLLAR_ANYWHERE) ?? []).filter((tex) => isTex(tex) || isShort(tex)).join("");

export const blockMath: Addition = {
  isNeeded: (markdown) =>
    (markdown.includes("$$") || markdown.includes("\\[") || markdown.includes("\\begin{")) &&
    MAY_BEGIN_LINE.test(markdown),
  extension: { extensions: [displays] },
};

const MAY_BEGIN_LINE = /(?:^|\n)[ \t>]*(?:[*+-] +|\d+[.)] +)?(?:\$\$|\\\\?\[|\\begin\{)/;

/** Whether the same mark occurs within a formula and outside of one. */
function needsMasks(text: string): boolean {
  const formulas = text.includes("$") ? formulasIn(text) : "";
  if (!/[*_~]/.test(formulas)) return false;
  const others = text.replace(DOLLAR_ANYWHERE, "");
  return ["*", "_", "~"].some((mark) => formulas.includes(mark) && others.includes(mark));
}

/** `*a $x*y$ b*` is one emphasis: marks within a formula do not count. */
export const maskedMath: Addition = {
  isNeeded: (markdown) =>
    markdown.includes("$") && needsMasks(markdown) && markdown.split(/\n[ \t]*\n/).some(needsMasks),
  extension: { hooks: { emStrongMask: (text) => (text.includes("$") ? withMasks(text) : text) } },
};
