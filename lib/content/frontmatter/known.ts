/** Keys that site generators know, and with which a paragraph seldom begins. */
/** A part of a regular expression. */
export const KNOWN = [
  "title|date|updated|lastmod|pubdate|draft|published|layout|tags?|categor(?:y|ies)|authors?",
  "permalink|slug|abbrlink|id|lang|description|cover|comments",
  // A key that holds a post back may be the only one.
  "is[_-]?(?:draft|published|hidden|private|public|visible|listed)|unpublished|invisible",
  "publish|hidden|hide|unlisted|private|headless|feed|rss|(?:post[_-]?)?(?:password|status)|visibility",
  "(?:hide|exclude|skip|no|ignore|disable|omit)[_-]?(?:from[_-]?|in[_-]?)?(?:rss|feeds?)",
  "encrypt(?:ed)?|_?build|eleventyExcludeFromCollections|publish[_-]?date|expires|expiry(?:[_-]?date)?|unpublish[_-]?date",
].join("|");

const KNOWN_KEY = new RegExp(`^["']?(?:${KNOWN})["']?[ \\t]*:(?=\\s|$)`, "im");
const KNOWN_KEY_ALSO_TOML = new RegExp(`^["']?(?:${KNOWN})["']?[ \\t]*[:=](?=\\s|$)`, "im");

/** An empty or indented line, a comment, an item, the end of a list, a table of TOML, or a key. */
const KEY_LINE = /^(?:|\s.*|#.*|-(?: .*)?|[\]}],?\s*|\[.*\]\s*|(?:[\p{L}\p{N}_.-]+|"[^"]*"|'[^']*')\s*[:=](?:\s.*)?)$/u;

export const hasKnownKey = (text: string): boolean => KNOWN_KEY.test(text);
export const hasKnownTomlKey = (text: string): boolean => KNOWN_KEY_ALSO_TOML.test(text);

/** Whether each line may be one of front matter, and some line has a known key. Paragraphs and headings do not fit. */
export function looksLikeKeys(text: string, hasKey = hasKnownKey): boolean {
  if (!hasKey(text)) return false;
  // One by one: a text may have millions.
  for (let start = 0; start >= 0; ) {
    const end = text.indexOf("\n", start);
    if (!KEY_LINE.test(text.slice(start, end < 0 ? undefined : end))) return false;
    start = end < 0 ? end : end + 1;
  }
  return true;
}
