/** Addresses as people read them: the domain and the path in their own script. */
import { domainToUnicode } from "node:url";
import { type Html, html } from "../../base/html.ts";
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
  const host = hostname.split(".").map(shownLabel).join(".") + (port && `:${port}`);
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

/** A part of a host, as browsers show it: letters of Latin beside those of Cyrillic or Greek are rather there to deceive. */
function shownLabel(label: string): string {
  if (!label.startsWith("xn--")) return label; // a number would be read as an address of IPv4
  const text = domainToUnicode(label);
  return /\p{Script=Latin}/u.test(text) && BESIDE_LATIN.test(text) ? label : text || label;
}

/** Of a script that nobody writes within one word of Latin. */
const BESIDE_LATIN =
  /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u;

/** Each part of a path that is read from right to left in a place of its own, so that parts keep their order. */
export const inOrder = (address: string): readonly (string | Html)[] =>
  address.split(/(\/)/).map((part) => (RIGHT_TO_LEFT.test(part) ? html`<bdi>${part}</bdi>` : part));

/** Scripts that websites are written in. */
const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** Scripts whose letters take two columns, and emoji. */
const isWide = (segment: string): boolean =>
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303F\uFF01-\uFF60]/u.test(
    segment,
  );
