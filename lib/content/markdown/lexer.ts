/** marked's lexer, which counts its work, and knows what it has looked for in vain. */
import type { Lexer, Token, Tokenizer } from "marked";
import { copying, DEEPEST, spend, TooMuchWork } from "../work.ts";
import { ReadingLexer } from "./reading.ts";
import type { TokenizerRules } from "./rules.ts";

/** The most texts of blocks and cells: each takes some hundred bytes of memory, and an empty cell is none of text. */
const MOST_TEXTS = 500_000;
/** What blocks within blocks, and a text within lines, cost besides their characters, as many of them. */
const BLOCKS = 200;
const LINES = 100;
/** What is within marks is masked once more at each level, which takes so many times as long as to read it. */
const MASKED = 5;

/** Blocks that are being read: a quotation, an item, or the whole text. */
interface Blocks {
  readonly text: string;
  /**
   * Where something begins or ends that was looked for, counted from the end of the text: what is read is always the
   * rest of it. So no line is searched again for each line before it.
   */
  readonly seen: { -readonly [name in Sought]?: number };
}

type Sought = "underline" | "definition" | "lazy";

/** The text of a block, and which of the tokens of the whole text it belongs to. */
interface QueuedText {
  readonly src: string;
  readonly tokens: Token[];
  readonly at: number;
}

export class BlogLexer extends ReadingLexer {
  declare inlineQueue: QueuedText[];
  blocks: Blocks = { text: "", seen: {} };
  #blockDepth = 0;
  #inlineDepth = 0;

  get rules(): TokenizerRules {
    return this.#tokenizer.rules;
  }

  /** All lexers of the same options have them in common, one after the other. */
  set rules(rules: TokenizerRules) {
    this.#tokenizer.rules = rules;
  }

  get #tokenizer(): Tokenizer {
    const { tokenizer } = this.options;
    if (!tokenizer) throw new Error("a lexer has a tokenizer");
    return tokenizer;
  }

  override blockTokens(src: string, tokens: Token[] = [], isContinued = false) {
    const around = this.blocks;
    this.blocks = { text: src, seen: {} };
    if (++this.#blockDepth > DEEPEST + 1) throw new TooMuchWork("nesting");
    spend(src.length + BLOCKS + (isContinued ? copying(tokens.at(-1)?.raw.length ?? 0) : 0));
    const read = super.blockTokens(src, tokens, isContinued) as Token[] & Lexer["tokens"];
    this.blocks = around;
    this.#blockDepth -= 1;
    return read;
  }

  override inline(src: string, tokens: Token[] = []) {
    spend(LINES);
    this.spendOnParagraph();
    if (this.inlineQueue.length >= MOST_TEXTS) throw new TooMuchWork("work");
    this.inlineQueue.push({ src, tokens, at: this.tokens.length });
    return tokens;
  }

  /** What continues a paragraph, or may, copies it. */
  spendOnParagraph(): void {
    const { lastToken } = this.state;
    if (lastToken?.type === "paragraph" || lastToken?.type === "text") spend(copying(lastToken.raw.length));
  }

  override inlineTokens(src: string, tokens?: Token[]) {
    if (++this.#inlineDepth > DEEPEST + 1) throw new TooMuchWork("nesting");
    spend((this.#inlineDepth > 1 ? MASKED : 1) * src.length + LINES);
    const read = super.inlineTokens(src, tokens);
    this.#inlineDepth -= 1;
    return read;
  }
}
