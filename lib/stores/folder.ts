/**
 * A store in a folder: atomic writes, exclusive conditions between processes, and no way out of the folder.
 *
 * Files are small and the kernel has them at hand: what is asked of it is asked synchronously, which takes a tenth of the
 * time that a round through the thread pool does. Only waiting waits.
 */
import { createHash, randomUUID } from "node:crypto";
import {
  type BigIntStats,
  closeSync,
  fstatSync,
  futimesSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, dirname, join, resolve, sep } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Etag } from "../model.ts";
import { acquireLock, clearLock } from "./lock.ts";
import {
  assertKey,
  compareKeys,
  modifiedAt,
  type ObjectInfo,
  type Store,
  StoreConflict,
  StoreError,
  StoreUnreadable,
} from "./store.ts";

/** Our own temporary and lock files; no key may look like one. */
const OWN = ".~dripfeed-";

/**
 * A file written twice within one tick of the file system's clock can look the same afterwards.
 * A file younger than this is looked at again later, so that every ETag given out is one that a change will move.
 */
const TICK_MS = 25;

/** A temporary file of that age is that of a process that was killed. */
const ABANDONED_MS = 60 * 60 * 1000;

type Operation = "list" | "get" | "put" | "delete";

export function folderStore(folder: string): Store {
  const root = resolve(folder);

  function pathOf(operation: Operation, key: string): string {
    assertKey(folder, operation, key);
    if (key.split("/").some((part) => part.startsWith(OWN))) {
      throw new StoreUnreadable(folder, operation, key, `names that start with ${OWN} are the store's own`);
    }
    return join(root, ...key.split("/"));
  }

  /** Refuses a path that symbolic links lead out of the folder. What does not exist yet is judged by what is above it. */
  function assertInside(operation: Operation, key: string, path: string): void {
    // The root comes first: once it is there, nothing that is looked for under it is found above it.
    const realRoot = realPathOf(root);
    if (realRoot === undefined) return; // not made yet, so no link in it leads anywhere
    const real = realPathOf(path) ?? realPathOf(nearest(path)) ?? realRoot;
    if (real !== realRoot && !real.startsWith(realRoot.endsWith(sep) ? realRoot : realRoot + sep)) {
      throw new StoreUnreadable(folder, operation, key, "a symbolic link leads out of the folder");
    }
  }

  async function told<T>(operation: Operation, key: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof StoreError) throw error;
      const { code, message } = error as NodeJS.ErrnoException;
      const Kind = operation === "get" && UNREADABLE.has(code ?? "") ? StoreUnreadable : StoreError;
      throw new Kind(folder, operation, key, MEANING[code ?? ""] ?? message, error);
    }
  }

  async function walk(directory: string, keyPrefix: string, found: string[]): Promise<void> {
    const entries = await readdir(directory, { withFileTypes: true }).catch((error) => {
      // Gone meanwhile, or a file where the prefix would have a folder; a store that is a file is no store.
      if (error.code === "ENOENT" || (error.code === "ENOTDIR" && directory !== root)) return [];
      throw error;
    });
    for (const entry of entries) {
      if (entry.name.startsWith(OWN)) {
        await clear(join(directory, entry.name)).catch(() => undefined); // it is in nobody's way
        continue;
      }
      const key = keyPrefix + entry.name;
      if (entry.isDirectory()) await walk(join(directory, entry.name), `${key}/`, found);
      else if (entry.isFile() || entry.isSymbolicLink()) found.push(key);
    }
  }

  /** Under the key's lock, so that what is checked is what is replaced. */
  async function exclusively<T>(path: string, work: () => T): Promise<T> {
    const name = createHash("sha256").update(basename(path)).digest("hex").slice(0, 16);
    const release = await acquireLock(join(dirname(path), `${OWN}${name}.lock`));
    try {
      return work();
    } finally {
      release();
    }
  }

  return {
    name: folder,

    async *list(prefix) {
      if (prefix.split("/").some((part) => part === ".." || part === ".")) return; // no key is there
      const infos = await told("list", prefix, async () => {
        const start = prefix.slice(0, prefix.lastIndexOf("/") + 1);
        const keys: string[] = [];
        await walk(join(root, ...start.split("/")), start, keys);
        const infos: ObjectInfo[] = [];
        for (const key of keys.filter((key) => key.startsWith(prefix)).sort(compareKeys)) {
          const info = await settledStat(() => statOf(join(root, ...key.split("/"))));
          if (info) infos.push({ key, etag: etagOf(info), size: Number(info.size) });
        }
        return infos;
      });
      yield* infos;
    },

    get(key, known) {
      return told("get", key, async () => {
        const path = pathOf("get", key);
        try {
          assertInside("get", key, path);
          for (;;) {
            const before = await settledStat(() => statOf(path));
            if (!before) return undefined;
            const etag = etagOf(before);
            if (etag === known) return "unchanged";
            const file = openSync(path, "r");
            try {
              const body = readFileSync(file);
              const after = fstatSync(file, { bigint: true });
              if (etagOf(after) === etag) return { body, etag, modified: modifiedAt(after.mtime) };
            } finally {
              closeSync(file);
            }
          }
        } catch (error) {
          const isDangling = (error as NodeJS.ErrnoException).code === "ENOENT" && statOf(path)?.isSymbolicLink();
          if (isDangling) throw new StoreUnreadable(folder, "get", key, "a symbolic link leads nowhere");
          return whenMissing(undefined)(error);
        }
      });
    },

    put(key, body, { ifMatch, ifAbsent }) {
      return told("put", key, async () => {
        const path = pathOf("put", key);
        const temporary = join(dirname(path), `${OWN}${process.pid}-${randomUUID()}.tmp`);
        let isThere = true;
        try {
          const etag = inFolder(
            dirname(path),
            () => assertInside("put", key, dirname(path)),
            () => writeWhole(temporary, body),
          );
          const exists = () => new StoreConflict(folder, "put", key, "there is an object already");
          if (ifMatch === undefined) {
            const outcome = create(temporary, path);
            if (outcome === "created") return etag;
            if (outcome === "exists" && ifAbsent) throw exists();
          }
          return await exclusively(path, () => {
            const present = statOf(path);
            if (ifAbsent && present) throw exists();
            if (ifMatch !== undefined && (!present || etagOf(present) !== ifMatch)) {
              throw new StoreConflict(folder, "put", key, "the object is another one");
            }
            renameSync(temporary, path);
            isThere = false;
            return etag;
          });
        } finally {
          if (isThere) removeQuietly(temporary); // why the put failed says more
        }
      });
    },

    delete(key) {
      return told("delete", key, async () => {
        const path = pathOf("delete", key);
        try {
          assertInside("delete", key, dirname(path));
          await exclusively(path, () => {
            if (statOf(path)) rmSync(path, { force: true });
          });
          removeEmptyFolders(dirname(path), root);
        } catch (error) {
          whenMissing(undefined)(error);
        }
      });
    },
  };
}

