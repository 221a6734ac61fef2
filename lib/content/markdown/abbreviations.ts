/** `*[HTML]: Hyper Text Markup Language`, as kramdown, PHP Markdown Extra and markdown-it-abbr have it. */
import { type Lexer, Renderer, type Tokens } from "marked";
import { escapeAttribute } from "../../base/text.ts";
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

interface Abbreviation {
  readonly label: string;
  readonly title: string;
}

/** By their first character; of those, longer ones come first. */
type Abbreviations = Map<string, Abbreviation[]>;

interface AbbreviatedText extends Tokens.Text {
  readonly abbreviations?: Abbreviations | undefined;
}

/** The abbreviations of a text, by its tokens: they are released with them. */
const abbreviationsOf = new WeakMap<Lexer["tokens"], Abbreviations>();

export const abbreviations: Addition = {
  isNeeded: (markdown) => markdown.includes("*[") && markdown.includes("]:"),
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
          define(known, { label: label.trim(), title: title.trim() });
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
        const { abbreviations: known, escaped } = token as AbbreviatedText;
        if (known === undefined || escaped) return false;
        const write = (text: string): string => Renderer.prototype.text.call(this, { ...token, text } as Tokens.Text);
        return abbreviated(token.text, known, write);
      },
    },
  },
};

function define(known: Abbreviations, { label, title }: Abbreviation): void {
  const first = label.charAt(0);
  const alike = known.get(first) ?? [];
  const count = [...known.values()].reduce((sum, { length }) => sum + length, 0);
  if (label === "" || label.length > LONGEST || count >= MOST || alike.some((other) => other.label === label)) return;
  known.set(
    first,
    [...alike, { label, title }].sort((one, other) => other.label.length - one.label.length),
  );
}

/** Chinese has no blanks around words, so only letters and digits of ASCII must not be beside one. */
const isOfWord = (character: string): boolean => /^\w/.test(character);

function abbreviated(text: string, known: Abbreviations, write: (text: string) => string): string {
  let out = "";
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const alike = known.get(text.charAt(at));
    if (alike === undefined || (isOfWord(text.charAt(at)) && isOfWord(text.charAt(at - 1)))) continue;
    spend(alike.length);
    const found = alike.find(({ label }) => text.startsWith(label, at) && isEnd(text, at + label.length));
    if (found === undefined) continue;
    const { label, title } = found;
    const opening = title === "" ? "<abbr>" : `<abbr title="${escapeAttribute(title)}">`;
    out += `${write(text.slice(from, at))}${opening}${write(label)}</abbr>`;
    at += label.length - 1;
    from = at + 1;
  }
  return out + write(text.slice(from));
}

const isEnd = (text: string, at: number): boolean => !(isOfWord(text.charAt(at)) && isOfWord(text.charAt(at - 1)));
