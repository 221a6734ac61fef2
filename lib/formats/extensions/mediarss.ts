/** Media RSS 1.5.1 (rssboard.org/media-rss): audio, video and images of an entry, with their alternates. */
import { typeByName } from "../../content/facts/mime.ts";
import type { Entry, Media, Rendition } from "../../model.ts";
import { element, textElement, type XmlElement } from "../element.ts";

export function mediaElements(entry: Entry): readonly XmlElement[] {
  return [...(entry.media ?? []).map(mediaElement), ...cover(entry), ...thumbnail(entry.image)];
}

/** The entry's image; if it has none, the thumbnail of its first media that has one. */
export function pictureElements(entry: Entry): readonly XmlElement[] {
  const { image, media = [] } = entry;
  return [...cover(entry), ...thumbnail(image ?? media.find((each) => each.thumbnail !== undefined)?.thumbnail)];
}

/** For readers that show no thumbnails. An image among the media says it already. */
function cover({ image, media = [] }: Entry): readonly XmlElement[] {
  if (image === undefined) return [];
  const isShown = media.some((each) => {
    return [each, ...each.alternates].some((form) => form.url === image || mediumOf(form, each) === "image");
  });
  if (isShown) return [];
  const type = typeByName(image);
  const known = type?.startsWith("image/") ? type : undefined;
  return [element("media:content", { url: image, type: known, medium: "image" })];
}

/** Media with alternates are a group. */
function mediaElement(media: Media): XmlElement {
  const about = [...textElement("media:title", media.title), ...thumbnail(media.thumbnail)];
  if (media.alternates.length === 0) return contentElement(media, media, about);
  const forms = [media, ...media.alternates];
  return element("media:group", {}, [...forms.map((form) => contentElement(form, media)), ...about]);
}

function contentElement(form: Rendition, media: Media, about: readonly XmlElement[] = titled(form, media)): XmlElement {
  const { url, type, length, width, height, bitrate } = form;
  const attributes = {
    url,
    fileSize: length || undefined,
    type,
    medium: mediumOf(form, media),
    isDefault: form === media && media.alternates.length > 0 ? "true" : undefined,
    bitrate: bitrate && bitrate / 1000, // in kilobits
    duration: media.duration,
    height,
    width,
  };
  return element("media:content", attributes, about.length > 0 ? about : undefined);
}

/** An alternate's own title; the title of the media itself is the group's. */
function titled(form: Rendition, media: Media): readonly XmlElement[] {
  return form === media ? [] : textElement("media:title", form.title);
}

/** By its type: a video may have an alternate that is audio only. */
function mediumOf({ type }: Rendition, { medium }: Media): string {
  return /^(?:audio|video|image)(?=\/)/.exec(type)?.[0] ?? medium;
}

const thumbnail = (url: string | undefined): readonly XmlElement[] =>
  url === undefined ? [] : [element("media:thumbnail", { url })];