const UNREADABLE = new Set(["EACCES", "EPERM", "EISDIR", "ELOOP", "ENAMETOOLONG"]);

const MEANING: { readonly [code: string]: string } = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EISDIR: "there is a folder of that name",
  ENOTDIR: "a part of the path is a file",
  EEXIST: "a part of the path is a file",
  ENAMETOOLONG: "the name is too long for the file system",
  ELOOP: "symbolic links lead in a circle",
  EMFILE: "too many open files",
};

function whenMissing<T>(value: T): (error: unknown) => T {
  return (error) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return value;
    throw error;
  };
}

/** Size, time and inode: every atomic write makes a new inode, every other write a new time. */
function etagOf(stats: BigIntStats): Etag {
  return `${stats.size.toString(36)}-${stats.mtimeNs.toString(36)}-${stats.ino.toString(36)}`;
}

/** Follows a link to a file; any other link is itself, a folder is nothing. Synchronous: ten times as fast. */
function statOf(path: string): BigIntStats | undefined {
  const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  if (!stats?.isSymbolicLink()) return stats?.isDirectory() ? undefined : stats;
  try {
    const target = statSync(path, { bigint: true, throwIfNoEntry: false });
    return target?.isFile() ? target : stats;
  } catch {
    return stats; // a link in a circle: whoever reads it will hear
  }
}

