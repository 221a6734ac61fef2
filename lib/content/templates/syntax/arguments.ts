/** Parses the arguments of a tag, words and named values, in the style of any of the generators. */
import type { Arguments } from "../types.ts";

export interface ArgumentStyle {
  /** `name: value` names a value too, not only `name=value`. */
  readonly hasColons: boolean;
  /** Replaces a value, which may be the name of a variable or contain one. */
  readonly meaning?: (value: string, isQuoted: boolean) => string;
}

export const NO_ARGUMENTS: Arguments = { raw: "", words: [], named: new Map() };

/** The marks of objects and arrays count as gaps: their members become arguments of their own. */
const GAP = /[\s,{}[\]]+/y;
const NAME = /(?:([A-Za-z_$@][\w$.-]*)|"([\w-]+)"|'([\w-]+)')\s*(=(?!=)|:(?!\/\/))\s*/y;
const QUOTED = /"([^"\\]*(?:\\[\s\S][^"\\]*)*)"|'([^'\\]*(?:\\[\s\S][^'\\]*)*)'|`([^`]*)`/y;
/** A comma is part of a word that goes on after it, as in a URL. */
const BARE = /[^\s,]+(?:,+[^\s,"'`]+)*/y;

export function parseArguments(written: string, { hasColons, meaning = (value) => value }: ArgumentStyle): Arguments {
  const raw = written.trim();
  const words: string[] = [];
  const named = new Map<string, string>();
  let at = 0;
  let isNested = false;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(raw);
    if (match) at = pattern.lastIndex;
    return match;
  };
  while (at < raw.length) {
    isNested = /[{[]/.test(take(GAP)?.[0] ?? "") || isNested;
    if (at >= raw.length) break;
    const before = at;
    const [, bareName, doubleName, singleName, sign] = take(NAME) ?? [];
    const isNamed = sign === "=" || (sign === ":" && hasColons);
    if (!isNamed) at = before;
    const value = takeValue();
    const name = isNamed ? (bareName ?? doubleName ?? singleName) : undefined;
    if (name !== undefined) named.set(name.toLowerCase(), value ?? "");
    else if (value !== undefined) words.push(value);
    else at += 1;
  }
  return { raw, words, named };

  function takeValue(): string | undefined {
    const quoted = take(QUOTED);
    if (quoted) {
      const [, double, single, backtick] = quoted;
      return meaning(backtick ?? (double ?? single ?? "").replace(/\\(["'\\`])/g, "$1"), true);
    }
    const bare = take(BARE)?.[0];
    if (bare === undefined) return undefined;
    return meaning(isNested ? bare.replace(/[}\]]{1,9}$/, "") : bare, false);
  }
}

const BY_COMMAS = /"[^"]*"|'[^']*'|,|[^,"']+|["']/g;
const BY_COLONS = /"[^"]*"|'[^']*'|::|[^:"']+|[:"']/g;

/** The values between commas, or between `::`; spaces do not separate them: `url, some text, icon`. */
export function partsOf(raw: string): readonly string[] {
  const separator = raw.includes("::") ? "::" : ",";
  const parts: string[][] = [[]];
  for (const piece of raw.match(separator === "," ? BY_COMMAS : BY_COLONS) ?? []) {
    if (piece === separator) parts.push([]);
    else parts.at(-1)?.push(piece);
  }
  return parts.map((pieces) => unquoted(pieces.join("")));
}

/** Without white space and one pair of quotes around it. */
export function unquoted(text: string): string {
  const trimmed = text.trim();
  return /^(["'])[\s\S]*\1$/.exec(trimmed) && trimmed.length > 1 ? trimmed.slice(1, -1) : trimmed;
}
