/** What pages and lists say of a feed's format: its name, and which one comes first. */
import type { Alternate, Format } from "../../model.ts";

export const FEED_NAMES: { readonly [format in Format]: string } = { rss: "RSS", atom: "Atom", json: "JSON Feed" };

/** Every reader takes RSS, and podcast apps take nothing else; Atom comes before JSON, which the fewest know. */
const PREFERENCE: readonly Format[] = ["rss", "atom", "json"];

export interface Feed extends Alternate {
  readonly format: Format;
}

/** The feeds among them, the one to recommend first. */
export function feedsAmong(alternates: readonly Alternate[]): readonly Feed[] {
  return PREFERENCE.flatMap((format) => alternates.filter((each): each is Feed => each.format === format));
}
