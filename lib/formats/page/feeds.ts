/** Feeds as pages and lists name them: the display name of each format, and their order. */

import type { Format } from "../../model.ts";
import type { Alternate } from "../types.ts";

export const FEED_NAMES: { readonly [format in Format]: string } = { rss: "RSS", atom: "Atom", json: "JSON Feed" };

/** Every reader supports RSS, and podcast apps nothing else; the fewest support JSON Feed. */
const PREFERENCE: readonly Format[] = ["rss", "atom", "json"];

export interface FeedAlternate extends Alternate {
  readonly format: Format;
}

/** The feeds among the alternates, the recommended format first. */
export function feedsAmong(alternates: readonly Alternate[]): readonly FeedAlternate[] {
  return PREFERENCE.flatMap((format) => alternates.filter((each): each is FeedAlternate => each.format === format));
}
