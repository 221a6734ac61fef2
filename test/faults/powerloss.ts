/**
 * A loss of power, simulated: what was done to folders is recorded, and disks are made that hold what may be left of it.
 *
 * What was not flushed may be there or not, each operation by itself: a journal keeps more order than that, and not every file
 * system has one. Of a file that was not flushed all, half or nothing may be there. Files that are whole are hard links to those
 * that were written, so that they keep their inode and time, and with them their ETag.
 */
import type * as fs from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import type { Random } from "../bench/random.ts";

type FileSystem = typeof fs;

/** A file by its number, a lock, or a folder. */
type Node = number | "lock" | "folder";

/** What was done. A rename is one step: the name `to` is given, and the name `from` goes. */
type Operation =
  | { readonly what: "data"; readonly file: number }
  | { readonly what: "flush"; readonly file: number }
  | { readonly what: "name"; readonly folder: string; readonly to: string; readonly node: Node; readonly from?: string }
  | { readonly what: "remove"; readonly folder: string; readonly from: string }
  | { readonly what: "flush names"; readonly folder: string };

/** Names in each folder, by its path. */
type Tree = Map<string, Map<string, Node>>;

export interface Recording {
  readonly operations: readonly Operation[];
  /** The files, by number. */
  readonly vault: string;
  readonly root: string;
  readonly before: Tree;
}

interface Recorder {
  readonly operations: Operation[];
  readonly vault: string;
  readonly root: string;
  readonly files: Map<string, number>;
  readonly opened: Map<number, string>;
  numbers: number;
}

let real: FileSystem | undefined;
let recorder: Recorder | undefined;

function original(): FileSystem {
  if (!real) throw new Error("node:fs is not recorded: mock it by `recordedFileSystem`");
  return real;
}

/** `node:fs` as folder stores use it, with all that they do to the disk recorded, while anything is. */
export function recordedFileSystem(fs: FileSystem): FileSystem {
  real = fs;
  const note = (path: string, operation: (recorder: Recorder) => Operation) => {
    if (recorder && path.startsWith(recorder.root)) recorder.operations.push(operation(recorder));
  };
  const place = (path: string) => ({ folder: dirname(path), to: basename(path) });
  const removed = (path: string) => note(path, () => ({ what: "remove", folder: dirname(path), from: basename(path) }));
  const fileAt = (path: string) => recorder?.files.get(path) ?? Number.NaN;
  const openSync = (path: string, flags: string | number) => {
    const file = fs.openSync(path, flags);
    recorder?.opened.set(file, path);
    if (flags === "wx") note(path, (recorder) => ({ what: "name", ...place(path), node: keep(recorder, path) }));
    return file;
  };
  const writeSync = (file: number, data: Uint8Array, ...rest: number[]) => {
    const written = fs.writeSync(file, data, ...rest);
    const path = recorder?.opened.get(file) ?? "";
    note(path, () => ({ what: "data", file: fileAt(path) }));
    return written;
  };
  // It flushes what was there when it was called.
  const fsync = (file: number, done: (error: Error | null) => void) => {
    const path = recorder?.opened.get(file) ?? "";
    const isFolder = fs.fstatSync(file).isDirectory();
    note(path, () => (isFolder ? { what: "flush names", folder: path } : { what: "flush", file: fileAt(path) }));
    setImmediate(done, null);
  };
  const linkSync = (from: string, to: string) => {
    fs.linkSync(from, to);
    recorder?.files.set(to, fileAt(from));
    note(to, () => ({ what: "name", ...place(to), node: fileAt(to) }));
  };
  const rename = (from: string, to: string, done: (error: Error | null) => void) => {
    fs.renameSync(from, to);
    recorder?.files.set(to, fileAt(from));
    note(to, () => ({ what: "name", ...place(to), node: fileAt(to), from: basename(from) }));
    setImmediate(done, null);
  };
  const symlinkSync = (target: string, path: string) => {
    fs.symlinkSync(target, path);
    note(path, () => ({ what: "name", ...place(path), node: "lock" }));
  };
  const mkdirSync = (path: string, options?: { recursive: true }) => {
    const missing: string[] = [];
    for (let each = path; !fs.existsSync(each); each = dirname(each)) missing.unshift(each);
    const made = fs.mkdirSync(path, options);
    for (const each of missing) note(each, () => ({ what: "name", ...place(each), node: "folder" }));
    return made;
  };
  const unlinkSync = (path: string) => {
    fs.unlinkSync(path);
    removed(path);
  };
  const rmSync = (path: string, options?: fs.RmOptions) => {
    fs.rmSync(path, options);
    removed(path);
  };
  const rmdirSync = (path: string) => {
    fs.rmdirSync(path);
    removed(path);
  };
  const changed = { openSync, writeSync, fsync, linkSync, rename, symlinkSync, mkdirSync, unlinkSync };
  return { ...fs, ...changed, rmSync, rmdirSync } as FileSystem;
}

