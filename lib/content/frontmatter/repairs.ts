/** YAML that cannot be read → the line at fault, and a fix: what its author most likely meant. */
import { present } from "../../base/optional.ts";
import { yamlFix } from "../../base/problems.ts";

export interface Diagnosis {
  /** 1 for the first. */
  readonly line: number;
  readonly fix?: string;
}

interface YamlError {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [number, number];
}

/** Longer lines are not repeated in a fix. */
const MAX_SHOWN = 200;

const KEY = String.raw`\s*(?:- +)?[\p{L}\p{N}_.-]+`;
const OPEN_QUOTE = new RegExp(String.raw`^(?:${KEY}\s*:\s+|\s*- +)(["'])(?:(?!\1).)*$`, "u");
const OPEN_LIST = new RegExp(String.raw`^(?:${KEY}\s*:\s+|\s*- +)([[{])[^\]}#"']*$`, "u");

/** `line` is where the YAML library reports the error. */
export function diagnose({ code, message, pos }: YamlError, text: string, line: number): Diagnosis {
  const usual = yamlFix(code);
  if (usual !== undefined) return { line, fix: usual };
  const lines = text.split("\n");
  const pattern = UNCLOSED.find(([reported]) => reported.test(message))?.[1];
  if (pattern) return unclosed(pattern, lines, line, pos[0] >= text.length);
  return { line, ...present({ fix: repairOf(lines[line - 1]) }) };
}

const UNCLOSED: readonly (readonly [message: RegExp, line: RegExp])[] = [
  [/^Missing closing/, OPEN_QUOTE],
  [/\bend with a [\]}]/, OPEN_LIST],
];

/** An unclosed quote or bracket is reported on the line below it, or far below. */
function unclosed(pattern: RegExp, lines: readonly string[], reported: number, atEnd: boolean): Diagnosis {
  const below = atEnd ? reported : reported - 1;
  const line = lines.findLastIndex((text, i) => i < below && text.length <= MAX_SHOWN && pattern.test(text)) + 1;
  const text = lines[line - 1]?.trimEnd();
  if (text === undefined) return { line: reported };
  const open = pattern.exec(text)?.[1] ?? "";
  const close = open === "[" ? "]" : open === "{" ? "}" : open;
  if (text.endsWith(open)) return { line, fix: `indent the lines between ${open} and ${close}` };
  return { line, fix: `close what ${open} opens: \`${text.trimStart()}${close}\`` };
}

/** Faulty lines, each with its fix. */
const SHAPES: readonly (readonly [RegExp, (key: string, value: string) => string | undefined])[] = [
  [
    new RegExp(`^(${KEY})\\s*：\\s*(.*)$`, "u"),
    (key, value) => `write a plain colon and a space in place of ：, as in \`${key}: ${value}\``,
  ],
  [
    new RegExp(`^(${KEY}):(?!//)([^\\s:].*)$`, "u"),
    (key, value) => `put a space after the colon: \`${key}: ${value}\``,
  ],
  [/^(\s*)-([^\s-].*)$/, (_, value) => `put a space after the hyphen: \`- ${value}\``],
  [
    new RegExp(`^(${KEY}\\s*:|\\s*-)\\s+(\\S.*)$`, "u"),
    (key, value) => (needsQuotes(value) ? `put the value in quotes: \`${key} ${quoted(value)}\`` : undefined),
  ],
];

/** How a line that YAML cannot read should be written, if that can be guessed. */
export function repairOf(line = ""): string | undefined {
  if (line.length > MAX_SHOWN) return undefined;
  for (const [pattern, fix] of SHAPES) {
    const [, key, value] = pattern.exec(line) ?? [];
    if (key !== undefined && value !== undefined) return fix(key.trimStart(), value.trimEnd());
  }
  return undefined;
}

const needsQuotes = (value: string) =>
  /^[[\]{}@*&!%`,|>?"'-]|:(?:\s|$)/.test(value) && !/^(["'])(?:(?!\1).)*\1$/.test(value);

/** In quotes; a comment stays outside, and quotes around the value are replaced. */
function quoted(value: string): string {
  const [, text = "", comment = ""] = /^(.*?)(\s+#.*)?$/.exec(value) ?? [];
  const bare = /^(["'])(.*)\1$/.exec(text)?.[2] ?? text;
  const whole = /["\\]/.test(bare) ? `'${bare.replaceAll("'", "''")}'` : `"${bare}"`;
  return whole + comment;
}
