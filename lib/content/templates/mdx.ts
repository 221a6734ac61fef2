/** MDX: statements, expressions and elements among the Markdown, read but never run. */
import { readContainer } from "./containers.ts";
import { endOfExpression, endOfStatements, type Patience, readJsxTag, VOID } from "./jsx.ts";
import { readHeadingAttributes } from "./kramdown.ts";
import type { Construct, Grammar, Place, Reader } from "./scan.ts";
import { LONGEST_VALUE } from "./variables.ts";

export function mdxGrammar(source: string): Grammar {
  const patience: Patience = { left: source.length * 4 + 10_000 };
  const readers = new Map<string, Reader>([
    ["<", (place) => readTag(place, patience)],
    ["{", (place) => readHeadingAttributes(place) ?? readExpression(place, patience)],
    ["$", readMath],
  ]);
  return { isMdx: true, readers, line: (place) => readContainer(place) ?? readStatements(place, patience) };
}

function readTag({ source, at }: Place, patience: Patience): Construct | undefined {
  const tag = readJsxTag(source, at, patience);
  if (!tag) return undefined;
  const isComponent = tag.name === "" || /[A-Z.]/.test(tag.name);
  const isSingle = tag.isSelfClosing || VOID.has(tag.name);
  return {
    family: isComponent ? "component" : "element",
    role: tag.isClose ? "close" : isSingle ? "whole" : "open",
    name: tag.name,
    rest: source.slice(at, tag.end),
    start: at,
    end: tag.end,
  };
}

function readExpression({ source, at }: Place, patience: Patience): Construct | undefined {
  const end = endOfExpression(source, at, patience);
  if (end === undefined) return undefined;
  const rest = source.slice(at + 1, end - 1).trim();
  return { family: "expression", role: "whole", name: rest.slice(0, 80), rest, start: at, end };
}

/** Braces within formulas are TeX's: `$$…$$`, and `$…$` as pandoc tells it from prices. */
function readMath({ source, at, find }: Place): Construct | undefined {
  const isDisplay = source[at + 1] === "$";
  const open = at + (isDisplay ? 2 : 1);
  const close = find.text(isDisplay ? "$$" : "$", open);
  if (close < 0) return undefined;
  const end = close + (isDisplay ? 2 : 1);
  const isFormula =
    isDisplay ||
    (close > open &&
      !/\s/.test(source[open] ?? "") &&
      !/\s/.test(source[close - 1] ?? "") &&
      !/[\d$]/.test(source[end] ?? "") &&
      !/\n[ \t]*\n/.test(source.slice(open, close)));
  return isFormula
    ? { family: "fixed", role: "whole", name: "", rest: source.slice(at, end), start: at, end }
    : undefined;
}

const STATEMENT =
  /(?:import(?=\s*["'{*]|\s+[\w$]+\s*(?:,|\s+from\b)|\s+type\b)|export(?=\s*[{*]|\s+(?:const|let|var|default|function|async|class|type|interface|enum)\b))/y;

/** `import` and `export` at the start of a paragraph, up to its end. */
function readStatements({ source, at, line, since }: Place, patience: Patience): Construct | undefined {
  if (at !== line.start || (line.isAfterText && !/^\s*$/.test(source.slice(since, at)))) return undefined;
  STATEMENT.lastIndex = at;
  if (!STATEMENT.test(source)) return undefined;
  const end = endOfStatements(source, at, patience);
  return { family: "imports", role: "whole", name: "", rest: source.slice(at, end), start: at, end };
}

/** The names that statements give to files and to text. */
export function namesIn(statements: string): readonly (readonly [name: string, value: string])[] {
  const imports = statements.matchAll(/\bimport\s+(?:\*\s+as\s+)?([\w$]+)\s+from\s*(["'])([^"'\n]+)\2/g);
  const constants = statements.matchAll(
    /\b(?:const|let|var)\s+([\w$]+)\s*=\s*(?:"([^"\\\n]*)"|'([^'\\\n]*)'|`([^`\\$]*)`)/g,
  );
  const files = [...imports].map(([, name = "", , file = ""]) => [name, file] as const);
  const texts = [...constants].map(
    ([, name = "", ...text]) => [name, text.find((own) => own !== undefined) ?? ""] as const,
  );
  return [...files.filter(([, file]) => isReachable(file)), ...texts].filter(
    ([, value]) => value.length <= LONGEST_VALUE,
  );
}

/** A package, or a name that only a build knows, is nowhere a reader could load it from. */
const isReachable = (file: string): boolean => /^(?:\.{0,2}\/|https?:)/.test(file);

/** What an expression is without being run: text, a number, a file that was imported, a value of the front matter. */
export function readValue(
  expression: string,
  names: ReadonlyMap<string, string>,
  values: ReadonlyMap<string, string>,
): string | undefined {
  const [, double, single, template] =
    /^(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\$]|\\.|\$(?!\{))*)`)$/.exec(expression) ?? [];
  const text = double ?? single ?? template;
  if (text !== undefined) return text.replace(/\\n/g, "\n").replace(/\\(.)/g, "$1");
  if (/^-?\d+(?:\.\d+)?$/.test(expression)) return expression;
  const [, required] =
    /^(?:require|useBaseUrl|import|withBase)\(\s*["']([^"'\n]+)["']\s*\)(?:\.default|\.src)*$/.exec(expression) ?? [];
  if (required !== undefined) return required;
  const [, object, property] = /^([\w$]+)(?:\.([\w$]+(?:\.[\w$]+)*))?$/.exec(expression) ?? [];
  if (object === undefined) return undefined;
  if (property === undefined || property === "src" || property === "default") return names.get(object);
  return object === "frontmatter" || object === "frontMatter" ? values.get(property.toLowerCase()) : undefined;
}
