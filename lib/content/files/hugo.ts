/** Files as Hugo finds them: in the bundle of a post, which its translations share, or below the root of the site. */
import { folderOf, fromRoot, within } from "../../base/paths.ts";
import { addressBelow, isRooted, isThere, namesFile, pathOf } from "./paths.ts";
import { type FileRules, type FilesContext, NAMES_RELATIVE_PATH } from "./types.ts";

/** Folders whose files are served from the root. */
const SERVED = ["static/", "assets/"];

export function hugoFiles(context: FilesContext): FileRules {
  const { key, place, site } = context;
  const folder = folderOf(key);
  const [, above = ""] = /^((?:.*?\/)?)content\//.exec(key) ?? [];
  const isBundle = place.stem === "index";
  const shared = isBundle && isTranslation(context) ? sharedBundle(context) : undefined;
  return {
    // Only files of a translation are not where the text says.
    ...(shared && { mayName: NAMES_RELATIVE_PATH }),
    meant(text, naming) {
      const written = pathOf(text);
      if (written === undefined || isRooted(written) || !namesFile(written)) return undefined;
      const { path, suffix } = written;
      if (shared !== undefined) {
        // A file beside the translation is served once, below the address of the post that it translates.
        const own = shared.folder === folder ? undefined : within(folder, path);
        const file = within(shared.folder, path);
        const base =
          !isThere(own, context) && file?.startsWith(shared.folder) && isThere(file, context)
            ? shared.url()
            : undefined;
        if (file !== undefined && base !== undefined) {
          return addressBelow(base, file.slice(shared.folder.length), suffix);
        }
      }
      if (naming !== "front matter" || (isBundle && isThere(within(folder, path), context))) return undefined;
      const below = fromRoot(path);
      const isServed = SERVED.some((served) => isThere(above + served + below, context));
      return isServed ? addressBelow(site.url, below, suffix) : undefined;
    },
  };
}

const isTranslation = ({ place, site }: FilesContext): boolean =>
  place.language !== undefined && place.language.toLowerCase() !== site.language.toLowerCase();

interface SharedBundle {
  /** A key that ends with a slash. */
  readonly folder: string;
  /** `undefined` where there is no such post, or readers cannot see it. */
  readonly url: () => string | undefined;
}

/** The bundle of the site's language: the same folder, or the one in that language's folder. */
function sharedBundle({ key, place, site, sizeOf, urlOf }: FilesContext): SharedBundle | undefined {
  const { language = "" } = place;
  const folder = folderOf(key);
  const parts = folder.split("/");
  const at = key.slice(folder.length).includes(`.${language}.`) ? -1 : parts.indexOf(language);
  if (at === -1 && !key.slice(folder.length).includes(`.${language}.`)) return undefined;
  const bundle = at === -1 ? folder : parts.with(at, site.language).join("/");
  return { folder: bundle, url };

  function url(): string | undefined {
    const index = ["index.md", `index.${site.language}.md`].find((name) => sizeOf(bundle + name) !== undefined);
    const found = index === undefined ? undefined : urlOf(bundle + index);
    return found === undefined || found.endsWith("/") ? found : `${found}/`;
  }
}
