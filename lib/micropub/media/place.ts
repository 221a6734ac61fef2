/** Where a file of media is put, and at which address it is served. */
import { instantOf } from "../../base/instant.ts";
import { MEDIA } from "../../base/served.ts";
import { wallTimeOf } from "../../content/facts/dates.ts";
import { mediaFoldersOf } from "../../site/media.ts";
import type { Site } from "../../site/types.ts";
import type { Store } from "../../stores/store.ts";
import { usableSite } from "../site.ts";
import type { MicropubInput } from "../types.ts";
import type { MediaType } from "./types/kinds.ts";

export interface MediaPlace {
  readonly key: string;
  readonly url: string;
}

/** Throws an `HttpError` while `site.yaml` cannot be used. */
export async function newPlace(input: MicropubInput, { extension }: MediaType): Promise<MediaPlace> {
  const { content, clock, newName } = input;
  const site = await usableSite(input);
  const { year, month } = wallTimeOf(instantOf(clock.now()), site.timezone);
  // A name of ours in the month of the site's clock: nothing of what a client calls a file is in a key.
  const name = `${year}/${String(month).padStart(2, "0")}/${newName()}.${extension}`;
  const key = (await folderFor(content, site)) + name;
  return { key, url: mediaUrlOf(site, key) };
}

/** Where posts may lie inside or outside of a generator's content, those that are there tell. */
async function folderFor(content: Store, site: Site): Promise<string> {
  const folders = mediaFoldersOf(site);
  const [usual = MEDIA, ...others] = new Set(folders.values());
  if (others.length === 0) return usual;
  for (const [posts, folder] of folders) {
    for await (const _ of content.list(posts)) return folder;
  }
  return usual;
}

/** Wherever the generator keeps it, it is below `media/` of the site. */
export const mediaUrlOf = ({ media }: Site, key: string): string => media + key.slice(key.indexOf(MEDIA));
