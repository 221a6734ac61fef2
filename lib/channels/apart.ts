/** Channels apart: where the owner's folders of kinds put two channels into one folder, one of them publishes there. */
import { MEDIA } from "../base/served.ts";
import { isFixedKind } from "../site/kinds.ts";
import { defaultFolder } from "../site/names.ts";
import type { Site } from "../site/types.ts";
import type { Channel, Window } from "./types.ts";

/** A channel that is not published. */
export interface Displaced {
  readonly key: string;
  readonly path: string;
  /** Key of the channel that publishes there, or the folder that is served from elsewhere. */
  readonly by: string;
}

export interface Apart {
  readonly windows: readonly Window[];
  readonly displaced: readonly Displaced[];
}

/** The site, its archives and the channels that the owner names come first, then what was published before, then the key. */
export function apart(windows: readonly Window[], { kinds }: Site, isPublished: (key: string) => boolean): Apart {
  // Without folders of the owner's, each kind has one to itself.
  if (Object.entries(kinds).every(([kind, { path }]) => path === defaultFolder(kind)))
    return { windows, displaced: [] };
  const rankOf = ({ channel: { kind, key } }: Window) => (!isOfKind(kind, kinds) ? 0 : isPublished(key) ? 1 : 2);
  const byFolder = new Map<string, string>();
  const displaced = new Map<Channel, Displaced>();
  for (const window of [0, 1, 2].flatMap((rank) => windows.filter((each) => rankOf(each) === rank))) {
    const { channel } = window;
    const folder = channel.path.toLowerCase(); // some file systems ignore case
    const by = folder.startsWith(MEDIA) && rankOf(window) > 0 ? MEDIA : byFolder.get(folder);
    if (by === undefined) byFolder.set(folder, channel.key);
    else displaced.set(channel, { key: channel.key, path: channel.path, by });
  }
  return { windows: windows.filter(({ channel }) => !displaced.has(channel)), displaced: [...displaced.values()] };
}

const isOfKind = (kind: Channel["kind"], kinds: Site["kinds"]): boolean =>
  isFixedKind(kind) || Object.hasOwn(kinds, kind);
