/**
 * Podcasts: Apple's elements (podcasters.apple.com/support/823) and the podcast namespace
 * (podcastindex.org/namespace/1.0).
 */

import { isRecording } from "../../content/facts/mime.ts";
import type { Entry, Media, Person, Rendition } from "../../model.ts";
import { element, textElement, type XmlElement } from "../element.ts";
import { mainMedia } from "../item.ts";
import type { RssDocument } from "../types.ts";

// ── The channel ────────────────────────────────────────────────────────────────────────────────────────────────────

export function podcastElements({ site, podcast }: RssDocument): readonly XmlElement[] {
  if (!podcast) return [];
  const { owner, locked, complete } = podcast;
  const author = podcast.author ?? site.author.name;
  return [
    ...textElement("itunes:author", author),
    ...(owner
      ? [
          element("itunes:owner", {}, [
            ...textElement("itunes:name", owner.name ?? author),
            ...textElement("itunes:email", owner.email),
          ]),
        ]
      : []),
    ...picture(podcast.image ?? site.icon ?? site.image),
    ...podcast.categories.map(categoryElement),
    ...textElement("itunes:explicit", String(podcast.explicit)),
    ...textElement("itunes:type", podcast.type),
    ...textElement("itunes:new-feed-url", podcast.newFeedUrl),
    ...(complete ? textElement("itunes:complete", "Yes") : []),
    ...textElement("podcast:guid", podcast.guid),
    ...textElement("podcast:medium", podcast.medium),
    ...(locked === undefined ? [] : [element("podcast:locked", { owner: owner?.email }, locked ? "yes" : "no")]),
    ...podcast.funding.map(({ url, text }) => element("podcast:funding", { url }, text)),
    ...podcast.persons.map(personElement),
  ];
}

function categoryElement([text = "", ...inner]: readonly string[]): XmlElement {
  return element("itunes:category", { text }, inner.length > 0 ? [categoryElement(inner)] : undefined);
}

// ── An episode ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** Of every entry with audio or video, in podcasts or not: apps subscribe to any feed with enclosures. */
export function episodeElements(entry: Entry): readonly XmlElement[] {
  const { episode, image } = entry;
  const main = mainMedia(entry);
  const hasRecording = main !== undefined && isRecording(main);
  if (!episode && !hasRecording) return [];
  const { number, season, explicit } = episode ?? {};
  return [
    ...textElement("itunes:duration", main?.duration === undefined ? undefined : Math.round(main.duration)),
    ...textElement("itunes:season", positiveInteger(season)),
    ...textElement("itunes:episode", positiveInteger(number)),
    ...textElement("itunes:episodeType", episode?.type),
    ...textElement("itunes:explicit", explicit === undefined ? undefined : String(explicit)),
    ...textElement("itunes:subtitle", episode?.subtitle),
    ...picture(image),
    ...textElement("podcast:season", positiveInteger(season)),
    ...textElement("podcast:episode", number),
    ...(episode?.transcripts ?? []).map(({ url, type, language }) =>
      element("podcast:transcript", { url, type, language }),
    ),
    ...(episode?.chapters ? [element("podcast:chapters", { ...episode.chapters })] : []),
    ...(episode?.persons ?? []).map(personElement),
    ...(main && hasRecording && main.alternates.length > 0 ? formElements(main) : []),
  ];
}

/** The enclosed file first, then its alternates. */
function formElements(media: Media): readonly XmlElement[] {
  return [media, ...media.alternates].map((form) => formElement(form, form === media));
}

export function formElement(form: Omit<Rendition, "width">, isDefault: boolean): XmlElement {
  const { url, type, length, title, height, bitrate } = form;
  return element(
    "podcast:alternateEnclosure",
    { type, length: length || undefined, bitrate, height, title, default: isDefault ? "true" : undefined },
    [element("podcast:source", { uri: url })],
  );
}

export function personElement({ name, role, group, image, url }: Person): XmlElement {
  return element("podcast:person", { role, group, img: image, href: url }, name);
}

export const picture = (url: string | undefined): readonly XmlElement[] =>
  url === undefined ? [] : [element("itunes:image", { href: url })];

/** Seasons, and Apple's episodes, are positive integers; `podcast:episode` may be any number. */
const positiveInteger = (number: number | undefined): number | undefined =>
  number !== undefined && Number.isInteger(number) && number > 0 ? number : undefined;
