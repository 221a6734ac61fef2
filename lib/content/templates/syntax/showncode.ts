/** Code as it is shown by generators that read templates in code too, where authors escape what is not a template. */

/** Without the comment marks by which Hugo escapes shortcodes. */
export const shownShortcodes = (code: string): string =>
  code.includes("/*")
    ? code.replace(/\{\{([<%])\/\*((?:(?!\*\/[>%]\}\}|\{\{[<%])[\s\S])*)\*\/([>%])\}\}/g, "{{$1$2$3}}")
    : code;

/** Without the tags `{% raw %}` and `{% endraw %}` of Liquid, and without the lines that hold nothing else. */
export function shownRaw(code: string): string {
  const open = code.search(/\{%-?\s*raw\s*-?%\}/);
  if (open < 0 || !/\{%-?\s*endraw\s*-?%\}/.test(code.slice(open))) return code;
  return code.replace(/^[ \t]*\{%-?\s*(?:end)?raw\s*-?%\}[ \t]*\n/gm, "").replace(/\{%-?\s*(?:end)?raw\s*-?%\}/g, "");
}
