/** RSS and Atom → a `Feed`. */
import { present } from "../base/optional.ts";
import type { Format, Instant } from "../model.ts";
import { type Feed, type FeedEntry, instantOfFeed, resolveLink } from "./feed.ts";
import { type EntryDraft, walkXmlFeed } from "./xmlwalk.ts";

/** Nothing if it is not a feed. Never throws. `address`: where the document was fetched from. */
export function readXmlFeed(xml: string, address?: string): Feed | undefined {
  const walked = walkXmlFeed(xml);
  if (!walked) return undefined;
  const { format, head, entries, deleted, isComplete, isBroken } = walked;
  const base = resolveLink(head.attributes["xml:base"], address) ?? address ?? linkOf(head);
  const of = (rel: string) => head.links.find((link) => link.rel === rel)?.href;
  return {
    format,
    ...present({
      id: format === "atom" ? head.texts.get("id") : undefined,
      generator: head.texts.get("generator"),
      podcastGuid: head.texts.get("podcast:guid"),
      self: of("self"),
      next: resolveLink(of("next") ?? of("prev-archive"), base),
      updated: dateOf(head, ["lastbuilddate", "updated", "modified"]),
    }),
    isComplete,
    ...present({ isBroken: isBroken || undefined }),
    entries: entries.map((draft) => entryOf(format, draft, base)),
    deleted,
  };
}

function entryOf(format: Format, draft: EntryDraft, base: string | undefined): FeedEntry {
  const { attributes, texts, authors, terms } = draft;
  // RSS 1.0 has no guid: readers know an item by its `rdf:about`.
  const id = format === "atom" ? texts.get("id") : texts.get("guid") || attributes["rdf:about"] || undefined;
  const isPermaLink = format === "rss" && draft.isPermaLink && texts.has("guid") && /^\s*https?:\/\//i.test(id ?? "");
  const link = resolveLink(linkOf(draft), resolveLink(attributes["xml:base"], base) ?? base);
  return {
    ...present({
      id,
      isPermaLink: isPermaLink || undefined,
      link: link ?? (isPermaLink ? id?.trim() : undefined),
      title: texts.get("title"),
      published: dateOf(draft, ["published", "issued", "created", "pubdate", "dc:date"]),
      updated: dateOf(draft, ["updated", "modified"]),
      language: (attributes["xml:lang"] ?? texts.get("dc:language")) || undefined,
    }),
    authors,
    terms,
  };
}

const linkOf = ({ texts, links }: EntryDraft): string | undefined =>
  texts.get("link") ?? links.find(({ rel }) => rel === "alternate")?.href;

function dateOf({ texts }: EntryDraft, names: readonly string[]): Instant | undefined {
  const name = names.find((each) => texts.has(each));
  return name === undefined ? undefined : instantOfFeed(texts.get(name));
}
