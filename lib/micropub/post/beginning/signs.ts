/** Words and addresses, so written that Markdown, HTML and templates read nothing else in them. */

/**
 * What Markdown reads in the words of a picture, and in text of the dialects besides. As references: kramdown and older versions of
 * marked put the words into `alt` as they stand, where a backslash would be seen and a reference is read (ESCAPE_ATTRIBUTE_RE in
 * lib/kramdown/utils/html.rb of gettalong/kramdown).
 */
const SIGNS = /[\\`*_[\]<>{}$~^|]|&(?=#?[a-z\d]{1,32};)|([=+%:-])(?=\1)|(?<=__GH)O(?=ST_URL__)/gi;

/** They mean something only where there are two. */
const PAIRED = ["*", "_", "$", "~", "^"];

/**
 * No more is escaped than has to be: what renders Markdown for Eleventy leaves references out of `alt` (`renderInlineAsText` in
 * lib/renderer.mjs of markdown-it 14), and older versions of Hugo, such as 0.111, show them as they are written.
 */
export function writtenWords(words: string): string {
  const alone = new Set(PAIRED.filter((sign) => words.indexOf(sign) === words.lastIndexOf(sign)));
  return words.replace(SIGNS, (sign) => (alone.has(sign) ? sign : (NAMED.get(sign) ?? `&#${sign.charCodeAt(0)};`)));
}

/** As the value of an attribute of HTML, where a reference may lack its end. */
export const wordsInAttribute = (words: string): string =>
  writtenWords(words)
    .replace(/&(?!#?[a-z\d]{1,32};)/gi, "&amp;")
    .replaceAll('"', "&quot;");

const NAMED: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
]);

/** With what hand-written lines have, too. */
export function typedWords(written: string): string {
  return written.replace(/&(?:#(\d{1,3})|(amp|lt|gt|quot));|\\([!-/:-@[-`{-~])/g, (_, code, name, escaped) => {
    if (escaped !== undefined) return escaped;
    return code === undefined ? (CHARACTERS[name] ?? "") : String.fromCodePoint(Number(code));
  });
}

const CHARACTERS: { readonly [name: string]: string } = { amp: "&", lt: "<", gt: ">", quot: '"' };

/**
 * The address without what would end it, or begin something else: the same one to servers (RFC 3986, 2.1). In a path `\` is a slash
 * (https://url.spec.whatwg.org/#path-state).
 */
export const writtenAddress = (url: string): string =>
  url
    .replace(/^[^?#]*/, (path) => path.replaceAll("\\", "/"))
    .replace(
      /[()[\]{}\\`'*|^]|;(?<=&[#a-z\d]{1,32};)/gi,
      (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
    );

/** As a line has it: a reference is the sign for which it stands. */
export const typedAddress = (written: string): string => written.replaceAll("&amp;", "&");

export const isSameAddress = (one: string, other: string): boolean => writtenAddress(one) === writtenAddress(other);
