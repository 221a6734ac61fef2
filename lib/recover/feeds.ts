/** A published feed → what it says of its posts. Lenient: an older Dripfeed, or half a document, may have written it. */
import { Parser } from "htmlparser2";
import { instantOf } from "../content/facts/dates.ts";
import type { Format, Instant, Tombstone } from "../model.ts";

/** A post as one document tells of it. */
export interface FeedEntry {
  readonly id: string;
  /** Of an RSS guid: said to be the post's address. */
  readonly isPermaLink?: boolean;
  readonly title: string;
  readonly url: string;
  readonly published?: Instant;
  readonly updated?: Instant;
  readonly language?: string;
  readonly authors: readonly string[];
  readonly tags: readonly string[];
  readonly categories: readonly (readonly string[])[];
}

export interface FeedRead {
  /** Dripfeed says that it wrote it; JSON feeds name no generator. */
  readonly isMarked: boolean;
  /** Where it says that it is served. */
  readonly self?: string;
  /** Atom's. */
  readonly id?: string;
  readonly updated?: Instant;
  readonly podcastGuid?: string;
  /** It carries all that its channel has (RFC 5005 §2). */
  readonly isComplete: boolean;
  readonly entries: readonly FeedEntry[];
  readonly deleted: readonly Tombstone[];
}

/** Nothing of what is no feed of that format. Never throws. */
export function readFeed(format: Format, text: string): FeedRead | undefined {
  return format === "json" ? readJson(text) : readXml(format, text);
}

// ── RSS and Atom ───────────────────────────────────────────────────────────────────────────────────────────────────

type Attributes = { readonly [name: string]: string };

interface Draft {
  readonly texts: { [name: string]: string };
  url: string;
  isPermaLink: boolean;
  language: string | undefined;
  readonly authors: string[];
  readonly terms: { readonly name: string; readonly scheme: string }[];
}

/** Where each format keeps it, as a path from the root: the elements whose text is wanted. */
const WANTED: { readonly [format in "rss" | "atom"]: { readonly [path: string]: string } } = {
  atom: {
    "feed/id": "id",
    "feed/updated": "updated",
    "feed/generator": "generator",
    "feed/entry/id": "id",
    "feed/entry/title": "title",
    "feed/entry/published": "published",
    "feed/entry/updated": "updated",
    "feed/entry/author/name": "author",
  },
  rss: {
    "rss/channel/lastBuildDate": "updated",
    "rss/channel/generator": "generator",
    "rss/channel/podcast:guid": "podcast",
    "rss/channel/item/guid": "id",
    "rss/channel/item/title": "title",
    "rss/channel/item/link": "url",
    "rss/channel/item/pubDate": "published",
    "rss/channel/item/dc:creator": "author",
    "rss/channel/item/dc:language": "language",
    "rss/channel/item/category": "category",
  },
};
const ENTRY = { atom: "feed/entry", rss: "rss/channel/item" } as const;
const ROOT = { atom: "feed", rss: "rss" } as const;

