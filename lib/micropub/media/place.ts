/** Where a file of media is put, and at which address it is served. */

import { instantOf } from "../../base/instant.ts";
import { MEDIA } from "../../base/served.ts";
import { wallTimeOf } from "../../content/facts/dates.ts";
import type { Site } from "../../site/types.ts";
import type { MicropubInput } from "../types.ts";
import type { MediaType } from "./types/kinds.ts";

/** A random name, in a folder of the month in the site's time zone: nothing of the name that a client gives is in a key. */
export function newKeyFor({ clock, newName }: MicropubInput, { timezone }: Site, { extension }: MediaType): string {
  const { year, month } = wallTimeOf(instantOf(clock.now()), timezone);
  return `${MEDIA}${year}/${String(month).padStart(2, "0")}/${newName()}.${extension}`;
}

export const mediaUrlOf = ({ media }: Site, key: string): string => media + key;
