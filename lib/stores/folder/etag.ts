/** ETags of files, from size, modification time and inode. */
import { type BigIntStats, lstatSync, type PathLike, statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { flat } from "../../base/flat.ts";
import type { Etag } from "../../model.ts";

/**
 * Two writes by other programs within one tick of the file system's clock can leave the same size and time. A file younger
 * than this is looked at again after it, so that any change after an ETag was given out gives another one.
 */
const TICK_MS = 25;

/** Every atomic write makes a new inode, every other write a new modification time. */
export function etagOf(stats: BigIntStats): Etag {
  return flat(`${stats.size.toString(36)}-${stats.mtimeNs.toString(36)}-${stats.ino.toString(36)}`);
}

export const haveSameEtag = (a: BigIntStats, b: BigIntStats): boolean =>
  a.mtimeNs === b.mtimeNs && a.ino === b.ino && a.size === b.size;

/**
 * Of a file, or of the file that a link leads to; of the link itself where it leads to none; of a folder nothing. `followed` is
 * told before a link is.
 */
export function statOf(path: PathLike, followed?: () => void): BigIntStats | undefined {
  const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  if (!stats?.isSymbolicLink()) return stats?.isDirectory() ? undefined : stats;
  followed?.();
  try {
    const target = statSync(path, { bigint: true, throwIfNoEntry: false });
    return target?.isFile() ? target : stats;
  } catch {
    return stats; // links in a circle: reading the key reports it
  }
}

/** What `look` sees, as `statOf` does, once the file is older than a tick. */
export async function settledStat(look: () => BigIntStats | undefined): Promise<BigIntStats | undefined> {
  const stats = look();
  const wait = stats ? unsettledMs(stats) : 0;
  if (wait === 0) return stats;
  await sleep(wait);
  return look();
}

/** How long the file is to be waited for. */
function unsettledMs(stats: BigIntStats): number {
  const age = Date.now() - Number(stats.mtimeMs);
  return age < 0 || age >= TICK_MS || isWriteTime(stats) ? 0 : TICK_MS - age;
}

/** Fractions of a second that a double holds without rounding, and that the kernel's clock practically never yields. */
const WRITE_TICKS = 65_536;
let lastTick = 0;

/** A modification time for a write of this process, in seconds: each is later than the one before. */
export function nextWriteTime(): number {
  lastTick = Math.max(Math.floor((Date.now() / 1000) * WRITE_TICKS), lastTick + 1);
  return lastTick / WRITE_TICKS;
}

/** A time that `nextWriteTime` gave is that of one write only, so there is no need to wait for the tick to pass. */
function isWriteTime({ mtimeNs }: BigIntStats): boolean {
  const nanoseconds = Number(mtimeNs % 1_000_000_000n);
  const ticks = Math.round((nanoseconds * WRITE_TICKS) / 1e9);
  return Math.floor((ticks * 1e9) / WRITE_TICKS) === nanoseconds && nanoseconds % 1_000_000 !== 0;
}
