/** Language tags (BCP 47), in the spelling that feeds use. */

/** The canonical form of a tag (`zh_cn` is `zh-CN`), or nothing if it is none. */
export function canonicalLanguage(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag.trim().replaceAll("_", "-"))[0];
  } catch {
    return undefined;
  }
}
