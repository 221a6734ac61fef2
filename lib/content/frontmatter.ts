/** File → front matter and body. We find the fences; gray-matter parses what lies between, and runs nothing. */
import matter from "gray-matter";
import type { Problem } from "../model.ts";
import { problem } from "./problems.ts";
import { type Field, readYaml, type YamlResult } from "./yaml.ts";

export interface SourceFile {
  /** By key in lower case. */
  readonly fields: ReadonlyMap<string, Field>;
  /** Line ends are `\n`. */
  readonly body: string;
  /** Of the file, at which the body begins; 1 for the first. */
  readonly bodyLine: number;
  readonly form: "yaml" | "toml" | "json" | "hexo-json" | "none";
}

export type SourceResult =
  | { readonly source: SourceFile; readonly problems: readonly Problem[] }
  | { readonly source?: never; readonly problems: readonly Problem[] };

/** Never throws. */
export function readSource(key: string, bytes: Uint8Array): SourceResult {
  const fail = (...problems: Problem[]): SourceResult => ({ problems });
  const text = decode(bytes);
  if (text === undefined) {
    return fail(problem("encoding", key, "the file is not valid UTF-8", lineOfInvalidByte(bytes)));
  }

  const end = text.indexOf("\n");
  const fence = end < 0 ? text : text.slice(0, end);
  const language = fence.slice(3).trim();
  if (!fence.startsWith("---") || language.startsWith("-")) {
    return fail(missing(key, text));
  }
  if (!/^(ya?ml)?$/i.test(language)) {
    return fail(problem("front-matter-language", key, `front matter in ${JSON.stringify(language)} is refused`, 1));
  }
  const rest = end < 0 ? "" : text.slice(end);
  // Not /m: that takes U+2028, which YAML and Markdown do not, for a line end.
  const close = /\n(?:---|\.\.\.)[ \t]*(?=\n|$)/.exec(rest);
  if (!close) return fail(problem("front-matter-open", key, "the front matter is never closed", 1));

  const { fields, problems } = parseBlock(key, rest.slice(0, close.index));
  if (!fields) return fail(...problems);
  const body = rest.slice(close.index + close[0].length).replace(/^\n/, "");
  return { source: { fields, form: "yaml", body, bodyLine: lineAt(text, text.length - body.length) }, problems };
}

function missing(key: string, text: string): Problem {
  if (/^(?:\+\+\+|;;;|\{)/.test(text)) {
    return problem("front-matter-missing", key, "front matter in TOML or JSON is not read", 1);
  }
  const before = /^(?:[^\n]*\n){1,5}?---[ \t]*\n/.exec(text)?.[0].split("\n").length;
  if (before === undefined) return problem("front-matter-missing", key, "the file does not begin with front matter", 1);
  const mend = "take away what stands before it";
  return problem("front-matter-missing", key, `front matter begins at line ${before - 1} only`, 1, mend);
}

/** The line of the character at `offset`; 1 for the first. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}

/** Without byte order mark; every line end is `\n`. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(/\r\n?/g, "\n");
  } catch {
    return undefined;
  }
}

function lineOfInvalidByte(bytes: Uint8Array): number {
  const lenient = new TextDecoder("utf-8").decode(bytes);
  const strict = new TextDecoder("utf-8", { fatal: true });
  // A line is decoded by itself: a break never lies inside a character.
  const lines = lenient.split("\n").length;
  let start = 0;
  for (let line = 1; line <= lines; line++) {
    const end = bytes.indexOf(0x0a, start);
    try {
      strict.decode(bytes.subarray(start, end < 0 ? undefined : end));
    } catch {
      return line;
    }
    start = end + 1;
  }
  return lines;
}

/** Fences that no text can hold, so that gray-matter splits where we did. */
const FENCE = "\0---\0";

const refuse = (): never => {
  throw new Error("code in front matter is never run");
};
const REFUSED = Object.fromEntries(
  ["js", "javascript", "coffee", "coffeescript", "cson"].map((name) => [name, { parse: refuse, stringify: refuse }]),
);

function parseBlock(key: string, block: string): Partial<YamlResult> & Pick<YamlResult, "problems"> {
  if (block.includes("\0")) {
    return { problems: [problem("front-matter-yaml", key, "the front matter holds a NUL character", 1)] };
  }
  let result: YamlResult = { fields: new Map(), problems: [] };
  try {
    // The options matter even where they repeat the defaults: a call without any is cached, failures included.
    matter(`${FENCE}${block}\n${FENCE}\n`, {
      language: "yaml",
      delimiters: [FENCE, FENCE],
      engines: {
        ...REFUSED,
        yaml: {
          parse: (text) => {
            // A copy: a piece of the file's text would keep all of it in memory for as long as the record lives.
            result = readYaml(key, Buffer.from(text).toString());
            return {};
          },
        },
      },
    });
  } catch (error) {
    return { problems: [problem("front-matter-yaml", key, `the YAML cannot be read: ${(error as Error).message}`, 1)] };
  }
  return result.problems.some(({ severity }) => severity === "error") ? { problems: result.problems } : result;
}
