/** Templates in code, which some generators read there, too: escaped in the way that each generator documents. */

import { shownCalls, shownRaw, shownShortcodes } from "../../content/templates/syntax/showncode.ts";
import type { DialectName } from "../../model.ts";

const RAW = "{% raw %}";
const END_RAW = "{% endraw %}";
const LIQUID = /\{[{%#]/;

/** Zola reads only shortcodes, and their ends: other braces are text to it. */
const CALL = /\{([{%])(\s*(?:[A-Za-z_]\w*(?:::\w+)*\s*\([^{}]*\)|end)\s*)([%}])\}/g;

/** Hugo and Zola have a comment mark for shortcodes that are to be shown; Hexo reads templates only in code within a line. */
export function escapedCode(code: string, dialect: DialectName): string {
  switch (dialect) {
    case "hugo":
      return code.replace(/\{\{([<%])(?!\/\*)([^{}]*)([>%])\}\}/g, "{{$1/*$2*/$3}}");
    case "zola":
      return code.replace(CALL, "{$1/*$2*/$3}");
    case "hexo":
      return isSpan(code) && LIQUID.test(code) && !code.includes("raw") ? withinTicks(code) : code;
    default:
      return code;
  }
}

const isSpan = (code: string): boolean => /^`+(?!`)[^\n]*`$/.test(code) && !code.includes("\n");

function withinTicks(code: string): string {
  const [ticks = ""] = /^`+/.exec(code) ?? [];
  return `${ticks}${RAW}${code.slice(ticks.length, -ticks.length)}${END_RAW}${ticks}`;
}

/** Liquid and Nunjucks read templates in code, too: a text with any in its code is wrapped whole, so that none is read. */
export function wrapper(body: string, codes: readonly string[], dialect: DialectName): string {
  const isRead = dialect === "jekyll" || dialect === "eleventy";
  if (!isRead || !codes.some((code) => LIQUID.test(code)) || /\bendraw\b/.test(body)) return body;
  return `${RAW}\n${body}\n${END_RAW}`;
}

export function withoutWrapper(body: string): string {
  const isWrapped = body.startsWith(`${RAW}\n`) && body.endsWith(`\n${END_RAW}`);
  return isWrapped ? body.slice(RAW.length + 1, -END_RAW.length - 1) : body;
}

/** As its author typed it. */
export const shownCode = (code: string): string =>
  isSpan(code) ? shownRaw(shownCalls(shownShortcodes(code))) : shownCalls(shownShortcodes(code));
