/** The picture of a post, and its photos. */
import { present } from "../../base/optional.ts";
import type { ReportProblem } from "../../base/problems.ts";
import type { Above, DialectName } from "../../model.ts";
import type { Value } from "../frontmatter/types.ts";
import { type Fields, firstText } from "../frontmatter/values.ts";
import { webUrl } from "./address.ts";
import { KEYS } from "./dialects.ts";
import { isMediaFile, type NamedFile, namedFile, type PostLocation } from "./files.ts";
import { listOf } from "./members.ts";

const IMAGE_KEYS = "image src url value path file feature teaser thumbnail relative light dark 0".split(" ");

/**
 * The first value that names a picture; flags and colours, which themes accept under the same keys, do not. Else the one
 * that `inBundle` finds, where the dialect has another way.
 */
export function readImage(
  fields: Fields,
  location: PostLocation,
  report: ReportProblem,
  inBundle: () => string | undefined = () => undefined,
): string | undefined {
  for (const key of [...KEYS.image, undefined]) {
    const field = fields.get(key ?? "resources");
    const value = key === undefined ? (inBundle() ?? null) : (field?.value ?? null);
    const picture = value === null ? undefined : pictureOf(value, location);
    if (picture && isMediaFile(picture)) location.expect(picture, "picture", report, field);
    if (picture) return picture.url;
  }
  return undefined;
}

function pictureOf(value: Value, location: PostLocation): NamedFile | undefined {
  const written = firstText(value, IMAGE_KEYS) ?? "";
  const isPicture = /^(?:https?:)?\/\//i.test(written) || /\.[a-z]{3,4}$/i.test(written.split(/[?#]/, 1)[0] ?? "");
  const url = isPicture ? webUrl(location.meant(written) ?? written, location.url) : undefined;
  return url === undefined ? undefined : (namedFile(written, location) ?? { written, url, keys: [] });
}

/** More than any post has. */
const MOST = 300;

/** The pictures that a post is about. A gallery in Jekyll is shown where the text includes it. */
export function readPhotos(fields: Fields, dialect: DialectName, location: PostLocation): readonly Above[] {
  const keys = ["photo", "photos", ...(dialect === "jekyll" ? [] : ["gallery"])];
  const values = keys.flatMap((key) => listOf(fields.get(key)?.value ?? null)).slice(0, MOST);
  return values.flatMap((value) => {
    const url = pictureOf(value, location)?.url;
    const alt = typeof value === "string" ? undefined : firstText(value, ["alt", "title", "caption"]);
    return url ? [{ medium: "photo" as const, url, ...present({ alt }) }] : [];
  });
}
