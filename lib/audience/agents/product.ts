/**
 * The name of an agent that the table does not know: its product (RFC 9110, section 10.1.5), if that is a name. A User-Agent may hold
 * anything, so what could be an address, a host's name with one, an id or a hash is no name.
 */

const WORD = /^[A-Za-z][A-Za-z0-9_.-]{0,39}$/;
const LONGEST = 40;
const MOST_WORDS = 4;

/** What every browser says, or what is no name by itself. */
const COMMON = new Set(
  `mozilla applewebkit webkit khtml gecko like chrome safari version mobile compatible darwin windows macintosh x11 linux android
  iphone ipad ipod cros msie trident null unknown http https url bot robot crawler spider app client agent user-agent reader readers
  feed feeds rss podcast podcasts subscriber subscribers user users`.split(/\s+/),
);
const SEPARATORS = /[\s(),;[\]<>"'{}|\\]+/;
/** Of a comment, only such words are more likely a name than a device, a system or a language. */
const SPEAKS = /bot|crawl|spider|feed|rss|reader|podcast/i;

/** Absent where nothing in it is a name. */
export function readProduct(agent: string): string | undefined {
  const start = /^\s*([^/(),;[\]<>"'{}|\\]{1,200})/.exec(agent)?.[1] ?? "";
  return nameOf(start) ?? afterCompatible(agent) ?? anyProduct(agent);
}

/** `Mozilla/5.0 (compatible; Name/1.0; +https://example.com)`. */
function afterCompatible(agent: string): string | undefined {
  for (const [, text = ""] of agent.matchAll(/\bcompatible\s{0,4};\s{0,4}([^/(),;<>"']{1,80})/gi)) {
    const name = nameOf(text);
    if (name !== undefined) return name;
  }
  return undefined;
}

/** The first product outside of comments, else what a comment has. */
function anyProduct(agent: string): string | undefined {
  const outside = agent.replace(/\([^()]*\)/g, " ");
  const products = outside.split(SEPARATORS).map(productOf);
  const comments = agent.split(SEPARATORS).map(productOf);
  return (
    products.find((name) => name !== undefined) ?? comments.find((name) => name !== undefined && SPEAKS.test(name))
  );
}

const productOf = (piece: string): string | undefined => unlessCommon(wordOf(piece.split("/")[0] ?? ""));

/** Words up to a version or a dash: of `Digg Feed Fetcher 1.0` and of `Unread RSS Reader - https://…`. */
function nameOf(text: string): string | undefined {
  const words: string[] = [];
  for (const piece of text.trim().split(/\s+/, MOST_WORDS)) {
    const word = wordOf(piece);
    if (word === undefined) break;
    words.push(word);
  }
  const name = words.join(" ");
  return unlessCommon(name.length > LONGEST ? words[0] : name);
}

const unlessCommon = (name: string | undefined): string | undefined =>
  name === undefined || name === "" || COMMON.has(name.toLowerCase()) ? undefined : name;

function wordOf(piece: string): string | undefined {
  const word = /[:.!_-]$/.test(piece) ? piece.slice(0, -1) : piece;
  return WORD.test(word) && !isId(word) ? word : undefined;
}

/** A version in a name has few digits, and no three numbers: not `ip-192-0-2-1`, `h203.0.113.9.example.com` or `a27f9d99`. */
function isId(word: string): boolean {
  const numbers = word.match(/\d+/g) ?? [];
  const isLong = numbers.length > 2 || numbers.join("").length > 4;
  return isLong || /\.\d/.test(word) || (numbers.length > 0 && /^[\da-f-]{8,}$/i.test(word));
}
