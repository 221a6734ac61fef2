/** The picture of a post. */
import type { ReportProblem } from "../../base/problems.ts";
import { type Fields, firstText } from "../frontmatter/values.ts";
import { webUrl } from "./address.ts";
import { KEYS } from "./dialects.ts";
import { isMediaFile, namedFile, type PostLocation } from "./files.ts";

const IMAGE_KEYS = [
  "image",
  "src",
  "url",
  "path",
  "file",
  "feature",
  "teaser",
  "thumbnail",
  "relative",
  "light",
  "dark",
  "0",
];

/** The first value that names a picture; flags and colours, which themes accept under the same keys, do not. */
export function readImage(fields: Fields, location: PostLocation, report: ReportProblem): string | undefined {
  for (const key of KEYS.image) {
    const field = fields.get(key);
    const written = field && firstText(field.value, IMAGE_KEYS);
    const isPicture =
      written && (/^(?:https?:)?\/\//i.test(written) || /\.[a-z]{3,4}$/i.test(written.split(/[?#]/, 1)[0] ?? ""));
    if (isPicture) {
      const image = webUrl(location.meant(written) ?? written, location.url);
      const file = image === undefined ? undefined : namedFile(written, location);
      if (file && isMediaFile(file)) location.expect(file, "picture", report, field);
      if (image !== undefined) return file?.url ?? image;
    }
  }
  return undefined;
}
