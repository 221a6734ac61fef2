/** Files as Jekyll's plugins and Chirpy, a theme, find them: below the base URL, or in the folder of a post's media. */
import { fromRoot } from "../../base/paths.ts";
import { textOf } from "../frontmatter/values.ts";
import { addressBelow, isRooted, isThere, namesFile, pathOf } from "./paths.ts";
import { rootedAddress, supposedAddress } from "./rooted.ts";
import { type FileRules, type FilesContext, NAMES_PATH } from "./types.ts";

/** `absolute_url` puts the base URL before files of the front matter; those of the text stay. */
export function jekyllFiles(context: FilesContext): FileRules {
  const { site } = context;
  const ofMedia = mediaFolder(context);
  if (ofMedia !== undefined) return ofMedia;
  return {
    meant(text, naming) {
      const written = naming === "front matter" ? pathOf(text) : undefined;
      if (written === undefined) return undefined;
      if (isRooted(written)) return rootedAddress(site.url, written);
      const below = fromRoot(written.path);
      if (isThere(below, context)) return addressBelow(site.url, below, written.suffix);
      return supposedAddress(site.url, written);
    },
  };
}

/** `media_subpath` is put before every picture, sound and film of a post, whether or not its path begins with a slash. */
function mediaFolder({ site, fields, textOf: textOfKey }: FilesContext): FileRules | undefined {
  const folder = textOf(fields.get("media_subpath") ?? fields.get("img_path"));
  if (folder === undefined || folder.length > LONGEST) return undefined;
  const cdn = CDN.exec(textOfKey("_config.yml") ?? "")?.[1];
  const above = slashed(cdn !== undefined && URL.canParse(cdn) ? cdn : site.url);
  const root = new URL(site.url).pathname;
  const below = (path: string) => (path.startsWith(root) ? path.slice(root.length - 1) : path);
  const base = /^https?:\/\//i.test(folder) && URL.canParse(folder) ? folder : addressBelow(above, below(folder));
  return {
    mayName: NAMES_PATH,
    meant(text, naming) {
      const written = naming === "link" ? undefined : pathOf(text);
      // The address of a frame is that of a page.
      if (written === undefined || (naming === "html" && !namesFile(written))) return undefined;
      const { path, suffix } = written;
      const isWhole = below(path).startsWith(slashed(`/${below(folder).replace(/^\/+/, "")}`));
      return isWhole ? addressBelow(above, below(path), suffix) : addressBelow(slashed(base), path, suffix);
    },
  };
}

const LONGEST = 1_000;

/** Of the site's configuration: where its media are served. */
const CDN = /^cdn:[ \t]{0,9}["']?(https?:\/\/[^\s"'#]{1,300})/m;

const slashed = (address: string): string => (address.endsWith("/") ? address : `${address}/`);
