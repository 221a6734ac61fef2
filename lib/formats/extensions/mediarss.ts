/** Media RSS 1.5.1 (rssboard.org/media-rss): audio, video and images of an entry, with their alternates. */
import type { Entry, Media, Rendition } from "../../model.ts";
import { element, textElement, type XmlElement } from "../element.ts";

export function mediaElements(entry: Entry): readonly XmlElement[] {
  return [...(entry.media ?? []).map(mediaElement), ...thumbnail(entry.image)];
}

/** The entry's image, else the thumbnail of its first media that has one. */
export function thumbnailElement({ image, media = [] }: Entry): readonly XmlElement[] {
  return thumbnail(image ?? media.find((each) => each.thumbnail !== undefined)?.thumbnail);
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