/** A second name of the file, by which it stays. */
function keep(recorder: Recorder, path: string): number {
  recorder.numbers += 1;
  original().linkSync(path, join(recorder.vault, `${recorder.numbers}`));
  recorder.files.set(path, recorder.numbers);
  return recorder.numbers;
}

/** Records the work on all that is below `root`; what is there already is on the disk for good. */
export async function recorded(root: string, vault: string, work: () => Promise<unknown>): Promise<Recording> {
  const fs = original();
  fs.mkdirSync(vault, { recursive: true });
  const started: Recorder = { operations: [], vault, root, files: new Map(), opened: new Map(), numbers: 0 };
  const before: Tree = new Map();
  const walk = (folder: string) => {
    const names = new Map<string, Node>();
    before.set(folder, names);
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      names.set(entry.name, entry.isDirectory() ? "folder" : keep(started, path));
      if (entry.isDirectory()) walk(path);
    }
  };
  walk(root);
  recorder = started;
  try {
    await work();
  } finally {
    recorder = undefined;
  }
  return { operations: started.operations, vault, root, before };
}

/** How much of an operation that was not flushed is on the disk. */
type Left = "all" | "half" | "nothing";

/** Numbers of the operations among the first `length` that may not be on the disk. */
export function unflushed({ operations }: Recording, length: number): readonly number[] {
  const flushed = new Set<number | string>();
  const open: number[] = [];
  for (let i = length - 1; i >= 0; i--) {
    const operation = operations[i];
    if (!operation) continue;
    if (operation.what === "flush") flushed.add(operation.file);
    else if (operation.what === "flush names") flushed.add(operation.folder);
    else if (!flushed.has(operation.what === "data" ? operation.file : operation.folder)) open.unshift(i);
  }
  return open;
}

export interface Disk {
  readonly tree: Tree;
  /** Files that are not whole. */
  readonly torn: ReadonlyMap<number, Left>;
}

/** The disk after the first `length` operations, of which those that were not flushed are `left` as it says. */
export function diskAfter(recording: Recording, length: number, left: (operation: number) => Left): Disk {
  const open = new Set(unflushed(recording, length));
  const tree: Tree = new Map([...recording.before].map(([folder, names]) => [folder, new Map(names)]));
  const torn = new Map<number, Left>();
  const namesIn = (folder: string) => tree.get(folder) ?? tree.set(folder, new Map()).get(folder) ?? new Map();
  for (const [i, operation] of recording.operations.slice(0, length).entries()) {
    const how = open.has(i) ? left(i) : "all";
    const { what } = operation;
    if (what === "name" && typeof operation.node === "number" && operation.from === undefined) {
      if (!torn.has(operation.node) && operation.to.endsWith(".tmp")) torn.set(operation.node, "nothing");
    }
    if (what === "data") {
      if (how === "all") torn.delete(operation.file);
      else torn.set(operation.file, how);
    }
    if (how !== "all" || what === "data" || what === "flush" || what === "flush names") continue;
    const names = namesIn(operation.folder);
    if (operation.from !== undefined) names.delete(operation.from);
    if (what === "name") names.set(operation.to, operation.node);
  }
  return { tree, torn };
}

