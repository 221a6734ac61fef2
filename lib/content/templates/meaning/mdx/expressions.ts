/** The values of MDX's statements and expressions, as far as they are known without running them. */
import type { DialectName } from "../../../../model.ts";
import { typeByName } from "../../../facts/mime.ts";
import { isAliased } from "../../../files/astro.ts";
import { isMoreComment } from "../../syntax/readers/jsx.ts";
import type { Tools } from "../../types.ts";
import { literal } from "../output.ts";
import { LONGEST_VALUE } from "../values/variables.ts";

/** The names that imports give to files and constants give to text. */
export function namesIn(statements: string, dialect: DialectName): readonly (readonly [name: string, value: string])[] {
  const imports = statements.matchAll(/\bimport\s+(?:\*\s+as\s+)?([\w$]+)\s+from\s*(["'])([^"'\n]+)\2/g);
  const constants = statements.matchAll(
    /\b(?:const|let|var)\s+([\w$]+)\s*=\s*(?:"([^"\\\n]*)"|'([^'\\\n]*)'|`([^`\\$]*)`)/g,
  );
  const files = [...imports].map(([, name = "", , file = ""]) => [name, file] as const);
  const texts = [...constants].map(
    ([, name = "", ...text]) => [name, text.find((own) => own !== undefined) ?? ""] as const,
  );
  return [...files.filter(([, file]) => isReachable(file, dialect)), ...texts].filter(
    ([, value]) => value.length <= LONGEST_VALUE,
  );
}

/** Whether readers can load it: a package, or an alias that only a build resolves, they cannot; a text is read here. */
const isReachable = (file: string, dialect: DialectName): boolean =>
  /^(?:\.{0,2}\/|https?:)|^@(?:site)?\/.*\.mdx?$/.test(file) ||
  (dialect === "astro" && isAliased(file) && typeByName(file) !== undefined);

/** The value of text, a number, an imported file or a front matter field; `undefined` of any other expression. */
function readValue(
  expression: string,
  names: ReadonlyMap<string, string>,
  values: ReadonlyMap<string, string>,
  given: ReadonlyMap<string, string> | undefined,
): string | undefined {
  const [, double, single, template] =
    /^(?:"([^"\\\n]*(?:\\.[^"\\\n]*)*)"|'([^'\\\n]*(?:\\.[^'\\\n]*)*)'|`([^`\\$]*(?:(?:\\.|\$(?!\{))[^`\\$]*)*)`)$/.exec(
      expression,
    ) ?? [];
  const text = double ?? single ?? template;
  if (text !== undefined) return text.replace(/\\n/g, "\n").replace(/\\(.)/g, "$1");
  if (/^-?\d+(?:\.\d+)?$/.test(expression)) return expression;
  const [, required] =
    /^(?:require|useBaseUrl|import|withBase)\(\s*["']([^"'\n]+)["']\s*\)(?:\.default|\.src)*$/.exec(expression) ?? [];
  if (required !== undefined) return required;
  const [, object, property] = /^([\w$]+)(?:\.([\w$]+(?:\.[\w$]+)*))?$/.exec(expression) ?? [];
  if (object === undefined) return undefined;
  if (property === undefined || property === "src" || property === "default") return names.get(object);
  if (object === "props") return given?.get(property.toLowerCase());
  return object === "frontmatter" || object === "frontMatter" ? values.get(property.toLowerCase()) : undefined;
}

export const expressionValue = (expression: string, { named, context, given }: Tools): string | undefined =>
  readValue(expression, named, context.values, given);

/** The text that stands in place of `{expression}`. */
export function expressionText(expression: string, tools: Tools): string {
  if (expression === "") return "";
  if (/^\/\*[\s\S]*\*\/$/.test(expression)) return isMoreComment(expression) ? "<!-- more -->" : "";
  const value = expressionValue(expression, tools);
  if (value === undefined) tools.warn(`${tools.written} is not known to feeds`);
  return value === undefined ? "" : literal(value);
}
