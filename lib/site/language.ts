/** Language tags (BCP 47), in the spelling that feeds use. */

/** The canonical form of a tag (`zh_cn` is `zh-CN`), or nothing if it is none. */
export function canonicalLanguage(tag: string): string | undefined {
  const written = tag.trim().replaceAll("_", "-");
  if (!/^[a-z]{2,3}(?:-|$)/i.test(written)) return undefined; // `english` is well-formed, and no language
  try {
    return Intl.getCanonicalLocales(written)[0];
  } catch {
    return undefined;
  }
}
