/** The listing of a folder: every file in it, those that cannot be read included. */
import { type Dirent, readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { compareKeys, type ObjectInfo, surrogateOf } from "../store.ts";
import { asStoreError } from "./errors.ts";
import { etagOf, settledStat, statOf } from "./etag.ts";
import { OWN, type Root } from "./paths.ts";
import { clearAbandoned } from "./temporary.ts";

/** A path with a name that is no UTF-8 is bytes. */
type Path = string | Buffer;

const NO_FOLDER = new Set(["ENOTDIR", "ENAMETOOLONG"]);

/** Files that are looked at without a pause. */
const AT_ONCE = 1000;

type Entry = Dirent | Dirent<Buffer>;

interface Listed {
  readonly key: string;
  readonly path: Path;
}

/** In UTF-8 key order. A folder that cannot be read is an error, since what is in it would seem to be gone. */
export async function listFolder({ folder, root }: Root, prefix: string): Promise<readonly ObjectInfo[]> {
  const parent = prefix.slice(0, prefix.lastIndexOf("/") + 1);
  const listed: Listed[] = [];
  let seen = 0;
  await walk(join(root, ...parent.split("/")), parent);
  const infos: ObjectInfo[] = [];
  const wanted = listed.sort((a, b) => compareKeys(a.key, b.key));
  for (const { key, path } of wanted) {
    const stats = await settledStat(() => statOf(path));
    if (stats) infos.push({ key, etag: etagOf(stats), size: Number(stats.size) });
    await pause();
  }
  return infos;

  /** Lets timers have their turn, such as the one that looks at the size of the heap. */
  async function pause(): Promise<void> {
    if (++seen % AT_ONCE === 0) await turn();
  }

  function entriesIn(directory: Path, keyPrefix: string): readonly Entry[] {
    try {
      return entriesOf(directory);
    } catch (error) {
      const { code = "" } = error as NodeJS.ErrnoException;
      // Removed meanwhile, a file where the prefix names a folder, or no name of a folder. A root that is a file is an error.
      if (code === "ENOENT" || (NO_FOLDER.has(code) && directory !== root)) return [];
      throw asStoreError(folder, "list", keyPrefix, error);
    }
  }

  async function walk(directory: Path, keyPrefix: string): Promise<void> {
    for (const entry of entriesIn(directory, keyPrefix)) {
      const { name } = entry;
      const path = inside(directory, name);
      if (typeof name === "string" && typeof path === "string" && name.startsWith(OWN)) {
        await clearAbandoned(path).catch(() => undefined); // the next listing tries again
        continue;
      }
      const key = keyPrefix + (typeof name === "string" ? name : keyOfBytes(name));
      if (!key.startsWith(prefix)) continue;
      if (entry.isDirectory()) await walk(path, `${key}/`);
      else listed.push({ key, path });
      await pause();
    }
  }
}

/** Names are text, or bytes where they are no UTF-8. */
function entriesOf(directory: Path): readonly Entry[] {
  const entries = readdirSync(directory, { withFileTypes: true });
  if (!entries.some(({ name }) => name.includes("\ufffd"))) return entries;
  const named = new Map(entries.map((entry) => [entry.name, entry]));
  const exact = readdirSync(directory, { withFileTypes: true, encoding: "buffer" });
  return exact.map((entry) => {
    const name = entry.name.toString();
    return Buffer.from(name).equals(entry.name) ? (named.get(name) ?? entry) : entry;
  });
}

const inside = (directory: Path, name: Path): Path =>
  typeof directory === "string" && typeof name === "string"
    ? `${directory}${sep}${name}`
    : Buffer.concat([Buffer.from(directory), Buffer.from("/"), Buffer.from(name)]);

/** With a lone surrogate for each byte that is no UTF-8: such a key is never one that can be read, nor that of another file. */
function keyOfBytes(bytes: Buffer): string {
  const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let key = "";
  for (let at = 0; at < bytes.length; ) {
    const length = [1, 2, 3, 4].find((n) => decoded(bytes.subarray(at, at + n)) !== undefined) ?? 0;
    key += length > 0 ? decoded(bytes.subarray(at, at + length)) : surrogateOf(bytes.readUInt8(at));
    at += length || 1;
  }
  return key;

  function decoded(part: Buffer): string | undefined {
    try {
      return strict.decode(part);
    } catch {
      return undefined;
    }
  }
}
