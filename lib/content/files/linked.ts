/** Another post's file → its URL, where that does not depend on what is in the file. */

import { percentDecoded, withoutEnding } from "../../base/text.ts";
import { namesDate, permalinkPattern } from "../../site/permalink.ts";
import type { Site } from "../../site/types.ts";
import { addressOf } from "../facts/address.ts";
import { parseDate } from "../facts/dates.ts";
import { placeOf } from "../facts/place.ts";

/** Parts that only the other file has: a pattern with one of these cannot be filled in without reading it. */
const UNKNOWN = /:(?:abbrlink|id|hash|timestamp|post_title|categor|slugified_categories)/;

/** The most characters of the name of a file, each of which may be percent-encoded as up to twelve. */
const LONGEST = 12 * 1024;

/** Names are `other.md` beside `key`, or `/posts/other.md`. */
export function linkResolver(key: string, site: Site): (reference: string) => string | undefined {
  return (reference) => {
    const folder = key.slice(0, key.lastIndexOf("/") + 1);
    const address = withoutEnding(reference, "/");
    if (address.length > LONGEST || /^[/\\]{2}/.test(address) || !URL.canParse(address, `https://x/${folder}`))
      return undefined;
    const path = new URL(address, `https://x/${folder}`).pathname.slice(1);
    const place = placeOf(percentDecoded(path), site.posts, site.languages);
    const pattern = permalinkPattern(site.permalink);
    const dated = place.date === undefined ? undefined : parseDate(place.date, site.timezone);
    const isTitled = site.dialect === "hugo" && /:title/.test(pattern);
    if (UNKNOWN.test(pattern) || isTitled || (namesDate(pattern) && dated === undefined)) return undefined;
    const at = dated ?? "2000-01-01T00:00:00Z"; // any date: the pattern does not contain it
    const post = { dated: at, place, title: place.name, language: place.language ?? site.language, categories: [] };
    return addressOf(site.permalink, new Map(), post, site, true);
  };
}
