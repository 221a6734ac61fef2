/** One walk over an RSS or Atom document → the texts, links and attributes of its channel and of each entry. */
import { Parser } from "htmlparser2";
import { xmlSafe } from "../base/text.ts";

import type { Format, Tombstone } from "../model.ts";
import { type FeedTerm, instantOfFeed } from "./feed.ts";

/** Root elements, by local name in lower case. */
const FORMAT_OF_ROOT: ReadonlyMap<string, Format> = new Map([
  ["feed", "atom"],
  ["rss", "rss"],
  ["rdf", "rss"],
]);

/** The prefix by which each namespace is known here, whichever the document declares for it. */
const PREFIXES: ReadonlyMap<string, string> = new Map([
  ["http://www.w3.org/2005/Atom", "atom"],
  ["http://purl.org/atom/ns#", "atom"],
  ["http://purl.org/rss/1.0/", "rss"],
  ["http://purl.org/dc/elements/1.1/", "dc"],
  ["http://purl.org/syndication/history/1.0", "fh"],
  ["http://purl.org/atompub/tombstones/1.0", "at"],
  ["https://podcastindex.org/namespace/1.0", "podcast"],
]);

/** Elements whose text is kept, as paths below the channel or the entry. Formats share no name for different things. */
const TEXTS: ReadonlySet<string> = new Set([
  ...["id", "guid", "title", "link", "generator", "podcast:guid", "category"],
  ...["published", "issued", "created", "pubdate", "dc:date", "updated", "modified", "lastbuilddate"],
  ...["author/name", "dc:creator", "dc:language"],
]);

type Attributes = { readonly [name: string]: string };

/** What the document says of the channel, or of one entry. */
export interface EntryDraft {
  readonly attributes: Attributes;
  /** The first text of each element that is not blank. */
  readonly texts: Map<string, string>;
  readonly links: Link[];
  readonly authors: string[];
  readonly terms: FeedTerm[];
  isPermaLink: boolean;
}

interface Link {
  readonly rel: string;
  readonly href: string;
}

const draftOf = (attributes: Attributes): EntryDraft => {
  return { attributes, texts: new Map(), links: [], authors: [], terms: [], isPermaLink: true };
};

export interface WalkedFeed {
  readonly format: Format;
  readonly head: EntryDraft;
  readonly entries: readonly EntryDraft[];
  readonly deleted: readonly Tombstone[];
  readonly isComplete: boolean;
  /** The document ends within an entry; or it has no entry, and tags that are not closed. */
  readonly isBroken: boolean;
}

/** Places in the document that are no element with text. Children of any other place are not read. */
const CHANNEL = "(channel)";
const ENTRY = "(entry)";

