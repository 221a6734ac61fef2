/** Sites of named posts, and what must hold of their documents at any time and after a run that succeeded. */

import { SaxesParser } from "saxes";
import { expect } from "vitest";
import { present } from "../../lib/base/optional.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import type { Store } from "../../lib/stores/store.ts";
import { post, type Stores, type World } from "../support/world.ts";

/** Text of drafts, which no document may contain. */
export const SECRET = "text of a draft";

/** A post whose text contains the name of its file. */
export const namedPost = (
  name: string,
  front: { readonly [key: string]: string } = {},
  words = "Some words.",
): string => post({ title: `Post ${name}`, ...front }, `uid-${name} ${words}\n`);

/** Foreign objects among the documents. */
export const FOREIGN: { readonly [path: string]: string } = {
  CNAME: "feeds.example.com\n",
  "tags/notes.txt": "what I think of tags",
  "tags/of-mine/rss.xml": "<rss/>",
};

export async function addForeign({ public: store }: World): Promise<void> {
  for (const [path, text] of Object.entries(FOREIGN)) {
    await store.put(path, new TextEncoder().encode(text), { contentType: "text/plain" });
  }
}

export async function copyOf(stores: Stores): Promise<Stores> {
  const [content, publicStore, state] = await Promise.all([
    copyStore(stores.content),
    copyStore(stores.public),
    copyStore(stores.state),
  ]);
  return { content, public: publicStore, state };
}

async function copyStore(store: Store): Promise<Store> {
  const copy = memoryStore(store.name);
  for await (const { key } of store.list("")) {
    const object = await store.get(key);
    if (typeof object !== "object") throw new Error(`${key} went while it was copied`);
    const { body, contentType = "", cacheControl } = object;
    await copy.put(key, body, { contentType, ...present({ cacheControl }) });
  }
  return copy;
}

/** Texts that were parsed before: most documents occur many times. */
const parsed = new Set<string>();

function parse(path: string, text: string): void {
  if (parsed.has(text)) return;
  if (path.endsWith(".json")) JSON.parse(text);
  else if (/\.(?:xml|opml)$/.test(path)) {
    const parser = new SaxesParser({ xmlns: true });
    parser.on("error", (error) => {
      throw new Error(`${path}: ${error.message}`);
    });
    parser.write(text).close();
  } else expect(text, path).toMatch(/>\n$/);
  parsed.add(text);
}

/** At any time: documents can be parsed, feeds give each post once under its id, foreign objects are as they were. Returns our paths. */
export async function expectSound(site: World): Promise<readonly string[]> {
  const { foreign, ours } = await publicObjects(site);
  expect(foreign).toEqual(FOREIGN);
  for (const [path, text] of Object.entries(ours)) {
    parse(path, text);
    expect(text, path).not.toContain(SECRET);
    if (!path.endsWith("feed.json")) continue;
    const items: readonly { readonly id: string; readonly content_html: string }[] = JSON.parse(text).items;
    const uids = items.map(({ content_html }) => /uid-(\w+)/.exec(content_html)?.[1]);
    expect(items.map(({ id }) => id)).toEqual(uids.map((uid) => `tag:example.com,2020:posts/${uid}`));
    expect(new Set(uids).size).toBe(uids.length);
    if (path === "feed.json") expect(items).not.toEqual([]);
  }
  return Object.keys(ours);
}

/** After a run that succeeded: there is no lease, and another run has nothing to write. */
export async function expectSettled(site: World): Promise<void> {
  expect((await site.head()).lease).toBeUndefined();
  const { refused, operations } = await site.publish();
  expect(refused).toBeUndefined();
  expect(operations).toMatchObject({ public: { put: 0, delete: 0 }, state: { put: 0, delete: 0 } });
}

interface PublicObjects {
  readonly ours: { readonly [path: string]: string };
  readonly foreign: { readonly [path: string]: string };
}

/** The objects of the public store with their text. */
export async function publicObjects(site: World): Promise<PublicObjects> {
  const objects = Object.entries(await site.dump(site.public));
  return {
    ours: Object.fromEntries(objects.filter(([path]) => !(path in FOREIGN))),
    foreign: Object.fromEntries(objects.filter(([path]) => path in FOREIGN)),
  };
}

/** The `now` of the last run that changed a record; `fallback` if none did. */
export async function lastChange(site: World, fallback: Date): Promise<Date> {
  const { records, gone } = await site.catalog();
  const times = [
    ...records.flatMap(({ facts, left }) => [facts?.updated, left]),
    ...gone.map(({ since }) => since),
    fallback.toISOString().replace(".000Z", "Z"),
  ];
  return new Date(times.filter((time) => time !== undefined).reduce((a, b) => (a > b ? a : b)));
}
