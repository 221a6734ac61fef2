/** Language tags (BCP 47), in the spelling that feeds use. */

/** A bare `zh` is `zh-CN` on a site whose only Chinese that is: else one language would be two channels. */
export function languageAmong(languages: readonly string[], language: string): string {
  const regional = languages.filter((each) => each.startsWith(`${language}-`));
  const [only, ...others] = languages.includes(language) ? [] : regional;
  return only !== undefined && others.length === 0 ? only : language;
}

/** The canonical form of a tag (`zh_cn` is `zh-CN`), or nothing if it is none. */
export function canonicalLanguage(tag: string): string | undefined {
  const written = tag.trim().replaceAll("_", "-");
  if (!/^[a-z]{2,3}(?:-|$)/i.test(written)) return undefined; // `english` is well-formed, and no language
  try {
    // Extensions and private words (`-u-ca-…`, `-x-…`) say nothing of the language.
    return new Intl.Locale(written).baseName;
  } catch {
    return undefined;
  }
}
