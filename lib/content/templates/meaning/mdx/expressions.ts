/** The values of MDX's statements and expressions, as far as they are known without running them. */
import type { DialectName } from "../../../../model.ts";
import { typeByName } from "../../../facts/mime.ts";
import { isAliased } from "../../../files/astro.ts";
import { MORE_COMMENT } from "../../syntax/readers/jsx.ts";
import type { Tools } from "../../types.ts";
import { literal } from "../output.ts";
import { LONGEST_VALUE } from "../values/variables.ts";
import { declaredIn, membersOf } from "./declared.ts";

/** What gives a value only when it is run. */
const IS_CODE = /\.(?:[cm]?[jt]sx?|json5?|ya?ml|toml|astro|vue|svelte)$/i;

/** Whether readers can load it: a package, or an alias that only a build resolves, they cannot; a text is read here. */
const isReachable = (file: string, dialect: DialectName): boolean =>
  (/^(?:\.{0,2}\/|https?:)|^@site\/static\/|^@(?:site)?\/.*\.mdx?$/.test(file) && !IS_CODE.test(file)) ||
  (dialect === "astro" && isAliased(file) && typeByName(file) !== undefined);

type Known = Pick<Tools, "named" | "context" | "given">;

/** Notes the names that imports give to files, and constants to text, numbers and members of objects and arrays. */
export function noteNames(statements: string, known: Known): void {
  const { named, context } = known;
  for (const [, name = "", , file = ""] of statements.matchAll(IMPORT)) {
    if (isReachable(file, context.dialect)) named.set(name, file);
  }
  for (const [name, written] of declaredIn(statements)) note(name, written, DEEPEST);

  function note(path: string, written: string, levels: number): void {
    const members = levels > 0 ? membersOf(written) : undefined;
    for (const [name, value] of members ?? []) note(`${path}.${name}`, value, levels - 1);
    const value = members ? undefined : IS_NOTHING.test(written) ? "" : expressionValue(written, known);
    if (value !== undefined && value.length <= LONGEST_VALUE) named.set(path, value);
  }
}

const IMPORT = /\bimport\s+(?:\*\s+as\s+)?([\w$]+)\s+from\s*(["'])([^"'\n]{1,2000})\2/g;
/** What JSX shows nothing of. */
const IS_NOTHING = /^(?:true|false|null|undefined)$/;
/** Levels of an object. */
const DEEPEST = 4;

/** The value of text, a number, an imported file, a constant or a front matter field; `undefined` of any other expression. */
export function expressionValue(expression: string, known: Known): string | undefined {
  const { named, context, given } = known;
  const [, double, single] =
    /^(?:"([^"\\\n]*(?:\\.[^"\\\n]*)*)"|'([^'\\\n]*(?:\\.[^'\\\n]*)*)')$/.exec(expression) ?? [];
  const text = double ?? single;
  if (text !== undefined) return unescaped(text);
  if (expression.startsWith("`")) return templateValue(expression, known);
  if (/^-?\d+(?:\.\d+)?$/.test(expression)) return expression;
  const [, required] =
    /^(?:require|useBaseUrl|import|withBase)\(\s*["']([^"'\n]+)["']\s*\)(?:\.default|\.src)*$/.exec(expression) ?? [];
  if (required !== undefined) return required;
  if (expression.length > LONGEST_PATH) return undefined;
  const path = expression.replace(/\?\.(\[)?/g, (_, open = ".") => open).replace(INDEX, ".$1$2$3");
  const [, object, property] = /^([\w$]+)(?:\.([\w$-]+(?:\.[\w$-]+)*))?$/.exec(path) ?? [];
  if (object === undefined) return undefined;
  const value = named.get(path);
  if (value !== undefined || property === undefined) return value;
  if (property === "src" || property === "default") return named.get(object);
  if (object === "props") return given?.get(property.toLowerCase());
  return object === "frontmatter" || object === "frontMatter" ? context.values.get(property.toLowerCase()) : undefined;
}

/** The most characters of a path. */
const LONGEST_PATH = 200;
const INDEX = /\[(?:(\d{1,9})|"([\w$-]+)"|'([\w$-]+)')\]/g;

const unescaped = (text: string): string => text.replace(/\\n/g, "\n").replace(/\\(.)/g, "$1");

/** A text between backticks, with the values that are known in it; `undefined` where one is not. */
function templateValue(expression: string, known: Known): string | undefined {
  let value = "";
  let at = 1;
  for (const { 0: piece, 1: text, 2: inner, index } of expression.matchAll(PIECE)) {
    const shown = text === undefined ? expressionValue((inner ?? "").trim(), known) : unescaped(text);
    const isTooLong = inner !== undefined && value.length + (shown?.length ?? 0) > LONGEST_VALUE;
    if (index !== at || shown === undefined || isTooLong) return undefined;
    value += shown;
    at += piece.length;
  }
  return at === expression.length - 1 && expression.endsWith("`") ? value : undefined;
}

const PIECE = /([^`\\$]+|\\[\s\S]|\$(?!\{))|\$\{([^{}`]*)\}/g;

/** The text that stands in place of `{expression}`. */
export function expressionText(expression: string, tools: Tools): string {
  if (expression === "") return "";
  if (/^\/\*[\s\S]*\*\/$/.test(expression)) return MORE_COMMENT.test(expression) ? "<!-- more -->" : "";
  const value = IS_NOTHING.test(expression) ? "" : expressionValue(expression, tools);
  if (value === undefined) tools.warn(`${tools.written} is not known to feeds`);
  return value === undefined ? "" : literal(value);
}