/** Nothing if the root is not that of a feed, or has no content. Never throws. */
export function walkXmlFeed(xml: string): WalkedFeed | undefined {
  const prefixes = new Map<string, string>();
  /** Of each open element. */
  const places: (string | undefined)[] = [];
  const entries: EntryDraft[] = [];
  const deleted: Tombstone[] = [];
  let format: Format | undefined;
  let head = draftOf({});
  let draft = head;
  let isEmpty = true;
  let isComplete = false;
  let text: string | undefined;
  let textAttributes: Attributes = {};
  let isCdata = false;
  let isUnbalanced = false;

  function declare(attribute: string, namespace = ""): void {
    const prefix = PREFIXES.get(namespace);
    if (prefix !== undefined) prefixes.set(attribute.slice("xmlns:".length), prefix);
  }

  /** The local name where its namespace is that of the feed itself. */
  function nameOf(name: string): string {
    const colon = name.indexOf(":");
    if (colon < 0) return name;
    const prefix = name.slice(0, colon);
    const known = prefixes.get(prefix) ?? prefix;
    const local = name.slice(colon + 1);
    return known === "atom" || known === "rss" ? local : `${known}:${local}`;
  }

  function placeOf(name: string, attributes: Attributes): string | undefined {
    if (places.length === 0) {
      if (format) return undefined; // a second root
      format = FORMAT_OF_ROOT.get(name.slice(name.indexOf(":") + 1));
      if (format) head = draft = draftOf(attributes);
      return format && CHANNEL;
    }
    const parent = places.at(-1);
    if (parent === "author") return `author/${nameOf(name)}`;
    if (parent !== CHANNEL && parent !== ENTRY) return undefined;
    const own = nameOf(name);
    if (own === "channel") return CHANNEL;
    isEmpty = false;
    if (parent === CHANNEL && (own === "entry" || own === "item")) return ENTRY;
    return own;
  }

  function enter(place: string | undefined, attributes: Attributes): void {
    if (place === ENTRY) {
      draft = draftOf(attributes);
      entries.push(draft);
    } else if (place === "link" && attributes["href"] !== undefined) {
      draft.links.push({ rel: attributes["rel"] ?? "alternate", href: attributes["href"] });
    } else if (place === "guid") {
      draft.isPermaLink = !/^\s*false\s*$/i.test(attributes["ispermalink"] ?? "");
    } else if (place === "fh:complete") {
      isComplete = true;
    } else if (place === "at:deleted-entry") {
      const when = instantOfFeed(attributes["when"]);
      if (attributes["ref"] && when) deleted.push({ id: attributes["ref"], when });
    }
  }

  function keepText(place: string, written: string): void {
    const value = written.trim();
    if (place === "category") {
      const name = textAttributes["term"] ?? value;
      const scheme = textAttributes["scheme"] ?? textAttributes["domain"] ?? "";
      if (name !== "") draft.terms.push({ name, scheme });
    } else if (value === "") {
      return;
    } else if (place === "author/name" || place === "dc:creator") {
      draft.authors.push(value);
    } else if (!draft.texts.has(place)) {
      // Of an id every character counts; a carriage return can only have come from a reference.
      const isId = place === "id" || place === "guid";
      draft.texts.set(place, isId ? written.split("\r").map(xmlSafe).join("\r") : value);
    }
  }

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        for (const attribute in attributes)
          if (attribute.startsWith("xmlns:")) declare(attribute, attributes[attribute]);
        const place = placeOf(name, attributes);
        places.push(place);
        enter(place, attributes);
        if (place === undefined || !TEXTS.has(place)) return;
        text = "";
        textAttributes = attributes;
      },
      oncdatastart() {
        isCdata = true;
      },
      oncdataend() {
        isCdata = false;
      },
      ontext(piece) {
        if (text !== undefined) text += isCdata ? piece : withHtmlEntities(piece);
      },
      onclosetag(_, isImplied) {
        isUnbalanced ||= isImplied;
        const place = places.pop();
        if (place === ENTRY) draft = head;
        if (text === undefined || place === undefined) return;
        keepText(place, text);
        text = undefined;
      },
    },
    { xmlMode: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  // XML 1.0 §2.11: a line end is a line feed before anything is parsed.
  parser.write(xml.includes("\r") ? xml.replace(/\r\n?/g, "\n") : xml);
  const isOpen = places.length > 0;
  const isWithinEntry = draft !== head;
  parser.end();
  const isBroken = isWithinEntry || (entries.length === 0 && (isOpen || isUnbalanced));
  return format && !isEmpty ? { format, head, entries, deleted, isComplete, isBroken } : undefined;
}

/** Entities that only HTML defines are errors in XML, which readers of feeds forgive. A lone `&` has been decoded. */
const withHtmlEntities = (piece: string): string => piece.replace(/&[a-z][a-z\d]*;/gi, textOfHtml);

/** The text of HTML, its entities decoded and its tags left out. */
export function textOfHtml(html: string): string {
  if (!/[&<]/.test(html)) return html;
  let text = "";
  new Parser({
    ontext: (piece) => {
      text += piece;
    },
  }).end(html);
  return text;
}
