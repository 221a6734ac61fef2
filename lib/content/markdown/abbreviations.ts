/** `*[HTML]: Hyper Text Markup Language`, as kramdown, PHP Markdown Extra and markdown-it-abbr have it. */
import { type Lexer, Renderer, type Tokens } from "marked";
import { escapeAttribute } from "../../base/text.ts";
import { hasAt } from "../match.ts";
import { spend } from "../work.ts";
import type { Addition } from "./addition.ts";
import { blocksRead } from "./reading.ts";
import { ReadingTokenizer } from "./tokenizer.ts";

const MARK = " {0,3}\\*\\[([^[\\]\\n]+)\\]:";
const DEFINITION = new RegExp(`^${MARK}[ \\t]*([^\\n]*)(?:\\n|$)`);
const NEXT = new RegExp(`\\n${MARK}`, "g");

/** The most abbreviations of a text, and the most characters of one. */
const MOST = 200;
const LONGEST = 100;

/** Labels and titles, by their first character; of those, longer ones come first. */
type Abbreviations = Map<string, (readonly [label: string, title: string])[]>;

/** By the tokens of a text: they are released with them. */
const abbreviationsOf = new WeakMap<Lexer["tokens"], Abbreviations>();

export const abbreviations: Addition = {
  isNeeded: (markdown) => hasAt(markdown, "*[", /(?<!\*)\*\[[^[\]\n]+\]:/y),
  extension: {
    extensions: [
      {
        name: "abbreviation",
        level: "block",
        start: (rest) => blocksRead().distance(NEXT, rest),
        tokenizer(text) {
          const [raw, label = "", title = ""] = DEFINITION.exec(text) ?? [];
          if (raw === undefined) return undefined;
          const known: Abbreviations = abbreviationsOf.get(this.lexer.tokens) ?? new Map();
          abbreviationsOf.set(this.lexer.tokens, known);
          define(known, label.trim(), title.trim());
          return { type: "abbreviation", raw };
        },
        renderer: () => "",
      },
    ],
    tokenizer: {
      inlineText(src) {
        const token = ReadingTokenizer.prototype.inlineText.call(this as ReadingTokenizer, src);
        return token && { ...token, abbreviations: abbreviationsOf.get(this.lexer.tokens) };
      },
    },
    renderer: {
      text(token) {
        const { abbreviations: known, escaped, text } = token as Tokens.Generic;
        if (known === undefined || escaped) return false;
        return abbreviated(text, known, (part) => Renderer.prototype.text.call(this, { ...token, text: part }));
      },
    },
  },
};

function define(known: Abbreviations, label: string, title: string): void {
  const alike = known.get(label.charAt(0)) ?? [];
  const count = [...known.values()].reduce((sum, { length }) => sum + length, 0);
  if (label === "" || label.length > LONGEST || count >= MOST || alike.some(([other]) => other === label)) return;
  alike.push([label, title]);
  known.set(
    label.charAt(0),
    alike.sort(([one], [other]) => other.length - one.length),
  );
}

/** Whether no word goes on there. Chinese has no blanks around words, so only letters and digits of ASCII are asked. */
const isBound = (text: string, at: number): boolean =>
  !(/^\w/.test(text.charAt(at)) && /^\w/.test(text.charAt(at - 1)));

function abbreviated(text: string, known: Abbreviations, write: (part: string) => string): string {
  let out = "";
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const alike = known.get(text.charAt(at));
    if (alike === undefined || !isBound(text, at)) continue;
    spend(alike.length);
    const found = alike.find(([label]) => text.startsWith(label, at) && isBound(text, at + label.length));
    if (found === undefined) continue;
    const [label, title] = found;
    out += `${write(text.slice(from, at))}<abbr${title && ` title="${escapeAttribute(title)}"`}>${write(label)}</abbr>`;
    from = at + label.length;
    at = from - 1;
  }
  return out + write(text.slice(from));
}
