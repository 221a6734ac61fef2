/** Files as Zola has them: `@/` is the content folder, and a file there lies beside the page or the section of its folder. */
import { folderOf, fromRoot } from "../../base/paths.ts";
import { zolaName } from "../../site/spelling.ts";
import { addressBelow, isThere, pathOf } from "./paths.ts";
import type { FileRules, FilesContext } from "./types.ts";

/** Folders above a file that may be that of a page. */
const MOST_FOLDERS = 8;

export function zolaFiles(context: FilesContext): FileRules {
  const { key, url, site, urlOf } = context;
  const [content = ""] = /^(?:.*?\/)?content\//.exec(key) ?? [];
  const pages = new Map<string, string | undefined>();
  return {
    mayName: /[("'<=:\s]@\//,
    meant(text) {
      const written = pathOf(text);
      if (!written?.path.startsWith("@/") || PAGE.test(written.path)) return undefined;
      const path = fromRoot(written.path.slice(2));
      const folder = folderOf(path);
      let at = folder;
      for (let i = 0; i < MOST_FOLDERS && at !== ""; i += 1) {
        const page = pageOf(at);
        if (page !== undefined) return addressBelow(page, path.slice(at.length), written.suffix);
        at = folderOf(at.slice(0, -1));
      }
      const section = folder
        .split("/")
        .map((part) => zolaName(part) || part)
        .join("/");
      return addressBelow(site.url, section + path.slice(folder.length), written.suffix);
    },
  };

  /** The address of the page whose folder it is. */
  function pageOf(folder: string): string | undefined {
    if (!pages.has(folder)) pages.set(folder, addressOf(`${content}${folder}index.md`));
    return pages.get(folder);
  }

  function addressOf(index: string): string | undefined {
    const page = index === key ? url : isThere(index, context) ? urlOf(index) : undefined;
    return page === undefined || page.endsWith("/") ? page : `${page}/`;
  }
}

/** That of another page is a link to a post. */
const PAGE = /\.md$/i;
