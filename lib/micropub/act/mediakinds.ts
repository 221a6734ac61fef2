/** What a post shows of the site's own media as a picture, sound or video is one, by its name. */
import { MEDIA } from "../../base/served.ts";
import { contentTypeOf } from "../../content/facts/mime.ts";
import type { Site } from "../../site/types.ts";
import { assertKind } from "../media/store.ts";
import { kindNamed } from "../media/types/kinds.ts";
import type { Posted } from "../post/types.ts";

/**
 * Throws an `HttpError` for a picture among recordings, and a recording among pictures. A sound and a video may have the same
 * container, and what is on other sites need not say by its name what it is.
 */
export function assertKinds({ photos, videos, audios }: Posted, site: Site): void {
  const shown = [
    ["image", photos],
    ["video", videos],
    ["audio", audios],
  ] as const;
  for (const [wanted, files] of shown) {
    for (const { url } of files) {
      const kind = kindOf(url, site);
      if (kind !== undefined && (kind === "image") !== (wanted === "image")) assertKind(kind, wanted, url);
    }
  }
}

function kindOf(url: string, { media }: Site) {
  if (!url.startsWith(media + MEDIA)) return undefined;
  const kind = kindNamed(contentTypeOf(url));
  return kind === "other" ? undefined : kind;
}
