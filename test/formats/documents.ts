/**
 * What the tests of the formats share: sample documents with overrides, and strict parsers that read documents back.
 */
import { type SaxesAttributeNS, SaxesParser } from "saxes";
import { present } from "../../lib/base/optional.ts";
import type { Channel } from "../../lib/channels/types.ts";
import { atomPieces } from "../../lib/formats/atom.ts";
import { jsonPieces } from "../../lib/formats/json.ts";
import { bytesOf, type Piece } from "../../lib/formats/pieces.ts";
import { rssPieces } from "../../lib/formats/rss.ts";
import { partsOfSite } from "../../lib/formats/siteparts.ts";
import type { AtomDocument, Item, JsonDocument, RssDocument } from "../../lib/formats/types.ts";
import type { Entry, Facts, LiveStatus, Media } from "../../lib/model.ts";
import type { Podcast, Site } from "../../lib/site/types.ts";
import { siteOf } from "../content/helpers.ts";

const asText =
  <Document>(piecesOf: (document: Document) => readonly Piece[]) =>
  (document: Document): string =>
    new TextDecoder().decode(bytesOf(piecesOf(document)));

export const renderRss = asText(rssPieces);
export const renderAtom = asText(atomPieces);
export const renderJson = asText(jsonPieces);

export interface ItemParts {
  readonly facts?: Partial<Facts>;
  readonly entry?: Partial<Entry>;
  readonly content?: Item["content"];
  readonly live?: LiveStatus;
}

export function itemOf({ facts, entry, content = "full", live }: ItemParts = {}): Item {
  return {
    facts: {
      id: "tag:example.com,2020:posts/a",
      title: "A post",
      url: "https://example.com/a/",
      language: "en",
      published: "2020-10-15T00:20:25Z",
      updated: "2021-01-02T03:04:05Z",
      sourceDigest: "s",
      wordsDigest: "w",
      inputHash: "h",
      tags: [],
      categories: [],
      authors: [],
      size: 100,
      ...facts,
    },
    entry: { title: "A post", language: "en", authors: [], html: "<p>Words.</p>", summary: "Words.", ...entry },
    content,
    ...present({ live }),
  };
}

/** What a feed of any format is drawn from. */
type AnyFeed = RssDocument & AtomDocument & JsonDocument;

export interface DocumentParts
  extends Partial<Pick<AnyFeed, "id" | "self" | "updated" | "deleted" | "isComplete" | "history">> {
  readonly site?: Partial<Site>;
  readonly channel?: Partial<Channel>;
  readonly items?: readonly ItemParts[];
  readonly podcast?: Partial<RssDocument["podcast"]>;
}

export function documentOf({ site, channel, items = [{}], podcast, ...overrides }: DocumentParts = {}): AnyFeed {
  const whole = siteOf({ title: "Notes", url: "https://example.com/", feeds: "https://feeds.example.com/", ...site });
  const { rss, atom, json } = partsOfSite(whole);
  return {
    site: { ...rss, ...atom, ...json },
    channel: {
      title: "Notes",
      description: "Of a field",
      language: "en",
      ...channel,
    },
    isArchive: channel?.kind === "archive",
    id: "tag:example.com,2020:feeds:site",
    updated: "2021-01-02T03:04:05Z",
    self: "https://feeds.example.com/self",
    deleted: [],
    isComplete: false,
    history: {},
    items: items.map(itemOf),
    ...present({
      podcast: podcast && { ...podcastOf(), guid: "917393e3-1b1e-5cef-ace4-edaa54e1f810", ...podcast },
      icon: podcast?.image ?? whole.icon,
    }),
    ...overrides,
  };
}

export function podcastOf(): Podcast {
  return {
    channel: "site",
    isLimited: false,
    medium: "podcast",
    categories: [["Technology"]],
    explicit: false,
    type: "episodic",
    funding: [],
    persons: [],
  };
}

export function mediaOf(overrides: Partial<Media> = {}): Media {
  return {
    url: "https://example.com/a.mp3",
    type: "audio/mpeg",
    length: 1234,
    medium: "audio",
    alternates: [],
    ...overrides,
  };
}

/** A video in landscape, with an alternate in portrait. */
export const VIDEO = mediaOf({
  url: "https://example.com/a.mp4",
  type: "video/mp4",
  length: 5_000_000,
  medium: "video",
  title: "A walk",
  duration: 42,
  width: 1920,
  height: 1080,
  bitrate: 2_500_000,
  thumbnail: "https://example.com/a.jpg",
  alternates: [
    {
      url: "https://example.com/a-upright.mp4",
      type: "video/mp4",
      length: 3_000_000,
      title: "Upright",
      width: 1080,
      height: 1920,
      bitrate: 1_500_000,
    },
  ],
});

export const rssOf = (parts?: DocumentParts): string => wellFormed(renderRss(documentOf(parts)));
export const atomOf = (parts?: DocumentParts): string => wellFormed(renderAtom(documentOf(parts)));
export const jsonOf = (parts?: DocumentParts) => JSON.parse(renderJson(documentOf(parts)));

/** The XML itself, if a strict parser with namespaces accepts it. */
export function wellFormed(xml: string): string {
  elementsOf(xml);
  return xml;
}

export interface ParsedElement {
  readonly name: string;
  readonly uri: string;
  readonly attributes: { readonly [name: string]: string };
  readonly parent: string;
  text: string;
}

/** Every element in document order; if a name is given, those of that name. */
export function elementsOf(xml: string, name?: string): readonly ParsedElement[] {
  const parser = new SaxesParser({ xmlns: true });
  const found: ParsedElement[] = [];
  const open: ParsedElement[] = [];
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", (tag) => {
    const attributes = Object.values(tag.attributes).map((a: SaxesAttributeNS) => [a.name, a.value] as const);
    const parent = open.at(-1)?.name ?? "";
    const one = { name: tag.name, uri: tag.uri, attributes: Object.fromEntries(attributes), parent, text: "" };
    open.push(one);
    found.push(one);
  });
  const onText = (text: string) => {
    const one = open.at(-1);
    if (one) one.text += text;
  };
  parser.on("text", onText);
  parser.on("cdata", onText);
  parser.on("closetag", () => {
    open.pop();
  });
  parser.write(xml).close();
  return name === undefined ? found : found.filter((one) => one.name === name);
}

export const attributesOf = (xml: string, name: string) => elementsOf(xml, name).map(({ attributes }) => attributes);
export const textsOf = (xml: string, name: string) => elementsOf(xml, name).map(({ text }) => text);
