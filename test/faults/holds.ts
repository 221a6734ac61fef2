/** What holds at every moment of a site, and what holds once a run has ended well. */
import { SaxesParser } from "saxes";
import { expect } from "vitest";
import { memoryStore } from "../../lib/stores/memory.ts";
import type { Store } from "../../lib/stores/store.ts";
import { post, type Stores, type World } from "../support/world.ts";

/** What no document ever says. */
export const SECRET = "nobody is to read this";

/** A post whose entry says which file it was made from. */
export const told = (name: string, front: { readonly [key: string]: string } = {}, words = "Some words."): string =>
  post({ title: `Post ${name}`, ...front }, `uid-${name} ${words}\n`);

/** Objects of somebody's among the documents. */
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
    await copy.put(key, body, { contentType, ...(cacheControl !== undefined && { cacheControl }) });
  }
  return copy;
}

/** Many texts are met again and again. */
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

/** At every moment: readers can parse what there is, and it is what it says it is. Gives the paths of our documents. */
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

/** Once a run has ended well: nobody is writing, and there is nothing to write. */
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

/** Each with its bytes as text. */
export async function publicObjects(site: World): Promise<PublicObjects> {
  const objects = Object.entries(await site.dump(site.public));
  return {
    ours: Object.fromEntries(objects.filter(([path]) => !(path in FOREIGN))),
    foreign: Object.fromEntries(objects.filter(([path]) => path in FOREIGN)),
  };
}

/** The moment that the last run with news wrote into its records; `otherwise` where none did. */
export async function momentOfNews(site: World, otherwise: Date): Promise<Date> {
  const { records, gone } = await site.catalog();
  const moments = [
    ...records.flatMap(({ facts, left }) => [facts?.updated, left]),
    ...gone.map(({ since }) => since),
    otherwise.toISOString().replace(".000Z", "Z"),
  ];
  return new Date(moments.filter((moment) => moment !== undefined).reduce((a, b) => (a > b ? a : b)));
}
