/** What an entry shows besides its text: its picture, recordings and other files, a stream, an episode, films and photos above. */
import { present } from "../../base/optional.ts";
import type { ReportProblem } from "../../base/problems.ts";
import type { DialectName, Instant, Media, Post } from "../../model.ts";
import { prefixed } from "../../site/media.ts";
import type { Site } from "../../site/types.ts";
import type { Fields } from "../frontmatter/values.ts";
import type { NotedFacts } from "../outside.ts";
import { pictureInBundle } from "./bundle.ts";
import { readEpisode } from "./episode.ts";
import type { PostLocation } from "./files.ts";
import { readFilms } from "./films.ts";
import { readImage, readPhotos } from "./image.ts";
import { readLive } from "./live.ts";
import { mediaInText, QUIET, readMedia } from "./media.ts";
import { isRecording } from "./mime.ts";
import { printed } from "./printed.ts";

interface Places {
  readonly key: string;
  readonly dialect: DialectName;
  readonly site: Site;
  readonly published: Instant;
  readonly outside: NotedFacts;
  readonly location: PostLocation;
  readonly playing: PostLocation;
}

export function readShown(
  { fields, markdown }: { readonly fields: Fields; readonly markdown: string },
  { key, dialect, site, published, outside, location, playing }: Places,
  report: ReportProblem,
): Pick<Post, "image" | "media" | "live" | "episode" | "above"> {
  const inBundle = dialect === "hugo" ? () => pictureInBundle(fields, key, outside) : undefined;
  const image = readImage(fields, location, report, inBundle);
  const named = readMedia(fields, location, report);
  const played = named.length > 0 || fields.has("live") ? [] : mediaInText(markdown, fields, playing);
  const media = [...named, ...played];
  const live = readLive(fields, { published, timezone: site.timezone, media }, location, report);
  const told = readEpisode(fields, media, site, location, played.length > 0 ? QUIET : report);
  const episode = told?.subtitle === undefined ? told : { ...told, subtitle: printed(told.subtitle, dialect) };
  const above = [...readFilms(fields), ...readPhotos(fields, dialect, location)];
  return {
    ...present({ image, live, episode, above: above.length > 0 ? above : undefined }),
    media: media.map((each) => counted(each, site.enclosurePrefix)),
  };
}

/** Sound and video by way of the service that counts them; it redirects to their own address. */
function counted(media: Media, prefix: string | undefined): Media {
  if (prefix === undefined || !isRecording(media)) return media;
  const alternates = media.alternates.map((each) => ({ ...each, url: prefixed(each.url, prefix) }));
  return { ...media, url: prefixed(media.url, prefix), alternates };
}
