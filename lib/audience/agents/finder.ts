/** Finds which row of the table has a token that a User-Agent has. */
import type { AgentKind } from "../types.ts";
import type { AgentRow } from "./table/row.ts";

export interface KnownAgent {
  readonly name: string;
  readonly kind: AgentKind;
}

export type AgentGroup = readonly [kind: AgentKind, rows: readonly AgentRow[]];

interface Token {
  readonly text: string;
  /** Its first word, by which it is found, and where that is in it. */
  readonly word: string;
  readonly offset: number;
  readonly atStart: boolean;
  readonly atEnd: boolean;
  /** The lower, the more decisive. */
  readonly group: number;
  readonly known: KnownAgent;
}

const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const ENDS_IN_WORD = /[\p{L}\p{M}\p{N}]$/u;
const STARTS_WITH_WORD = /^[\p{L}\p{M}\p{N}]/u;

/** Of the first group that has one, the leftmost; of those there, the longest token. Linear in the text. */
export function finderOf(groups: readonly AgentGroup[]): (text: string) => KnownAgent | undefined {
  const tokens = groups.flatMap(([kind, rows], group) =>
    rows.flatMap(([name, ...written]) =>
      (written.length > 0 ? written : [name]).map((token) => tokenOf(token, group, { name, kind })),
    ),
  );
  const byWord = Map.groupBy(tokens, ({ word }) => word);
  return (agent) => {
    const text = agent.toLowerCase();
    let best: Token | undefined;
    let bestStart = 0;
    for (const { 0: word, index } of text.matchAll(WORD)) {
      for (const token of byWord.get(word) ?? []) {
        const start = index - token.offset;
        const isLonger = start === bestStart && token.text.length > (best?.text.length ?? 0);
        const isBetter = best === undefined || token.group < best.group || (token.group === best.group && isLonger);
        if (isBetter && standsAt(token, text, start)) [best, bestStart] = [token, start];
      }
    }
    return best?.known;
  };
}

function tokenOf(written: string, group: number, known: KnownAgent): Token {
  const text = written.replace(/^\^/, "").replace(/\$$/, "").toLowerCase();
  const word = text.match(WORD)?.[0] ?? "";
  const [atStart, atEnd] = [written.startsWith("^"), written.endsWith("$")];
  return { text, word, offset: text.indexOf(word), atStart, atEnd, group, known };
}

function standsAt(token: Token, text: string, start: number): boolean {
  if (!text.startsWith(token.text, start)) return false;
  const end = start + token.text.length;
  if ((token.atStart && start > 0) || (token.atEnd && end < text.length)) return false;
  return !(ENDS_IN_WORD.test(token.text) && STARTS_WITH_WORD.test(text.slice(end, end + 2)));
}
