/** Which objects of the content store a pull brings into a folder, by their keys. */
import { IDS_KEY, SITE_KEY } from "../base/problems.ts";
import { isMedia, isServed } from "../base/served.ts";
import { extensionOf, typeByName } from "../content/facts/mime.ts";
import { isContent } from "./files.ts";

const POSTS = /^(?:md|markdown)$/;

/**
 * Posts in Markdown, and what is beside them: never what a generator or a workflow runs, since who may write into the bucket may not
 * thereby run code where the folder is. Hidden files are none of these.
 */
export function isPulled(key: string, withMedia: boolean): boolean {
  if (!isContent(key)) return false;
  if (isMediaFile(key)) return withMedia;
  return !isServed(key) && (key === SITE_KEY || key === IDS_KEY || isMarkdown(key));
}

export const isMarkdown = (key: string): boolean => POSTS.test(extensionOf(key) ?? "");

/** A picture, sound or video, where the site's generator keeps such. */
export const isMediaFile = (key: string): boolean =>
  isMedia(key) && /^(?:image|audio|video)\//.test(typeByName(key) ?? "");
