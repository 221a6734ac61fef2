/** Media RSS 1.5.1 (rssboard.org/media-rss): what there is to hear, to watch and to look at, in all its forms. */
import type { Entry, Media, Rendition } from "../../model.ts";
import { element, textElement, type XmlElement } from "../element.ts";

export function mediaElements(entry: Entry): readonly XmlElement[] {
  return [...(entry.media ?? []).map(mediaElement), ...thumbnail(entry.image)];
}

/** What is seen of an entry: its picture, else that of its first video. */
export function thumbnailElement({ image, media = [] }: Entry): readonly XmlElement[] {
  return thumbnail(image ?? media.find((one) => one.thumbnail !== undefined)?.thumbnail);
}

/** One form by itself, several as a group. */
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

/** In a group, a form says only what it is called itself. */
function titled(form: Rendition, media: Media): readonly XmlElement[] {
  return form === media ? [] : textElement("media:title", form.title);
}

/** A video may have a form that is heard only. */
function mediumOf({ type }: Rendition, { medium }: Media): string {
  return /^(?:audio|video|image)(?=\/)/.exec(type)?.[0] ?? medium;
}

const thumbnail = (url: string | undefined): readonly XmlElement[] =>
  url === undefined ? [] : [element("media:thumbnail", { url })];
