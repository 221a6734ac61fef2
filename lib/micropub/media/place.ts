/** Where a file of media is put, and at which address it is served. */

import { instantOf } from "../../base/instant.ts";
import { MEDIA } from "../../base/served.ts";
import { wallTimeOf } from "../../content/facts/dates.ts";
import { loadSite } from "../../publish/sitefile.ts";
import type { Site } from "../../site/types.ts";
import type { MicropubInput } from "../types.ts";
import { MediaRefused } from "./refused.ts";
import type { MediaType } from "./types/kinds.ts";

/** Throws `MediaRefused` while `site.yaml` cannot be used. */
export async function siteFor({ content, clock }: MicropubInput): Promise<Site> {
  const result = await loadSite(content, clock.now());
  if (result.ok) return result.site;
  throw new MediaRefused("unavailable", "site.yaml cannot be used as it is: run dripfeed check, and correct it");
}

/** A name of ours in the month of the site's clock: nothing of what a client calls a file is in a key. */
export function newKeyFor({ clock, newName }: MicropubInput, { timezone }: Site, { extension }: MediaType): string {
  const { year, month } = wallTimeOf(instantOf(clock.now()), timezone);
  return `${MEDIA}${year}/${String(month).padStart(2, "0")}/${newName()}.${extension}`;
}

export const mediaUrlOf = ({ media }: Site, key: string): string => media + key;
