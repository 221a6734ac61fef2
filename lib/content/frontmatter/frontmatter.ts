/** File → front matter and body. We find the fences; gray-matter parses what lies between, unless it is simple, and never executes it. */
import matter from "gray-matter";
import { isError, type ProblemCode, problem } from "../../base/problems.ts";
import { writtenNumber } from "../../base/text.ts";
import { YamlTooLarge } from "../../base/yaml.ts";
import type { Problem } from "../../model.ts";
import { MAX_POST_BYTES } from "../inputs.ts";
import { lineFrom, linesAtTop } from "./attop.ts";
import { decodeText } from "./encoding.ts";
import { findFrontMatter, lineAt } from "./fences.ts";
import { readJson } from "./json.ts";
import { legibleFields } from "./legible.ts";
import { readQuickly } from "./quick.ts";
import { readToml } from "./toml.ts";
import type { Field, FieldsResult, FrontMatterBlock, FrontMatterForm, KeyLines, NamedField } from "./types.ts";
import { readYaml } from "./yaml.ts";

export interface SourceFile {
  readonly form: FrontMatterForm;
  /** By key in lower case. */
  readonly fields: ReadonlyMap<string, Field>;
  /** What keys that are given again said before. */
  readonly repeated?: readonly NamedField[];
  /** Line ends are `\n`. */
  readonly body: string;
  /** What stands above it. */
  readonly above: string;
  /** The line of the file at which the body begins; 1 for the first. */
  readonly bodyLine: number;
}

export type SourceResult =
  | {
      readonly source: SourceFile;
      readonly problems: readonly Problem[];
      readonly legible?: never;
      readonly rest?: never;
    }
  | (LegibleFile & { readonly source?: never; readonly problems: readonly Problem[] });

/** What can be read of a file that cannot be read as a whole. */
interface LegibleFile {
  /** Fields, one by one. */
  readonly legible: readonly NamedField[];
  /** The text that comes after them. */
  readonly rest: string;
}

/** A file without front matter has no fields and is all body. Never throws. */
export function readSource(key: string, bytes: Uint8Array): SourceResult {
  const isCut = bytes.length > MAX_POST_BYTES;
  const { text, message, line, guess } = decodeText(isCut ? bytes.subarray(0, MAX_POST_BYTES) : bytes);
  if (NOTHING.test(text ?? guess))
    return { problems: [problem("empty", key, "the file is empty", 1)], legible: [], rest: "" };
  if (isCut) {
    const beginning = text ?? guess;
    const size = `the file has more than ${MAX_POST_BYTES / 1_000_000} MB`;
    const problems = [problem("too-slow", key, size, lineAt(beginning, beginning.length), CUT_FIX)];
    return { problems, ...legibleIn(key, beginning) };
  }
  if (text === undefined) {
    return { problems: [problem("encoding", key, message, line)], ...legibleIn(key, guess) };
  }

  const found = findFrontMatter(text);
  if (!found) return { source: { form: "none", fields: new Map(), body: text, above: "", bodyLine: 1 }, problems: [] };
  if ("code" in found) {
    const problems = [problem(found.code, key, found.message, found.line, found.fix)];
    return { problems, ...legibleKeys(text, found.keys) };
  }

  const { fields, repeated = [], problems: blockProblems } = parseBlock(key, found);
  const problems = found.line > 1 ? [lateProblem(key, found.line), ...blockProblems] : blockProblems;
  const { form, bodyAt } = found;
  if (!fields) return { problems, legible: legibleFields(found), rest: text.slice(bodyAt) };
  const [above, body] = [text.slice(0, bodyAt), text.slice(bodyAt)];
  return { source: { form, fields, repeated, body, above, bodyLine: lineAt(text, bodyAt) }, problems };
}

const CUT_FIX = "split the post in several, and keep data and pictures in files of their own";

/** What a failed upload leaves: no bytes, or nothing but white space, byte order marks or NULs. */
const NOTHING = /^[\s\0\ufeff\u200b]*$/;

/** Of a text that is not the file's as it is. */
function legibleIn(key: string, text: string): LegibleFile {
  const found = findFrontMatter(text);
  if (!found) return { legible: fieldsAtTop(text), rest: text };
  if ("code" in found) return legibleKeys(text, found.keys);
  const { fields, repeated = [] } = parseBlock(key, found);
  return { legible: fields ? [...fields, ...repeated] : legibleFields(found), rest: text.slice(found.bodyAt) };
}

/** A fence below lines of keys, in any spelling of it. */
const CLOSING = /^\s*[-‐-―−－+;.]{2,}\s*$/;

function legibleKeys(text: string, keys: KeyLines): LegibleFile {
  const end = keys.line - 1 + lineAt(keys.text, keys.text.replace(/\n$/, "").length);
  const rest = text.slice(offsetOfLine(text, end + 1));
  const first = lineFrom(rest, 0);
  return { legible: legibleFields(keys), rest: CLOSING.test(first) ? rest.slice(first.length + 1) : rest };
}

