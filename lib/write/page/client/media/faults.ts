/** Why a file cannot be sent, in words. */
import { filled } from "../base/data.ts";
import type { PostMedia } from "../kept/types.ts";
import { MAX_BYTES } from "./limits.ts";

export function mediumFault({ name, size, property, state }: PostMedia): string | undefined {
  if (!state || state === "preparing") return undefined;
  const why = {
    unreadable: words.unreadable,
    tooLarge: words.tooLarge,
    noRoom: words.noRoom,
    fileGone: words.fileGone,
  }[state];
  return filled(why, { name, size: shownSize(size), limit: shownSize(MAX_BYTES[property]) });
}

export const shownSize = (size: number): string =>
  size < 1e6
    ? `${Math.ceil(size / 1e3)} kB`
    : size < 1e9
      ? `${(size / 1e6).toFixed(1)} MB`
      : `${(size / 1e9).toFixed(1)} GB`;
