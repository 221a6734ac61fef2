/** Files as aliases of Astro's projects name them: `@/`, `~/` and `src/` mean the source folder. Docusaurus has `@site/`. */
import { folderOf, fromRoot, within } from "../../base/paths.ts";
import { addressBelow, isThere, namesFile, pathOf, type WrittenPath } from "./paths.ts";
import type { FileRules, FilesContext } from "./types.ts";

/** What comes after an alias is below the source folder; that of `@assets/` is part of the path. */
const ALIAS = /^(?:[@~]\/|\/?src\/|@site\/(?:static\/)?|@(?=[a-z][\w-]{0,50}\/))/i;

/** Any alias but the name of a package. */
export const isAliased = (written: string): boolean =>
  /^(?:[@~]\/|\/?src\/|@(?:site|assets|images?|img|media|static)\/)/i.test(written);

/** A picture that Astro processes has no lasting address: it is given the one that a path from the post would have. */
export function astroFiles(context: FilesContext): FileRules {
  const { key, site } = context;
  return {
    mayName: /[("'<=:\s](?:[@~]\/|\/?src\/|@[a-z][\w-]{0,50}\/)/i,
    meant(text) {
      const written = pathOf(text);
      const [alias] = ALIAS.exec(written?.path ?? "") ?? [];
      if (written === undefined || alias === undefined) return undefined;
      if (!namesFile(written) || COMPONENT.test(written.path)) return pageAt(written);
      // A folder may really be called so.
      const beside = alias.startsWith("/") ? `public${written.path}` : within(folderOf(key), written.path);
      if (isThere(beside, context)) return undefined;
      return addressBelow(site.url, fromRoot(written.path.slice(alias.length)), written.suffix);
    },
  };

  /** A page by its file, perhaps without its extension: its address has not the folder in which pages or posts are. */
  function pageAt({ path, suffix }: WrittenPath): string | undefined {
    const [alias] = PAGES.exec(path) ?? [];
    if (alias === undefined || (/\.\w+$/.test(path) && !COMPONENT.test(path))) return undefined;
    const below = fromRoot(path.slice(alias.length)).replace(/^(?:pages|content)(?:\/|$)/, "");
    const page = below.replace(COMPONENT, "").replace(/(?:^|(?<=\/))index$/, "");
    return addressBelow(site.url, page === "" || !path.endsWith("/") ? page : `${page}/`, suffix);
  }
}

/** Of Docusaurus alone: elsewhere the other aliases are words like any. */
export const siteFiles = (context: FilesContext): FileRules => ({
  mayName: /@site\//,
  meant: (text, naming) => (/^\s*@site\//i.test(text) ? astroFiles(context).meant(text, naming) : undefined),
});

const PAGES = /^(?:[@~]\/|@site\/src\/)/i;
const COMPONENT = /\.astro$/i;
