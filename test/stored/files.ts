/**
 * What versions of Dripfeed stored, in folders of their names: of two sites the content, the public store and the state store, and
 * what the state is read as. Once a version is released, what it stored is never written again: owners' stores are like it.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { READER_VERSION, RENDERER_VERSION } from "../../lib/content/versions.ts";
import { DISCOVERY, FORMATS, PAGE } from "../../lib/formats/files.ts";
import type { Instant } from "../../lib/model.ts";
import { readAdopted } from "../../lib/state/adopted.ts";
import { readCatalog } from "../../lib/state/catalog.ts";
import { readEntries } from "../../lib/state/entries.ts";
import { readHead } from "../../lib/state/head.ts";
import { inheritedPaths } from "../../lib/state/intents.ts";
import type { Store } from "../../lib/stores/store.ts";
import { memoryStores, type Stores, type World } from "../support/world.ts";

const ROOT = "test/stored/sites";
const STORES = ["content", "public", "state"] as const;

const { version } = JSON.parse(readFileSync("package.json", "utf8"));

/** Versions that stored another form than the one before. */
export const stored = (): readonly string[] => readdirSync(ROOT).toSorted();

const placeOf = (name: string, of: string = version): string => join(ROOT, of, name);

/** By the path within the folder. */
function filesBelow(folder: string): ReadonlyMap<string, Uint8Array> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).toSorted();
  return new Map(paths.map((path) => [path.slice(folder.length + 1).replaceAll("\\", "/"), readFileSync(path)]));
}

/** What a version stored of a site. */
export interface StoredSite {
  /** Of each store the objects. */
  readonly objects: { readonly [store in (typeof STORES)[number]]: ReadonlyMap<string, Uint8Array> };
  readonly read: { readonly versions: unknown; readonly state: object };
}

export function storedSite(of: string, name: string): StoredSite {
  const folder = placeOf(name, of);
  const [content, served, state] = STORES.map((store) => filesBelow(join(folder, store)));
  if (!content || !served || !state) throw new Error("there are three stores");
  return {
    objects: { content, public: served, state },
    read: JSON.parse(readFileSync(join(folder, "read.json"), "utf8")),
  };
}

/** The stores in memory, in which objects have the ETags that they had when they were written. */
export async function filled({ objects }: StoredSite, stores = memoryStores()): Promise<Stores> {
  for (const store of STORES) {
    for (const [key, bytes] of objects[store]) await stores[store].put(key, bytes, { contentType: "text/plain" });
  }
  return stores;
}

/** As in a folder, where each file has its date. */
export function withFileDates(stores: Stores, modified: Instant): Stores {
  const { content } = stores;
  const get: Store["get"] = async (...asked) => {
    const object = await content.get(...asked);
    return typeof object === "object" ? { ...object, modified } : object;
  };
  return { ...stores, content: { ...content, get } };
}

/** What this version is made of, as far as documents depend on it. */
export function versions(): object {
  const types = Object.entries({ ...FORMATS, page: PAGE, ...DISCOVERY });
  const documents = Object.fromEntries(types.map(([name, { version }]) => [name, version]));
  return { reader: READER_VERSION, renderer: RENDERER_VERSION, documents };
}

/** Everything that is known of the site: the head, and what it leads to. */
export async function stateOf({ state }: Pick<Stores, "state">) {
  const head = await readHead(state);
  const catalog = await readCatalog(state, head.value);
  const { records = [], gone = [], adopted, adoptedBefore = [] } = catalog ?? {};
  const places = [...records, ...gone].flatMap(({ facts, rendered }) =>
    facts && rendered ? [[facts.inputHash, rendered] as const] : [],
  );
  const keys = new Set([...adoptedBefore, adopted, head.value.adopted].filter((key) => key !== undefined));
  const ledgers = await Promise.all([...keys].map(async (key) => [key, [...(await readAdopted(state, key)).values()]]));
  return {
    head: head.value,
    intended: [...(await inheritedPaths(state, head))],
    catalog,
    entries: Object.fromEntries(await readEntries(state, new Map(places))),
    adopted: Object.fromEntries(ledgers),
  };
}

/** Writes what this version stores in the place of what it stored before. */
export async function store(name: string, site: World): Promise<void> {
  const headings = readFileSync("CHANGELOG.md", "utf8").match(/^## .*/gm) ?? [];
  if (headings.some((heading) => heading.startsWith(`## ${version} `))) {
    throw new Error(
      `${version} is released, and what it stored is never written again: raise the version of package.json`,
    );
  }
  const folder = placeOf(name);
  rmSync(folder, { recursive: true, force: true });
  const write = (path: string, bytes: Uint8Array | string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  };
  for (const each of STORES) {
    for await (const { key } of site[each].list("")) {
      const object = await site[each].get(key);
      if (typeof object === "object") write(`${each}/${key}`, object.body);
    }
  }
  write("read.json", `${JSON.stringify({ versions: versions(), state: await stateOf(site) }, null, 1)}\n`);
}
