/** Files as Hexo finds them: in the folder that has the post's name, or below the root of the site. */
import { folderOf, fromRoot, within } from "../../base/paths.ts";
import { addressBelow, isRooted, isThere, namesFile, ownFolderOf, pathOf } from "./paths.ts";
import { rootedAddress, supposedAddress } from "./rooted.ts";
import { type FileRules, type FilesContext, NAMES_PATH, NAMES_RELATIVE_PATH } from "./types.ts";

/** Hexo puts the root before pictures of Markdown, themes before those of the front matter; HTML and links stay. */
export function hexoFiles(context: FilesContext): FileRules {
  const { key, url, site } = context;
  const own = ownFolderOf(key);
  const [, source] = /^((?:.*\/)?)_(?:posts|drafts)\//.exec(key) ?? [];
  const roots = source === undefined ? ["source/", ""] : [source];
  const assets = `${url.replace(/(?:\.html?|\/)$/, "")}/`;
  return {
    mayName: new URL(site.url).pathname === "/" ? NAMES_RELATIVE_PATH : NAMES_PATH,
    meant(text, naming) {
      const written = pathOf(text);
      if (written === undefined || (naming === "link" && !namesFile(written))) return undefined;
      const { path, suffix } = written;
      const hasRoot = naming === "front matter" || naming === "picture";
      if (isRooted(written)) return hasRoot ? rootedAddress(site.url, written) : undefined;
      // Editors write the path from the post's file, Hexo wants it from the post's folder.
      const beside = within(folderOf(key), path);
      if (beside?.startsWith(own) && isThere(beside, context))
        return addressBelow(assets, beside.slice(own.length), suffix);
      const inOwn = within(own, path);
      if (inOwn?.startsWith(own) && isThere(inOwn, context))
        return addressBelow(assets, inOwn.slice(own.length), suffix);
      const below = fromRoot(path);
      if (roots.some((root) => isThere(root + below, context))) return addressBelow(site.url, below, suffix);
      return hasRoot && !beside?.startsWith(own) ? supposedAddress(site.url, written) : undefined;
    },
  };
}