/** A text that is the same for the same disk. */
export function nameOfDisk({ root }: Recording, { tree, torn }: Disk): string {
  const lines: string[] = [];
  const walk = (folder: string) => {
    for (const [name, node] of [...(tree.get(folder) ?? [])].sort()) {
      if (name.endsWith(".tmp")) continue; // nobody reads it
      lines.push(`${folder}/${name} ${node} ${typeof node === "number" ? (torn.get(node) ?? "") : ""}`);
      if (node === "folder") walk(join(folder, name));
    }
  };
  walk(root);
  return lines.join("\n");
}

/** Makes the disk's folders and files below `to`. */
export function makeDisk({ root, vault }: Recording, { tree, torn }: Disk, to: string): void {
  const fs = original();
  const longAgo = new Date("2020-01-01T00:00:00Z");
  const walk = (folder: string, copy: string) => {
    fs.mkdirSync(copy);
    for (const [name, node] of tree.get(folder) ?? []) {
      const path = join(copy, name);
      if (node === "folder") walk(join(folder, name), path);
      // The machine has started again: no process of then is alive.
      else if (node === "lock") fs.symlinkSync(`${hostname()} 4194304 power`, path);
      else if (!torn.has(node)) fs.linkSync(join(vault, `${node}`), path);
      else {
        const whole = fs.readFileSync(join(vault, `${node}`));
        fs.writeFileSync(path, whole.subarray(0, torn.get(node) === "half" ? whole.length / 2 : 0));
        fs.utimesSync(path, longAgo, longAgo);
      }
    }
  };
  walk(root, to);
}

/**
 * Disks that a loss of power may leave, none twice. After each operation (or each `step`th): all that was not flushed is lost, or all is there, or
 * all but half of the newest. At the end: each operation alone is lost. Then by chance, `many` times: one alone is there or lost
 * after any operation; any of them are.
 */
export function* possibleDisks(recording: Recording, random: Random, many: number, step = 1): Generator<Disk> {
  const { operations } = recording;
  const seen = new Set<string>();
  const isNew = (disk: Disk) => {
    const name = nameOfDisk(recording, disk);
    return !seen.has(name) && seen.add(name) !== undefined;
  };
  const only = (i: number, how: Left, others: Left) => (each: number) => (each === i ? how : others);
  const extremes: Disk[] = [];
  for (let length = 0; length <= operations.length; length += step) {
    extremes.push(diskAfter(recording, length, () => "nothing"));
    extremes.push(diskAfter(recording, length, () => "all"));
    extremes.push(diskAfter(recording, length, only(length - 1, "half", "all")));
  }
  for (const i of unflushed(recording, operations.length)) {
    extremes.push(diskAfter(recording, operations.length, only(i, "nothing", "all")));
  }
  yield* extremes.filter(isNew);
  const alone: Disk[] = [];
  for (let length = 0; length <= operations.length; length++) {
    for (const i of unflushed(recording, length)) {
      alone.push(diskAfter(recording, length, only(i, "all", "nothing")));
      alone.push(diskAfter(recording, length, only(i, "nothing", "all")));
      alone.push(diskAfter(recording, length, only(i, "half", "all")));
    }
  }
  const rest = alone.filter(isNew);
  for (let i = 0; i < many && rest.length > 0; i++) {
    const [disk] = rest.splice(random.between(0, rest.length - 1), 1);
    if (disk) yield disk;
  }
  for (let tries = 0; tries < many; tries++) {
    const kept = random.between(1, 9) / 10;
    const fates = new Map(
      operations.map((_, i) => [i, random.chance(kept) ? "all" : random.chance(0.5) ? "half" : "nothing"] as const),
    );
    const disk = diskAfter(recording, random.between(1, operations.length), (i) => fates.get(i) ?? "all");
    if (isNew(disk)) yield disk;
  }
}
