/** Language tags (BCP 47), in the spelling that feeds use. */

/** `zh` means `zh-CN` on a site that names no other Chinese; otherwise one language would have two channels. */
export function languageAmong(languages: readonly string[], language: string): string {
  const regional = languages.filter((each) => each.startsWith(`${language}-`));
  const [only, ...others] = languages.includes(language) ? [] : regional;
  return only !== undefined && others.length === 0 ? only : language;
}

/** Characters; 35 are enough for any language (RFC 5646 §4.4.1), and each is a folder. */
const LONGEST = 100;

/** A site has few, and posts name them again and again. */
const MOST_KNOWN = 1000;
const known = new Map<string, string | undefined>();

/** The canonical form of a tag (`zh_cn` is `zh-CN`); `undefined` if it is not a language tag. */
export function canonicalLanguage(tag: string): string | undefined {
  if (tag.length > LONGEST) return undefined;
  if (!known.has(tag)) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(tag, canonicalForm(tag));
  }
  return known.get(tag);
}

function canonicalForm(tag: string): string | undefined {
  const written = tag.trim().replaceAll("_", "-");
  if (!/^[a-z]{2,3}(?:-|$)/i.test(written)) return undefined; // `english` is well-formed, but no language
  try {
    // Without extensions and private use (`-u-ca-…`, `-x-…`), which do not name a language.
    return new Intl.Locale(written).baseName;
  } catch {
    return undefined;
  }
}