/** Where a line begins; 1 for the first. */
function offsetOfLine(text: string, line: number): number {
  let offset = 0;
  for (let at = 1; at < line; at++) {
    const end = text.indexOf("\n", offset);
    if (end < 0) return text.length;
    offset = end + 1;
  }
  return offset;
}

/** The fields with which a text begins that has no fences. */
export const fieldsAtTop = (text: string): readonly NamedField[] => legibleFields(linesAtTop(text, 0, 1));

const lateProblem = (key: string, line: number): Problem =>
  problem("front-matter-late", key, `the front matter begins at line ${line}, below blank lines`, line);

/** For each form its reader, and the code and the name for its problems. */
const LANGUAGES: {
  readonly [form in FrontMatterBlock["form"]]: {
    readonly read: (key: string, text: string) => FieldsResult;
    readonly code: ProblemCode;
    readonly name: string;
  };
} = {
  yaml: { read: readYaml, code: "front-matter-yaml", name: "YAML" },
  toml: { read: readToml, code: "front-matter-toml", name: "TOML" },
  json: { read: readJson, code: "front-matter-json", name: "JSON" },
  "hexo-json": { read: readJson, code: "front-matter-json", name: "JSON" },
};

/**
 * Characters. Ten thousand keys have as many, each on its line, and a text of a hundred pages. The YAML library takes half a
 * kilobyte of memory and several microseconds for each.
 */
const MAX_LENGTH = 250_000;

/** A fence that no front matter contains, so that gray-matter splits where we did. */
const FENCE = "\0---\0";
/** The time of gray-matter's search for comments is quadratic in the length of such a run. */
const MAX_BLANK = 1_000;
const TOO_BLANK = new RegExp(`(?<!\\s)\\s{${MAX_BLANK}}`);

const refuse = (): never => {
  throw new Error("code in front matter is never run");
};
const REFUSED = Object.fromEntries(
  ["js", "javascript", "coffee", "coffeescript", "cson"].map((name) => [name, { parse: refuse, stringify: refuse }]),
);

function parseBlock(
  key: string,
  { form, text, line }: FrontMatterBlock,
): Partial<FieldsResult> & Pick<FieldsResult, "problems"> {
  const { read, code, name } = LANGUAGES[form];
  const fail = (message: string, offset: number, fix?: string) => ({
    problems: [problem(code, key, message, line - 1 + lineAt(text, offset), fix)],
  });
  if (text.length > MAX_LENGTH) {
    const message = `the front matter has more than ${writtenNumber(MAX_LENGTH)} characters`;
    const fix = "move what is no fact about the post into its text";
    return { problems: [problem("too-slow", key, message, line - 1 + lineAt(text, MAX_LENGTH), fix)] };
  }
  const nul = text.indexOf("\0");
  if (nul >= 0) return fail("the front matter holds a NUL character", nul, "remove the character");
  const blank = text.length < MAX_BLANK ? -1 : text.search(TOO_BLANK);
  if (blank >= 0) return fail("the front matter holds a thousand blanks in a row", blank, "remove them");

  // A slice of the file's text would keep all of it in memory for as long as the record exists.
  const copy = Buffer.from(text).toString();
  const quick = form === "yaml" ? readQuickly(copy, line) : undefined;
  if (quick) return quick;

  let result: FieldsResult = { fields: new Map(), problems: [] };
  try {
    // The options matter even where they repeat the defaults: a call without any is cached, failures included.
    // The line end is needed since gray-matter reads what follows the fence as the name of a language.
    matter(`${FENCE}\n${copy}\n${FENCE}\n`, {
      language: form,
      delimiters: [FENCE, FENCE],
      engines: {
        ...REFUSED,
        [form]: {
          parse: (inner) => {
            result = movedDown(read(key, inner.slice(1)), line - 1);
            return {};
          },
        },
      },
    });
  } catch (error) {
    const { message } = error as Error;
    const at = error instanceof YamlTooLarge ? line - 1 + error.line : line;
    return { problems: [problem(code, key, `the ${name} cannot be read: ${message}`, at)] };
  }
  return result.problems.some(isError) ? { problems: result.problems } : result;
}

/** What was read of text that has so many lines above it. */
function movedDown({ fields, repeated = [], problems }: FieldsResult, by: number): FieldsResult {
  if (by === 0) return { fields, repeated, problems };
  const moved = ([name, field]: NamedField) => [name, { ...field, line: field.line + by }] as const;
  return {
    fields: new Map([...fields].map(moved)),
    repeated: repeated.map(moved),
    problems: problems.map((each) => (each.line === undefined ? each : { ...each, line: each.line + by })),
  };
}
