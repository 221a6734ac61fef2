/** Code as it is shown, where a generator reads templates in code as well and its authors mark what is none. */

/** The escapes of shortcodes as code shows them, which Hugo reads there too. */
export const shownShortcodes = (code: string): string =>
  code.includes("/*")
    ? code.replace(/\{\{([<%])\/\*((?:(?!\*\/[>%]\}\}|\{\{[<%])[\s\S])*)\*\/([>%])\}\}/g, "{{$1$2$3}}")
    : code;

/** Without the marks of `raw`, which Liquid needs in code too. Those on a line of their own take it with them. */
export function shownRaw(code: string): string {
  const open = code.search(/\{%-?\s*raw\s*-?%\}/);
  if (open < 0 || !/\{%-?\s*endraw\s*-?%\}/.test(code.slice(open))) return code;
  return code.replace(/^[ \t]*\{%-?\s*(?:end)?raw\s*-?%\}[ \t]*\n/gm, "").replace(/\{%-?\s*(?:end)?raw\s*-?%\}/g, "");
}
