/** Members of an object in JSON that cannot be read, or in JavaScript: their names, and their values as written. */
import { endOfQuoted, isClosed } from "./quotes.ts";

export interface WrittenMember {
  readonly name: string;
  /** On one line. */
  readonly value: string;
  /** The index of its line. */
  readonly at: number;
}

/** Of a text in quotes its first quote. */
const TOKEN = /["']|\/\/[^\n]*|\/\*[^*]*(?:\*\/)?|\n[ \t]*|[\p{L}_$][\p{L}\p{N}_$-]*|[^\s]/gu;
const VALUE = /^\s*(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\{[^{}]*\}|\[[^[\]]*\]|[^,\n}\]]*)/;
const QUOTED_MEMBER = /(["'])([^"'\\\n:{},]{1,100})\1[ \t]*:/g;
/** Values are longer only where they are texts, names never; and no author writes as many members. */
const MAX_VALUE = 1_000;
const MAX_NAME = 100;
const MAX_MEMBERS = 1_000;

/** Of the outermost object. Indentation tells where a bracket was forgotten. Never throws. */
export function membersIn(text: string): readonly WrittenMember[] {
  const found: WrittenMember[] = [];
  let before = "";
  let depth = 0;
  let at = 0;
  let margin: number | undefined;
  let indent = 0;
  const add = (name: string, valueAt: number) => {
    if (depth > 1 || found.length === MAX_MEMBERS) return;
    margin ??= indent;
    found.push({ name, value: valueAfter(text, valueAt), at });
  };
  for (const { token, index } of tokensOf(text)) {
    if (found.length === MAX_MEMBERS) break;
    if (token.startsWith("\n")) {
      at += 1;
      indent = token.length - 1;
      if (margin !== undefined && indent <= margin && depth > 1) depth = 1;
      continue;
    }
    if (token === "{") depth += 1;
    else if (token === "}") depth = Math.max(depth - 1, 0);
    else if (token === ":" && isName(before)) add(before.replace(/^["']|["']$/g, ""), index + 1);
    else if (/^["']/.test(token) && !isClosed(token)) {
      // The quotes of this line are in disorder; what the tokens before it were is not certain either.
      const start = text.lastIndexOf("\n", index) + 1;
      for (const member of text.slice(start, index + token.length).matchAll(QUOTED_MEMBER)) {
        add(member[2] ?? "", start + member.index + member[0].length);
      }
    }
    before = token.startsWith("/") ? before : token;
  }
  return found;
}

function* tokensOf(text: string): Generator<{ readonly token: string; readonly index: number }> {
  const tokens = new RegExp(TOKEN);
  for (let found = tokens.exec(text); found; found = tokens.exec(text)) {
    const { 0: first, index } = found;
    const isQuote = first === '"' || first === "'";
    if (isQuote) tokens.lastIndex = endOfQuoted(text, index);
    yield { token: isQuote ? text.slice(index, tokens.lastIndex) : first, index };
  }
}

const isName = (token: string): boolean =>
  token.length <= MAX_NAME && (/^["']/.test(token) ? token.length > 2 && isClosed(token) : /^[\p{L}_$]/u.test(token));

function valueAfter(text: string, start: number): string {
  const written = VALUE.exec(text.slice(start, start + MAX_VALUE))?.[0] ?? "";
  const value = /^\s*["'{[]/.test(written) ? written : written.replace(/\/[/*].*$/s, "");
  return value.replace(/\s+/g, " ").trim();
}
