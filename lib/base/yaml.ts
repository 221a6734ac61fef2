/** YAML → a document, at a cost in proportion to its length: few errors are told, and what is nested beyond reason is not parsed. */
import {
  Composer,
  CST,
  type Document,
  isAlias,
  isCollection,
  isPair,
  isScalar,
  Lexer,
  LineCounter,
  type ParsedNode,
  Parser,
  visit,
  YAMLParseError,
} from "yaml";

/** One unclosed bracket can be a thousand errors, and each is made with the stack that led to it. */
export const MAX_YAML_ERRORS = 10;
/** More than any author nests, and far less than the parser has stack for. */
const MAX_NESTING = 100;

export type YamlDocument = Document.Parsed<ParsedNode>;

export interface ParsedYaml {
  /** With the first errors only. */
  readonly document: YamlDocument;
  readonly lines: LineCounter;
}

/** As the composer calls it; its own type for it is private. */
type ComposeErrorHandler = (source: unknown, code: string, message: string, isWarning?: boolean) => void;

/** YAML is nested too deep, or repeats itself too often. */
export class YamlTooLarge extends Error {
  /** 1 for the first. */
  readonly line: number;

  constructor(line: number) {
    super("it is nested or repeated too often");
    this.line = line;
  }
}

/**
 * As `parseDocument` of the library, but for the number of errors, and without a look for keys that are given twice, which
 * takes time quadratic in the number of keys. Throws `YamlTooLarge`.
 */
export function parseYaml(text: string, options: { readonly schema?: string } = {}): ParsedYaml {
  const tooDeep = lineOfNesting(text);
  if (tooDeep !== undefined) throw new YamlTooLarge(tooDeep);
  const lines = new LineCounter();
  const composer = new Composer({ ...options, lineCounter: lines, uniqueKeys: false });
  const report: ComposeErrorHandler = composer["onError"];
  let left = MAX_YAML_ERRORS;
  composer["onError"] = ((source, code, message, isWarning) => {
    if (!isWarning && --left >= 0) report(source, code, message);
  }) satisfies ComposeErrorHandler;
  const tokens = new Parser(lines.addNewLine).parse(text);
  const [document, another] = composer.compose(withFewErrors(tokens), true, text.length);
  if (!document) throw new Error("it holds no document"); // the composer makes one of any text
  if (another) {
    const [start, end] = another.range;
    document.errors.push(new YAMLParseError([start, end], "MULTIPLE_DOCS", SECOND));
  }
  return { document, lines };
}

/** As the library says it. */
const SECOND = "Source contains multiple documents; please use YAML.parseAllDocuments()";

/** The errors that are tokens, which the composer makes one of by itself. */
function* withFewErrors(tokens: Iterable<CST.Token>): Generator<CST.Token> {
  let left = MAX_YAML_ERRORS;
  for (const token of tokens) if (token.type !== "error" || --left >= 0) yield token;
}

/** Each level of a block takes another column: that of an indicator, or of an indentation. */
const MAY_BE_DEEP = new RegExp(`(?:^|\\n)[ \\t?:-]{${MAX_NESTING}}`);

/**
 * The line at which collections are nested deeper than allowed; `undefined` for nearly any text after a look for enough brackets
 * or for a line that begins far enough to the right. The lexer alone tells a bracket from one in a text.
 */
function lineOfNesting(text: string): number | undefined {
  if (!hasMany(text, /[[{]/g, MAX_NESTING) && !MAY_BE_DEEP.test(text)) return undefined;
  let [line, column, brackets] = [1, 0, 0];
  /** The columns of the blocks that are open. */
  const blocks: number[] = [];
  let begins = true;
  let isText = false;
  for (const token of new Lexer().lex(text)) {
    const type: CST.TokenType | null = isText ? null : CST.tokenType(token);
    isText = type === "scalar"; // what follows is one, whatever it looks like
    if (begins && brackets === 0 && !PASSED.has(type)) {
      while ((blocks.at(-1) ?? -1) >= column) blocks.pop();
      blocks.push(column);
    }
    if (type === "flow-seq-start" || type === "flow-map-start") brackets += 1;
    else if (type === "flow-seq-end" || type === "flow-map-end") brackets = Math.max(brackets - 1, 0);
    if (brackets + blocks.length > MAX_NESTING) return line;
    begins = type === "newline" || INDICATORS.has(type) || (begins && PASSED.has(type));
    const lineEnd = token.lastIndexOf("\n");
    if (lineEnd >= 0) line += token.split("\n").length - 1;
    column = lineEnd >= 0 ? token.length - lineEnd - 1 : column + (MARKS.has(token) ? 0 : token.length);
  }
  return undefined;
}

/** After one of these a block may begin on the same line. */
const INDICATORS: ReadonlySet<CST.TokenType | null> = new Set(["seq-item-ind", "explicit-key-ind", "map-value-ind"]);
/** What may stand before a block begins. */
const PASSED: ReadonlySet<CST.TokenType | null> = new Set(["space", "newline", "comment", "anchor", "tag", "doc-mode"]);
/** What the lexer adds to the text. */
const MARKS: ReadonlySet<string> = new Set([CST.DOCUMENT, CST.FLOW_END, CST.SCALAR]);

function hasMany(text: string, pattern: RegExp, many: number): boolean {
  let found = 0;
  for (const _ of text.matchAll(pattern)) if (++found > many) return true;
  return false;
}

/** The keys that a map has already, as the library would report them, each compared by its text. */
export function repeatedKeys(document: YamlDocument): readonly YAMLParseError[] {
  const errors: YAMLParseError[] = [];
  visit(document, {
    Map: (_, { items }) => {
      const names = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const start = key.range?.[0] ?? 0;
        if (names.has(key.value) && errors.length < MAX_YAML_ERRORS) {
          errors.push(new YAMLParseError([start, start + 1], "DUPLICATE_KEY", `the key ${key.value} is there already`));
        }
        names.add(key.value);
      }
    },
  });
  return errors;
}

/** More than any author repeats: aliases, and nodes that they stand for. */
const MAX_ALIASES = 1_000;
const MAX_REPEATED = 100_000;

/** The line of the alias with which a document becomes too large ("a billion laughs"), or which is within itself. */
export function lineOfLaughs({ document, lines }: ParsedYaml): number | undefined {
  const sizes = new Map<string, number>();
  let [aliases, repeated] = [0, 0];
  let line: number | undefined;
  const sizeOf = (node: unknown): number => {
    if (line !== undefined) return 0;
    if (isPair(node)) return sizeOf(node.key) + sizeOf(node.value);
    if (isAlias(node)) {
      const size = sizes.get(node.source) ?? 1;
      aliases += 1;
      repeated += size;
      if (aliases > MAX_ALIASES || repeated > MAX_REPEATED) line = lines.linePos(node.range?.[0] ?? 0).line;
      return size;
    }
    if (!isScalar(node) && !isCollection(node)) return 1;
    // Within itself it never ends.
    if (node.anchor) sizes.set(node.anchor, Number.POSITIVE_INFINITY);
    const size = isCollection(node) ? node.items.reduce<number>((sum, item) => sum + sizeOf(item), 1) : 1;
    if (node.anchor) sizes.set(node.anchor, size);
    return size;
  };
  sizeOf(document.contents);
  return line;
}
