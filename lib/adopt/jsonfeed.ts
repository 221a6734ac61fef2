/** JSON Feed 1.0 and 1.1 → a `Feed`. */

import { listOf, objectOf, parseJson, textOf } from "../base/json.ts";
import { present } from "../base/optional.ts";
import { type Feed, type FeedEntry, instantOfFeed, resolveLink } from "./feed.ts";

type Fields = { readonly [name: string]: unknown };

/** Nothing if it is not a JSON feed. Never throws. `address`: where it was fetched from. */
export function readJsonFeed(text: string, address?: string): Feed | undefined {
  const feed = objectOf(parseJson(text));
  if (!feed || !isJsonFeed(feed)) return undefined;
  const base = address ?? textOf(feed["home_page_url"]);
  return {
    format: "json",
    ...present({
      self: textOf(feed["feed_url"]) || undefined,
      next: resolveLink(textOf(feed["next_url"]), base),
    }),
    isComplete: false,
    entries: itemsOf(feed).flatMap((value) => {
      const item = objectOf(value);
      return item ? [entryOf(item, base)] : [];
    }),
    deleted: [],
  };
}

/** Some programs write a single item without a list. */
const itemsOf = ({ items }: Fields): readonly unknown[] => (objectOf(items) ? [items] : listOf(items));

/** Its version says so; without one, a title and items do. */
function isJsonFeed({ version, title, items }: Fields): boolean {
  return textOf(version)?.includes("jsonfeed.org/version/") ?? (textOf(title) !== undefined && Array.isArray(items));
}

/** A number is the text of it (JSON Feed 1.1, `id`). */
const wordsOf = (value: unknown): string | undefined => (typeof value === "number" ? String(value) : textOf(value));

function entryOf(item: Fields, base: string | undefined): FeedEntry {
  const id = wordsOf(item["id"]) ?? "";
  const authors = Array.isArray(item["authors"]) ? item["authors"] : [item["author"]]; // 1.0 has one author
  return {
    ...present({
      id: id.trim() === "" ? undefined : id,
      link: resolveLink(wordsOf(item["url"]), base) ?? resolveLink(wordsOf(item["external_url"]), base),
      title: wordsOf(item["title"])?.trim() || undefined,
      published: instantOfFeed(textOf(item["date_published"])),
      updated: instantOfFeed(textOf(item["date_modified"])),
      language: textOf(item["language"]) || undefined,
    }),
    authors: authors.flatMap((author) => textOf(objectOf(author)?.["name"]) ?? []),
    terms: listOf(item["tags"]).flatMap((tag) => (typeof tag === "string" ? [{ name: tag, scheme: "" }] : [])),
  };
}
