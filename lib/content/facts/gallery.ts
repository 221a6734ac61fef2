/** A list of pictures in the front matter that the text of the post shows. */
import { present } from "../../base/optional.ts";
import { isMapValue, type Value } from "../frontmatter/types.ts";
import { type Fields, firstText } from "../frontmatter/values.ts";
import type { GalleryPicture } from "../templates/types.ts";

/** Each is an address, or has that of the picture, perhaps with one to which it leads. */
export function galleryIn(fields: Fields, key: string): readonly GalleryPicture[] {
  const value = fields.get(key.toLowerCase())?.value;
  const list: readonly Value[] = Array.isArray(value) ? value : [];
  return list.flatMap((each) => {
    if (typeof each === "string") return [{ src: each }];
    if (!isMapValue(each)) return [];
    const src = firstText(each, ["image_path", "image", "src", "url"]);
    if (src === undefined) return [];
    const href = firstText(each, ["url", "link", "href"]);
    return [{ src, ...present({ href, alt: firstText(each, ["alt"]), title: firstText(each, ["title"]) }) }];
  });
}
