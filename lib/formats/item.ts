/**
 * What the renderers of feeds share: serialising items once, the terms that an entry is filed under, its main media.
 */

import { escapeText } from "../base/text.ts";
import { isRecording } from "../content/facts/mime.ts";
import { targetLine } from "../content/target.ts";
import type { Media } from "../model.ts";
import { footerOf } from "./footer.ts";
import { xmlAttribute } from "./form.ts";
import { namedOf } from "./named.ts";
import type { Item, ItemSite, SerialisedItem } from "./types.ts";

/**
 * Memoises `serialise` by the identity of item and site: an item is serialised once, however many channels carry it, and not
 * at all where it comes serialised, of which `pick` takes what this is.
 */
export function oncePerItem<Serialised>(
  serialise: (item: Item, site: ItemSite) => Serialised,
  pick: (item: SerialisedItem) => Serialised | undefined = () => undefined,
): (item: Item, site: ItemSite) => Serialised {
  const cache = new WeakMap<Item, { readonly site: ItemSite; readonly serialised: Serialised }>();
  return (item, site) => {
    const before = item.serialised?.site === site ? pick(item.serialised) : undefined;
    if (before) return before;
    const cached = cache.get(item);
    if (cached?.site === site) return cached.serialised;
    const serialised = serialise(item, site);
    cache.set(item, { site, serialised });
    return serialised;
  };
}

/** What an item carries as HTML; nothing where its summary, which is plain text, is all of it. */
export function carriedHtml(item: Item, site: ItemSite): string | undefined {
  const { html, lead, summary, external } = item.entry;
  const carried = (item.content === "full" ? html : lead) || undefined;
  const footer = footerOf(item, site);
  if (footer === undefined || carried !== undefined || item.content === "full") return joined(carried, footer);
  return joined(summary && `<p>${escapeText(summary)}</p>`, external && targetLine(external), footer);
}

const joined = (...parts: readonly (string | undefined)[]): string | undefined =>
  parts.filter(Boolean).join("\n") || undefined;

/** A tag, or one level of a category. */
export interface Term {
  readonly name: string;
  /** Of a category with its parents: `Drinks/Tea`. */
  readonly path: string;
  readonly kind: "tags" | "categories";
}

/** Every level of each category, each path once, then the tags that no category is named like. */
export function termsOf(facts: Item["facts"]): readonly Term[] {
  const { tags, categories } = namedOf(facts);
  const terms: Term[] = [];
  for (const parts of categories) {
    let path = "";
    for (const name of parts) {
      path = path === "" ? name : `${path}/${name}`;
      if (!terms.some((term) => term.path === path)) terms.push({ name, path, kind: "categories" });
    }
  }
  for (const name of tags) {
    if (!terms.some((term) => term.name === name)) terms.push({ name, path: name, kind: "tags" });
  }
  return terms;
}

/** The first term of each name. */
export function uniqueNames(terms: readonly Term[]): readonly Term[] {
  return terms.filter(({ name }, i) => terms.findIndex((term) => term.name === name) === i);
}

/** The scheme of each kind (RFC 4287 §4.2.2.2): the same IRI in all feeds of a site. Escaped once for all entries. */
export function schemesOf(site: ItemSite): { readonly [kind in Term["kind"]]: string } {
  const cached = schemes.get(site);
  if (cached) return cached;
  const made = { tags: xmlAttribute(`${site.feeds}tags/`), categories: xmlAttribute(`${site.feeds}categories/`) };
  schemes.set(site, made);
  return made;
}

const schemes = new WeakMap<ItemSite, { readonly [kind in Term["kind"]]: string }>();

/** The media of an RSS enclosure, of which an item has one: the first audio or video, else the first of any type. */
export function mainMedia({ media = [] }: Item["entry"]): Media | undefined {
  return media.find(isRecording) ?? media[0];
}
