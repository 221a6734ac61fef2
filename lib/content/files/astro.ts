/** Files as aliases of Astro's projects name them: `@/`, `~/` and `src/` mean the source folder. Docusaurus has `@site/`. */
import { folderOf } from "../../base/fold.ts";
import { addressBelow, fromRoot, isKey, namesFile, pathOf, within } from "./paths.ts";
import type { FileRules, FilesContext } from "./types.ts";

/** What comes after an alias is below the source folder; that of `@assets/` is part of the path. */
const ALIAS = /^(?:[@~]\/|\/?src\/|@site\/(?:static\/)?|@(?=[a-z][\w-]{0,50}\/))/i;

/** Any alias but the name of a package. */
export const isAliased = (written: string): boolean =>
  /^(?:[@~]\/|\/?src\/|@(?:site|assets|images?|img|media|static)\/)/i.test(written);

/** A picture that Astro processes has no lasting address: it is given the one that a path from the post would have. */
export function astroFiles({ key, site, sizeOf }: FilesContext): FileRules {
  return {
    mayName: /[("'<=:\s](?:[@~]\/|\/?src\/|@[a-z][\w-]{0,50}\/)/i,
    meant(text) {
      const written = pathOf(text);
      const [alias] = ALIAS.exec(written?.path ?? "") ?? [];
      if (written === undefined || alias === undefined || !namesFile(written)) return undefined;
      // A folder may really be called so.
      const beside = alias.startsWith("/") ? `public${written.path}` : within(folderOf(key), written.path);
      if (beside !== undefined && isKey(beside) && sizeOf(beside) !== undefined) return undefined;
      return addressBelow(site.url, fromRoot(written.path.slice(alias.length)), written.suffix);
    },
  };
}
