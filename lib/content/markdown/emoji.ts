/** `:tada:`, as GitHub, Hugo and others name emoji. */
import type { TokenizerAndRendererExtension, Tokens } from "marked";
import { emojiOf } from "../../base/emoji/emoji.ts";
import { hasAt, SMALL_LETTERS } from "../match.ts";
import type { Addition } from "./addition.ts";
import { lineRead } from "./reading.ts";

/** Not within words and numbers: `a:b:c`, `10:30:45`; nor `:---:` of a table. */
const NAME = /(?<!\w):(?:[a-z\d][a-z\d_+-]*|[+-]1):(?!\w)/g;

const NAME_HERE = new RegExp(NAME, "y");
const FIRST = `${SMALL_LETTERS}0123456789+-`;

export const mayNameEmoji = (markdown: string): boolean => hasAt(markdown, ":", NAME_HERE, FIRST);

const shortcode: TokenizerAndRendererExtension = {
  name: "emoji",
  level: "inline",
  start: (rest) => lineRead().distance(NAME, rest),
  tokenizer(rest) {
    if (!rest.startsWith(":") || this.lexer.state.inRawBlock || lineRead().distance(NAME, rest) !== 0) return undefined;
    const name = rest.slice(1, rest.indexOf(":", 1));
    const text = emojiOf(name);
    return text === undefined ? undefined : ({ type: "text", raw: `:${name}:`, text } as Tokens.Text);
  },
};

export const emojiNames: Addition = {
  isNeeded: (markdown, { emoji = true }) => emoji && mayNameEmoji(markdown),
  extension: { extensions: [shortcode] },
};
