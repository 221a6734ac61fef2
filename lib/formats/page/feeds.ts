/** Feeds as pages and lists name them: the display name of each format, and their order. */
import type { Alternate, Format } from "../../model.ts";

export const FEED_NAMES: { readonly [format in Format]: string } = { rss: "RSS", atom: "Atom", json: "JSON Feed" };

/** Every reader supports RSS, and podcast apps nothing else; the fewest support JSON Feed. */
const PREFERENCE: readonly Format[] = ["rss", "atom", "json"];

export interface Feed extends Alternate {
  readonly format: Format;
}

/** The feeds among the alternates, the recommended format first. */
export function feedsAmong(alternates: readonly Alternate[]): readonly Feed[] {
  return PREFERENCE.flatMap((format) => alternates.filter((each): each is Feed => each.format === format));
}
