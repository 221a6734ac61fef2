/** Code as it is shown by generators that read templates in code too, where authors escape what is not a template. */
/** Without the comment marks by which Hugo escapes shortcodes. */
export function shownShortcodes(code: string): string {
  if (!code.includes("/*")) return code;
  const out: string[] = [];
  let open: { readonly start: number; readonly inner: number } | undefined;
  let since = 0;
  for (const { 0: mark, 1: isEscaped, index } of code.matchAll(/\{\{[<%](\/\*)?|\*\/[>%]\}\}/g)) {
    if (mark.startsWith("{")) {
      open = isEscaped ? { start: index, inner: index + mark.length } : undefined;
    } else if (open) {
      out.push(code.slice(since, open.start + 3), code.slice(open.inner, index));
      since = index + 2;
      open = undefined;
    }
  }
  out.push(code.slice(since));
  return out.join("");
}

/** Without the comment marks by which Zola escapes shortcodes. */
export const shownCalls = (code: string): string =>
  code.includes("/*") ? code.replace(/(\{[{%])\/\*|\*\/([%}]\})/g, "$1$2") : code;

const RAW = /^[ \t]*\{%-?\s*(end)?raw\s*-?%\}[ \t]*\n|\{%-?\s*(end)?raw\s*-?%\}/gm;

/** Without the tags `{% raw %}` and `{% endraw %}` of Liquid, and without the lines that hold nothing else; within them such a tag is text. */
export function shownRaw(code: string): string {
  const open = code.search(/\{%-?\s*raw\s*-?%\}/);
  if (open < 0 || !/\{%-?\s*endraw\s*-?%\}/.test(code.slice(open))) return code;
  let isWithin = false;
  return code.replace(RAW, (tag, onLine?: string, other?: string) => {
    const isStart = (onLine ?? other) === undefined;
    const isText = isWithin && isStart;
    isWithin = isStart;
    return isText ? tag : "";
  });
}
