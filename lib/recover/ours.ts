/** Which documents of the public store are ours, by what they say of themselves: `feeds.json` lists most of them. */
import { listOf, objectOf, parseJson, textOf } from "../adopt/json.ts";
import { forEachAtOnce } from "../base/concurrency.ts";
import { digestOf } from "../base/digest.ts";
import { DISCOVERY, FORMATS, PAGE } from "../formats/files.ts";
import type { Etag, Format, Site } from "../model.ts";
import { listEtags, readObject, type Store, StoreUnreadable } from "../stores/store.ts";
import { type PublishedFeed, readPublished } from "./feeds.ts";

/** A channel as `feeds.json` tells of it. */
export interface ListedChannel {
  readonly key: string;
  readonly kind: string;
  readonly name: readonly string[];
  readonly paths: readonly string[];
}

/** `feeds.json`, understood. */
export interface ListRead {
  readonly url: string;
  /** The base of every feed's address when it was written. */
  readonly feeds: string;
  readonly channels: readonly ListedChannel[];
}

export interface OwnDocument {
  readonly path: string;
  readonly etag: Etag;
  readonly digest: string;
}

export interface OwnFeed extends OwnDocument {
  readonly format: Format;
  /** Of a channel that is listed no more, its folder. */
  readonly channel: string;
  readonly read: PublishedFeed;
}

/** The list of channels that the public store holds, if it is one that Dripfeed wrote: the mark of a store that is ours. */
export async function readList(store: Store): Promise<ListRead | undefined> {
  const object = await readObject(store, DISCOVERY.list.file);
  return object && listBy(new TextDecoder().decode(object.body));
}

function listBy(text: string): ListRead | undefined {
  const list = objectOf(parseJson(text));
  const [url, feeds] = [textOf(list?.["url"]), textOf(list?.["feeds"])];
  if (list?.["generator"] !== "Dripfeed" || url === undefined || feeds === undefined) return undefined;
  const channels = listOf(list["channels"]).flatMap((value): readonly ListedChannel[] => {
    const channel = objectOf(value);
    const key = textOf(channel?.["key"]);
    if (!channel || key === undefined) return [];
    const urls = [...Object.values(objectOf(channel["feeds"]) ?? {}), channel["page"]];
    return [
      {
        ...{ key, kind: textOf(channel["kind"]) ?? "" },
        name: listOf(channel["name"]).flatMap((part) => textOf(part) ?? []),
        paths: urls.flatMap((each) => pathOf(textOf(each), feeds) ?? []),
      },
    ];
  });
  return { url, feeds, channels };
}

/** Reads every document of ours, and hands on the feeds among them, in no order. */
export async function readOurs(
  store: Store,
  list: ListRead | undefined,
  site: Site,
  seen: (feed: OwnFeed) => void,
): Promise<readonly OwnDocument[]> {
  const base = list?.feeds ?? site.feeds;
  const channels = new Map(list?.channels.flatMap(({ key, paths }) => paths.map((path) => [path, key] as const)));
  const lists = new Set(list ? Object.values(DISCOVERY).map(({ file }) => file) : []);
  const documents: OwnDocument[] = [];
  await forEachAtOnce((await listEtags(store)).keys(), async (path) => {
    const isListed = channels.has(path) || lists.has(path);
    const format = formatOf(path);
    if (!isListed && !format) return;
    const object = await readObject(store, path).catch((error: unknown) => {
      if (error instanceof StoreUnreadable) return undefined;
      throw error;
    });
    if (!object) return;
    const read = format && readPublished(format, new TextDecoder().decode(object.body));
    if (!isListed && !(read && isOwn(path, read, base))) return;
    const document = { path, etag: object.etag, digest: digestOf(object.body) };
    documents.push(document);
    // What another program put at our place knows nothing of our posts.
    if (!format || !read || !(read.isMarked || (read.self !== undefined && pathOf(read.self, base) === path))) return;
    seen({ ...document, format, read, channel: channels.get(path) ?? folderOf(path) });
  });
  return documents.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Of a document that no list names, such as an archive: it says that it is ours, and that this is its place. */
function isOwn(path: string, { isMarked, self }: PublishedFeed, base: string): boolean {
  if (self === undefined || pathOf(self, base) !== path) return false;
  return isMarked || /^archive\//.test(path);
}

const FILES: ReadonlyMap<string, Format> = new Map(
  (Object.keys(FORMATS) as Format[]).map((format) => [FORMATS[format].file, format]),
);

const formatOf = (path: string): Format | undefined => FILES.get(path.split("/").at(-1) ?? "");

const folderOf = (path: string): string => path.replace(/\/?[^/]*$/, "") || "site";

/** The public path of an address below `base`. */
function pathOf(url: string | undefined, base: string): string | undefined {
  if (url === undefined || !url.startsWith(base)) return undefined;
  try {
    const path = url.slice(base.length).split("/").map(decodeURIComponent).join("/");
    return path === "" || path.endsWith("/") ? path + PAGE.file : path;
  } catch {
    return undefined;
  }
}
