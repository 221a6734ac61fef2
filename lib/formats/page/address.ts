/** Addresses as people read them: the domain and the path in their own script. */
import { domainToUnicode } from "node:url";
import { graphemesOf, readableEscapes } from "../../base/text.ts";

export interface ShownAddress {
  /** What the style cuts where there is no room. */
  readonly start: string;
  /** What always stays: as much as `END` columns. */
  readonly end: string;
}

/** In columns of a monospaced font. The style reserves as many (`.start`). */
const END = 14;

/** `https://滴灌.example/tags/灌溉/rss.xml` of `https://xn--….example/tags/%E7%81%8C…/rss.xml`, in two parts. */
export function shownAddress(url: string): ShownAddress {
  const { protocol, hostname, port, pathname, search } = new URL(url);
  const host = domainToUnicode(hostname) + (port && `:${port}`);
  const text = `${protocol}//${host}${readableEscapes(pathname)}${search}`;
  let columns = 0;
  let cut = text.length;
  for (const { segment, index } of [...graphemesOf(text)].reverse()) {
    columns += isWide(segment) ? 2 : 1;
    if (columns > END) break;
    cut = index;
  }
  return { start: text.slice(0, cut), end: text.slice(cut) };
}

/** Scripts whose letters take two columns, and emoji. */
const isWide = (segment: string): boolean =>
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303F\uFF01-\uFF60]/u.test(
    segment,
  );