function readXml(format: "rss" | "atom", xml: string): FeedRead | undefined {
  const wanted = WANTED[format];
  const path: string[] = [];
  const head: { [name: string]: string } = {};
  const entries: FeedEntry[] = [];
  const deleted: Tombstone[] = [];
  let isFeed = false;
  let isComplete = false;
  let self: string | undefined;
  let draft: Draft | undefined;
  let text: string | undefined;
  let scheme = "";

  const see = (at: string, attributes: Attributes) => {
    const { rel = "alternate", href = "", term, ref, when } = attributes;
    switch (at) {
      case ENTRY[format]:
        draft = { texts: {}, url: "", isPermaLink: false, language: attributes["xml:lang"], authors: [], terms: [] };
        break;
      case "feed/link":
      case "rss/channel/atom:link":
        if (rel === "self") self = href;
        break;
      case "feed/entry/link":
        if (draft && rel === "alternate") draft.url = href;
        break;
      case "feed/entry/category":
        if (term !== undefined) draft?.terms.push({ name: term, scheme: attributes["scheme"] ?? "" });
        break;
      case "rss/channel/item/category":
        scheme = attributes["domain"] ?? "";
        break;
      case "rss/channel/item/guid":
        if (draft) draft.isPermaLink = attributes["isPermaLink"] === "true";
        break;
      case "feed/at:deleted-entry": {
        const moment = instantBy(when);
        if (ref && moment) deleted.push({ id: ref, when: moment });
        break;
      }
      case "feed/fh:complete":
      case "rss/channel/fh:complete":
        isComplete = true;
    }
  };
  const end = (at: string) => {
    if (at === ENTRY[format]) {
      const entry = draft && entryOf(draft);
      if (entry) entries.push(entry);
      draft = undefined;
    }
    const name = wanted[at];
    if (text === undefined || name === undefined) return;
    const value = text.trim();
    text = undefined;
    if (name === "author") draft?.authors.push(value);
    else if (name === "category") draft?.terms.push({ name: value, scheme });
    else (draft?.texts ?? head)[name] ??= value;
  };

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (path.length === 0 && name === ROOT[format]) isFeed = true;
        path.push(name);
        const at = path.join("/");
        see(at, attributes);
        text = wanted[at] === undefined ? undefined : "";
      },
      ontext(piece) {
        if (text !== undefined) text += piece;
      },
      onclosetag() {
        end(path.join("/"));
        path.pop();
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(xml);
  if (!isFeed) return undefined;
  const updated = instantBy(head["updated"]);
  return {
    ...{ isMarked: head["generator"] === "Dripfeed", isComplete, entries, deleted },
    ...(self !== undefined && { self }),
    ...(head["id"] && { id: head["id"] }),
    ...(updated !== undefined && { updated }),
    ...(head["podcast"] && { podcastGuid: head["podcast"] }),
  };
}

function entryOf({ texts, url, isPermaLink, language, authors, terms }: Draft): FeedEntry | undefined {
  const { id } = texts;
  if (!id) return undefined;
  const [published, updated] = [instantBy(texts["published"]), instantBy(texts["updated"])];
  const spoken = language ?? texts["language"];
  const isCategory = ({ scheme }: Draft["terms"][number]) => scheme.endsWith("categories/");
  const paths = terms.filter(isCategory).map(({ name }) => name);
  return {
    ...{ id, title: texts["title"] ?? "", url: texts["url"] ?? url, authors },
    ...(isPermaLink && { isPermaLink }),
    ...(published !== undefined && { published }),
    ...(updated !== undefined && { updated }),
    ...(spoken && { language: spoken }),
    tags: terms.filter((term) => !isCategory(term)).map(({ name }) => name),
    // The outer ones are named too: only the innermost says all.
    categories: paths
      .filter((path) => !paths.some((other) => other.startsWith(`${path}/`)))
      .map((path) => path.split("/")),
  };
}

// ── JSON Feed ──────────────────────────────────────────────────────────────────────────────────────────────────────

function readJson(text: string): FeedRead | undefined {
  const feed = objectOf(parsed(text));
  if (!feed || !textOf(feed["version"])?.startsWith("https://jsonfeed.org/version/")) return undefined;
  const self = textOf(feed["feed_url"]);
  const entries = listOf(feed["items"]).flatMap((value): readonly FeedEntry[] => {
    const item = objectOf(value);
    const id = textOf(item?.["id"]);
    if (!item || !id) return [];
    const [published, updated] = [instantBy(item["date_published"]), instantBy(item["date_modified"])];
    const language = textOf(item["language"]);
    return [
      {
        ...{ id, title: textOf(item["title"]) ?? "", url: textOf(item["url"]) ?? "", categories: [] },
        ...(published !== undefined && { published }),
        ...(updated !== undefined && { updated }),
        ...(language && { language }),
        authors: listOf(item["authors"]).flatMap((author) => textOf(objectOf(author)?.["name"]) ?? []),
        tags: listOf(item["tags"]).flatMap((tag) => textOf(tag) ?? []),
      },
    ];
  });
  return { isMarked: false, isComplete: false, entries, deleted: [], ...(self && { self }) };
}

// ── Values that may be anything ────────────────────────────────────────────────────────────────────────────────────

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const objectOf = (value: unknown): { readonly [name: string]: unknown } | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as { readonly [name: string]: unknown })
    : undefined;

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

function instantBy(value: unknown): Instant | undefined {
  const date = typeof value === "string" && value !== "" ? new Date(value) : undefined;
  return date && !Number.isNaN(date.getTime()) ? instantOf(date) : undefined;
}
