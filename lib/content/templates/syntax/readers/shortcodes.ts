/** Reads `{{< shortcode >}}` and `{{% shortcode %}}`. */
import { foldedName } from "../../../../base/names.ts";
import { words } from "../../../../base/text.ts";
import { matchAt, textAt } from "../../../match.ts";
import { fixed, type Reader } from "../reader.ts";
import { endOf, tooLong } from "./ending.ts";

/** Shortcodes in whose content nothing is read. */
export const VERBATIM = new Set(
  words(`
  highlight code mermaid math katex mathjax raw rawhtml html unsafe comment echarts chart plantuml markmap css js
  script jsx
  `),
);

const NAME = /\{\{[<%]-?\s*(?:(\/)\s*)?([A-Za-z_][\w./-]*)/y;
const CLOSING = /\{\{[<%]\s*\/\s*[>%]\}\}/y;
const END = /\{\{[<%]\s*\/\s*([A-Za-z_][\w./-]*)\s*[>%]\}\}/g;
const namesOfEnd = ([, name = ""]: RegExpExecArray): readonly string[] => [name];

/** `{{< name >}}`, `{{% name %}}` and their ends; one between comment marks is shown as text, without the marks. */
export const readShortcode: Reader = (position) => {
  const { source, at, find } = position;
  const sign = source[at + 2];
  if (source[at + 1] !== "{" || (sign !== "<" && sign !== "%")) return undefined;
  const ending = sign === "<" ? ">}}" : "%}}";
  if (source.startsWith("/*", at + 3)) {
    const close = find.text(`*/${ending}`, at + 5);
    if (close < 0) return undefined;
    const text = source.slice(at + 5, close);
    return fixed(at, close + 5, sign === "<" ? `{{&lt;${text}&gt;}}` : `{{%${text}%}}`);
  }
  const nameless = textAt(CLOSING, source, at);
  if (nameless !== undefined) {
    return { family: "shortcode", role: "close", name: "", rest: "", start: at, end: at + nameless.length };
  }
  const [opening = "", slash, name = ""] = matchAt(NAME, source, at) ?? [];
  if (name === "") return undefined;
  const close = endOf(position, at + opening.length, ending, "{{");
  if (close === undefined) return tooLong(position, at + opening.length, ending, "{{");
  const end = close + ending.length;
  const written = source.slice(at + opening.length, close).trim();
  const isSelfClosing = /(?:^|[\s"`])\/$/.test(written);
  const rest = isSelfClosing ? written.slice(0, -1) : written;
  const key = foldedName(name.replace(/\/$/, ""));
  const construct = { family: "shortcode", name: key, rest, start: at, end } as const;
  if (slash) return { ...construct, role: "close" };
  if (isSelfClosing || name.endsWith("/")) return { ...construct, role: "whole" };
  if (VERBATIM.has(key) || key.endsWith(".inline")) {
    const closing = find.end(END, namesOfEnd, name, end);
    if (closing) {
      const whole = { ...construct, role: "whole", end: closing.end } as const;
      // An inline shortcode of Hugo holds a Go template, not text.
      return key.endsWith(".inline") ? whole : { ...whole, content: source.slice(end, closing.start) };
    }
  }
  return { ...construct, role: "open" };
};
