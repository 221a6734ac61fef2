/** The properties of a post that lead elsewhere → the addresses that have lines at the beginning of its text. */
import type { Mf2Json, Properties } from "../request/types.ts";
import { isPlayed } from "./beginning/players.ts";
import { isSameAddress } from "./beginning/signs.ts";
import type { NamedAddress, ShownPage } from "./beginning/types.ts";
import { addressOf, isPage } from "./postedmedia.ts";
import { RESPONSES } from "./types.ts";

/** The pages that the post is about, then the one on which it streams: each once, and not where a player is. */
export function pagesIn(properties: Properties): readonly ShownPage[] {
  const pages = [...RESPONSES, "live"].flatMap((name) =>
    addressesOf(properties, name)
      .filter(isPage)
      .map((url) => ({ url, isStream: name === "live" })),
  );
  const isSame = (url: string) => (other: { readonly url: string }) => isSameAddress(other.url, url);
  const played = recordingsIn(properties).filter(({ url }) => isPlayed(url));
  return pages.filter(({ url }, i) => !played.some(isSame(url)) && pages.findIndex(isSame(url)) === i);
}

export function addressesIn(properties: Properties): readonly NamedAddress[] {
  const pages = pagesIn(properties).map(({ url }) => ({ property: "page", url }) as const);
  return [...recordingsIn(properties), ...pages];
}

const recordingsIn = (properties: Properties) =>
  (["video", "audio"] as const).flatMap((property) =>
    addressesOf(properties, property).map((url) => ({ property, url })),
  );

/** Without what has none; what is sent was checked before. */
const addressesOf = (properties: Properties, name: string): readonly string[] =>
  (properties.get(name) ?? []).flatMap((value: Mf2Json) => addressOf(value) ?? []);
