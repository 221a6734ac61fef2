/** What the formats share of an item. */
import type { Item, Media, Site } from "../model.ts";
import { xmlAttribute } from "./form.ts";

/** Serialises an item once, however many channels of the site carry it. */
export function onceEach<Serialised>(
  serialise: (item: Item, site: Site) => Serialised,
): (item: Item, site: Site) => Serialised {
  const known = new WeakMap<Item, { readonly site: Site; readonly serialised: Serialised }>();
  return (item, site) => {
    const before = known.get(item);
    if (before?.site === site) return before.serialised;
    const serialised = serialise(item, site);
    known.set(item, { site, serialised });
    return serialised;
  };
}

/** What an entry is filed under. */
export interface Term {
  readonly name: string;
  /** A category with all that it is within, by slashes. */
  readonly path: string;
  readonly kind: "tags" | "categories";
}

/** Tags and the parts of category paths: of one kind each path once, and no tag that is the name of a category too. */
export function termsOf({ tags, categories }: Item["facts"]): readonly Term[] {
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

/** The terms, each name once. */
export function namedOnce(terms: readonly Term[]): readonly Term[] {
  return terms.filter(({ name }, i) => terms.findIndex((term) => term.name === name) === i);
}

/**
 * Of each kind the IRI within which its names mean the same in all feeds of a site; escaped, as every entry has some.
 */
export function schemesOf(site: Site): { readonly [kind in Term["kind"]]: string } {
  const known = schemes.get(site);
  if (known) return known;
  const [tags, categories] = [xmlAttribute(`${site.feeds}tags/`), xmlAttribute(`${site.feeds}categories/`)];
  schemes.set(site, { tags, categories });
  return { tags, categories };
}

const schemes = new WeakMap<Site, { readonly [kind in Term["kind"]]: string }>();

/** What an entry is played from: the first to hear or to watch, else whatever comes first. */
export function mainMedia({ media = [] }: Item["entry"]): Media | undefined {
  return media.find(isPlayed) ?? media[0];
}

export const isPlayed = ({ medium }: Media): boolean => medium === "audio" || medium === "video";
