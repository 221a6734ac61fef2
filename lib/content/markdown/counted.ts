/** marked's rules within a line, counted where one may look for a mark in vain, again and again up to the end. */
import { spend } from "../work.ts";
import type { TokenizerRules } from "./rules.ts";

/** How many characters a rule has read of a text, from `at` on. */
type Cost = (text: string, found: RegExpExecArray | null, at: number) => number;

/** A rule, as far as marked uses it. */
class CountedRule {
  readonly #rule: RegExp;
  readonly #cost: Cost;

  constructor(rule: RegExp, cost: Cost) {
    this.#rule = rule;
    this.#cost = cost;
  }

  get source(): string {
    return this.#rule.source;
  }

  get flags(): string {
    return this.#rule.flags;
  }

  get lastIndex(): number {
    return this.#rule.lastIndex;
  }

  set lastIndex(at: number) {
    this.#rule.lastIndex = at;
  }

  exec(text: string): RegExpExecArray | null {
    const at = this.#rule.lastIndex;
    const found = this.#rule.exec(text);
    spend(this.#cost(text, found, at));
    return found;
  }

  test(text: string): boolean {
    return this.exec(text) !== null;
  }
}

/** A closing mark, which is searched from one delimiter to the next. */
const closing: Cost = (text, found, at) => (found ? found.index + found[0].length : text.length) - at;
/** A mark at the start of the text: with what it encloses, or in vain up to the end. */
const enclosing: Cost = (text, found) => found?.[0].length ?? text.length;
const all: Cost = (text) => text.length;

/** The longest label that is looked at for its cost. */
const LABEL = 1_000;
const DESTINATION = /^[ \t\n]*(?:<[^<>]*|\S*)[ \t\n]*(["'(]?)/;

/** A link that is none is read to the end of its destination, or to that of the text if a title is never closed. */
const link: Cost = (text, found) => {
  if (found) return 2 * found[0].length; // once more for its parentheses
  const label = text.slice(0, LABEL).indexOf("](");
  if (label === -1) return 0;
  const [destination = "", title] = DESTINATION.exec(text.slice(label + 2)) ?? [];
  return title ? text.length : destination.length;
};

const COSTS = {
  link,
  code: enclosing,
  emStrongRDelimAst: closing,
  emStrongRDelimUnd: closing,
  delRDelim: closing,
  _backpedal: all,
} as const satisfies { readonly [name in keyof TokenizerRules["inline"]]?: Cost };

const countedByRules = new WeakMap<TokenizerRules, TokenizerRules>();

/** The rules of a text, counted. The same for the same ones. */
export function countedRules(rules: TokenizerRules): TokenizerRules {
  const known = countedByRules.get(rules);
  if (known) return known;
  const inline = { ...rules.inline };
  for (const [name, cost] of Object.entries(COSTS) as [keyof typeof COSTS, Cost][]) {
    inline[name] = new CountedRule(rules.inline[name], cost) as unknown as RegExp;
  }
  const counted = { ...rules, inline };
  countedByRules.set(rules, counted);
  return counted;
}
