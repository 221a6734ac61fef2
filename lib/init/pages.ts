/** What the templates of pages say in so many words. */
import type { Said, SiteFolder } from "./types.ts";

/** The language of the first page that names one: `<html lang="en">`. */
export async function languageOfPages(
  folder: SiteFolder,
  isLayout: (path: string) => boolean,
): Promise<Said | undefined> {
  for (const path of folder.paths.filter(isLayout)) {
    const [tag] = /<html\s[^>]{0,500}/.exec((await folder.read(path)) ?? "") ?? [];
    const lang = tag && /\slang=["']([\w-]{1,50})["']/.exec(tag)?.[1];
    if (lang) return { value: lang, from: path };
  }
  return undefined;
}
