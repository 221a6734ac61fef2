/** marked's tokenizers within a line, which do not look again for what the text does not have. */
import { Tokenizer, type Tokens } from "marked";
import { spendOnAddress } from "../work.ts";
import { beginsAddress, endOfAddress, isInMail, stopOf, withoutTrailing } from "./addresses.ts";
import { lengthOfLink } from "./destinations.ts";
import { codeMarksIn } from "./masks.ts";
import { lineRead } from "./reading.ts";

const NOWHERE = Number.POSITIVE_INFINITY;
const EXCLAMATION_MARK = 33;
const BACKSLASH = 92;
const BACKTICK = 96;
const BRACKET = 91;
const SPACE = 32;

/** `http://a.example/b\_c`: a backslash before punctuation is no part of an address, nor is `**`. */
function withoutEscapes(link: Tokens.Link | undefined): Tokens.Link | undefined {
  if (!link?.text.includes("\\")) return link;
  const text = link.text.replace(/\\(?=[!-/:-@[-`{-~])/g, "");
  const href = link.href.replace(link.text, () => text);
  return { ...link, text, href, tokens: [{ type: "text", raw: text, text } as Tokens.Text] };
}

export class ReadingTokenizer extends Tokenizer {
  /** Of the token that is looked for: the text rule is given less than the rest of the text. */
  #at = 0;

  override link(src: string) {
    const first = src.charCodeAt(0);
    if (first !== BRACKET && first !== EXCLAMATION_MARK) return undefined;
    const line = lineRead();
    if (line.isShort) return super.link(src);
    if (line.next("](", line.positionOf(src)) === NOWHERE) return undefined;
    const length = lengthOfLink(line, src);
    return length === 0 ? undefined : super.link(src.slice(0, length));
  }

  override reflink(src: string, links: Parameters<Tokenizer["reflink"]>[1]) {
    const token = super.reflink(src, links);
    if (token && "href" in token) spendOnAddress(token.href.length + (token.title?.length ?? 0));
    return token;
  }

  override codespan(src: string) {
    if (src.charCodeAt(0) !== BACKTICK) return undefined;
    const line = lineRead();
    if (line.isShort) return super.codespan(src);
    const [marks = ""] = /^`+/.exec(src) ?? [];
    const last = line.once(codeMarksIn).get(marks.length)?.at(-1) ?? 0;
    return last > line.positionOf(src) ? super.codespan(src) : undefined;
  }

  /** The rule itself does not look whether words follow (`rules.ts`). */
  override br(src: string) {
    const line = lineRead();
    this.#at = line.positionOf(src);
    const first = src.charCodeAt(0);
    const token = first > SPACE && first !== BACKSLASH ? undefined : super.br(src);
    return token && this.#at + token.raw.length < line.endOfWords ? token : undefined;
  }

  override url(src: string) {
    const line = lineRead();
    const at = line.positionOf(src);
    if (!beginsAddress(src)) return line.hasAt && isInMail(line, at) ? super.url(src) : undefined;
    const rule = this.rules.inline.url;
    const stars = line.next("**", at);
    if (line.isShort) return withoutEscapes(super.url(stars === NOWHERE ? src : src.slice(0, stars - at)));
    const found = rule.exec(src.slice(0, Math.min(endOfAddress(line, at, rule), stars) - at));
    if (!found?.[1]) return found ? super.url(src) : undefined;
    return withoutEscapes(super.url(withoutTrailing(found[0])));
  }

  override inlineText(src: string) {
    const line = lineRead();
    if (src.charCodeAt(0) <= SPACE && this.#at >= line.endOfWords) {
      return { type: "text" as const, raw: src, text: src, escaped: this.lexer.state.inRawBlock };
    }
    if (!line.hasAt) return super.inlineText(src);
    const length = stopOf(line, this.#at, this.#at + src.length) - this.#at;
    return super.inlineText(length < src.length ? src.slice(0, length) : src);
  }
}
