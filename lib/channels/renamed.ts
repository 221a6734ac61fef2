/** Channels that the owner renamed: keys, which are also folders, before and after. */
import type { Renamed, Site } from "../site/types.ts";
import { keyOf } from "./membership.ts";
import { folderOfKey } from "./urls.ts";

export interface RenamedChannel extends Renamed {
  /** Keys of channels. */
  readonly keys: { readonly from: string; readonly to: string };
  /** Folders below the feeds' URL, without a slash at either end. */
  readonly folders: { readonly from: string; readonly to: string };
}

export function renamedChannels({ renamed, kinds }: Pick<Site, "renamed" | "kinds">): readonly RenamedChannel[] {
  return renamed.map((each) => {
    const { kind, from, to } = each;
    const keyIn = (name: readonly string[]) => (kind === "channels" ? `channels/${name[0] ?? ""}` : keyOf(kind, name));
    const keys = { from: keyIn(from), to: keyIn(to) };
    const folderIn = (key: string) => folderOfKey(key, { kinds }).slice(0, -1);
    return { ...each, keys, folders: { from: folderIn(keys.from), to: folderIn(keys.to) } };
  });
}
