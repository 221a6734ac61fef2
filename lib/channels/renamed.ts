/** Channels that the owner renamed: keys, which are also folders, before and after. */
import type { Renamed, Site } from "../site/types.ts";
import { channelPath } from "./membership.ts";

export interface RenamedChannel extends Renamed {
  /** Keys of channels. */
  readonly keys: { readonly from: string; readonly to: string };
  /** Folders below the feeds' URL, without a slash at either end. */
  readonly folders: { readonly from: string; readonly to: string };
}

export function renamedChannels({ renamed }: Pick<Site, "renamed">): readonly RenamedChannel[] {
  return renamed.map((each) => {
    const { kind, from, to } = each;
    const folderOf = (name: readonly string[]) => (kind === "channels" ? (name[0] ?? "") : channelPath(kind, name));
    const folders = { from: folderOf(from), to: folderOf(to) };
    const keyOf = (folder: string) => (kind === "channels" ? `channels/${folder}` : folder);
    return { ...each, folders, keys: { from: keyOf(folders.from), to: keyOf(folders.to) } };
  });
}
