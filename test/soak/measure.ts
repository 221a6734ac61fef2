/** What a soak measures at a moment at which nobody writes. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { OWN } from "../../lib/stores/folder/paths.ts";
import { listEtags, type Store } from "../../lib/stores/store.ts";
import type { World } from "../support/world.ts";

/** Objects and their bytes. */
export interface Amount {
  readonly objects: number;
  readonly bytes: number;
}

export interface Sample {
  readonly runs: number;
  /** Files of posts. */
  readonly files: number;
  /** Bytes after a collection of garbage. */
  readonly heap: number;
  /** Of this process; 0 where the system does not tell. */
  readonly handles: number;
  readonly catalogs: Amount;
  readonly intents: Amount;
  readonly entries: Amount;
  /** Everything else in the state store: the head, what is being announced. */
  readonly others: Amount;
  /** Of the current catalog: its bytes, and how much it lists of each. */
  readonly catalog: { readonly bytes: number; readonly records: number; readonly gone: number } & {
    readonly documents: number;
    readonly channels: number;
    readonly late: number;
  };
  /** Posts and channels that there ever were. */
  readonly ever: { readonly posts: number; readonly channels: number };
  /** Documents that the catalog does not name, or that it names and are not there; temporary files, locks, empty folders. */
  readonly astray: readonly string[];
}

/** V8's collector, which scripts see only on request. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  for (let i = 0; i < 2; i++) collect();
}

function openHandles(): number {
  try {
    return readdirSync("/proc/self/fd").length;
  } catch {
    return 0;
  }
}

/** What no listing of a folder store shows. */
function strayFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    const isStray = entry.name.startsWith(OWN) || (entry.isDirectory() && readdirSync(path).length === 0);
    return isStray ? [path] : [];
  });
}

const keysOf = async (store: Store): Promise<ReadonlySet<string>> => new Set((await listEtags(store)).keys());

export interface Known extends Pick<Sample, "runs" | "files" | "ever"> {
  /** Where the stores are folders: that which they are in. */
  readonly folder: string | undefined;
}

export async function measure(site: World, { runs, files, ever, folder }: Known): Promise<Sample> {
  const amounts = new Map<string, { objects: number; bytes: number }>();
  for await (const { key, size } of site.state.list("")) {
    const kind = /^(catalogs|intents|entries)\//.exec(key)?.[1] ?? "others";
    const amount = amounts.get(kind) ?? { objects: 0, bytes: 0 };
    amounts.set(kind, { objects: amount.objects + 1, bytes: amount.bytes + size });
  }
  const amount = (kind: string): Amount => amounts.get(kind) ?? { objects: 0, bytes: 0 };
  const { catalog: current = "" } = await site.head();
  let bytes = 0;
  for await (const { size } of site.state.list(current)) bytes += size;
  const { records, gone, documents, channels, late = {} } = await site.catalog();
  const paths = await keysOf(site.public);
  const named = new Set(Object.keys(documents));
  const catalog = {
    bytes,
    records: records.length,
    gone: gone.length,
    documents: named.size,
    channels: Object.keys(channels).length,
    late: Object.keys(late).length,
  };
  collectGarbage();
  return {
    runs,
    files,
    heap: process.memoryUsage().heapUsed,
    handles: openHandles(),
    catalogs: amount("catalogs"),
    intents: amount("intents"),
    entries: amount("entries"),
    others: amount("others"),
    catalog,
    ever,
    astray: [
      ...[...paths].filter((path) => !named.has(path)),
      ...[...named].filter((path) => !paths.has(path)),
      ...(folder === undefined ? [] : strayFiles(folder)),
    ],
  };
}
