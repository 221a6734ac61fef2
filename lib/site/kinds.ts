/** The kinds of channels that every site has, in the order in which channels are made. */
import type { FixedKind, Kind, OwnKind } from "../model.ts";

export const FIXED_KINDS = [
  "tags",
  "categories",
  "authors",
  "languages",
  "sections",
] as const satisfies readonly FixedKind[];

/** With the taxonomies that the owner names. */
export const kindsWith = (own: readonly OwnKind[]): readonly Kind[] => [...FIXED_KINDS, ...own];

export const isFixedKind = (kind: Kind): kind is FixedKind => (FIXED_KINDS as readonly Kind[]).includes(kind);