async function settledStat(look: () => BigIntStats | undefined): Promise<BigIntStats | undefined> {
  const stats = look();
  if (!stats) return undefined;
  const age = Date.now() - Number(stats.mtimeMs);
  if (age < 0 || age >= TICK_MS || isOurTime(stats)) return stats;
  await sleep(TICK_MS - age);
  return look();
}

/** Of a second: what a double holds of today's time without rounding, and what the kernel's clock hardly ever says. */
const OUR_TICKS = 65_536;
let lastTick = 0;

/** A time of its own for each write of this process, in seconds. */
function ourTime(): number {
  lastTick = Math.max(Math.floor((Date.now() / 1000) * OUR_TICKS), lastTick + 1);
  return lastTick / OUR_TICKS;
}

/** A time that `ourTime` gave: two writes do not share it, so there is no need to wait until they cannot. */
function isOurTime({ mtimeNs }: BigIntStats): boolean {
  const nanoseconds = Number(mtimeNs % 1_000_000_000n);
  const ticks = Math.round((nanoseconds * OUR_TICKS) / 1e9);
  return Math.floor((ticks * 1e9) / OUR_TICKS) === nanoseconds && nanoseconds % 1_000_000 !== 0;
}

/** Removes what a process that was killed left behind, if it is that. */
async function clear(path: string): Promise<void> {
  if (path.endsWith(".lock")) return clearLock(path);
  const age = Date.now() - Number(lstatSync(path).mtimeMs);
  if (path.endsWith(".tmp") && age > ABANDONED_MS) rmSync(path, { force: true });
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {}
}

/** Gives the ETag that the file keeps under any name. */
function writeWhole(path: string, body: Uint8Array): Etag {
  const file = openSync(path, "wx");
  try {
    for (let written = 0; written < body.length; ) written += writeSync(file, body, written);
    // A time of its own rather than the tick's, so that two writes within one tick differ.
    const now = ourTime();
    futimesSync(file, now, now);
    return etagOf(fstatSync(file, { bigint: true }));
  } finally {
    closeSync(file);
  }
}

/** What file systems say that know no second name for a file. */
const NO_LINKS = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);

/**
 * Gives a file its name if nothing has it: one step to the kernel, so it needs no lock. It can pass for the last moment
 * before whatever a process does under the lock, since that only begins with an object there.
 */
function create(temporary: string, path: string): "created" | "exists" | "unknown" {
  try {
    linkSync(temporary, path);
    return "created";
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (NO_LINKS.has(code)) return "unknown";
    if (code !== "EEXIST") throw error;
    if (statOf(path)) return "exists";
    throw Object.assign(error as Error, { code: "EISDIR" });
  }
}

/** Works in the folder, made if it has to be: again if somebody removed it as empty meanwhile. */
function inFolder<T>(path: string, check: () => void, work: () => T): T {
  for (let attempt = 1; ; attempt++) {
    check();
    try {
      return work();
    } catch (error) {
      if (attempt === 4) throw error;
      whenMissing(undefined)(error);
    }
    makeFolder(path);
  }
}

function realPathOf(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch (error) {
    return whenMissing(undefined)(error);
  }
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    // Of several levels Node says that there is none where the system says why it makes none.
    const above = nearest(path);
    const [first] = path.slice(above.length).split(sep).filter(Boolean);
    if (first === undefined) throw error;
    try {
      mkdirSync(join(above, first));
    } catch (error) {
      whenThere(error as NodeJS.ErrnoException);
    }
    mkdirSync(path, { recursive: true });
  }
}

function whenThere(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}

/** The path itself, or the nearest one above it that exists. */
function nearest(path: string): string {
  const exists = lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  return exists || dirname(path) === path ? path : nearest(dirname(path));
}

function removeEmptyFolders(path: string, root: string): void {
  for (let folder = path; folder !== root && folder.startsWith(root); folder = dirname(folder)) {
    try {
      rmdirSync(folder);
    } catch {
      return; // not empty, or somebody else's by now
    }
  }
}
