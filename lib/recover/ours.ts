/** Finds the documents in the public store that Dripfeed wrote: those in `feeds.json`, and those that name their own path. */

import { forEachAtOnce } from "../base/concurrency.ts";
import { digestOf } from "../base/digest.ts";
import { listOf, objectOf, parseJson, textOf } from "../base/json.ts";
import { present } from "../base/optional.ts";
import { folderOf } from "../base/paths.ts";
import { keyOfFolder } from "../channels/urls.ts";
import { type Copy, edgeOf } from "../edge/edge.ts";
import { isOwnKey } from "../edge/folders.ts";
import { DISCOVERY, feedNames } from "../formats/files.ts";
import { copiesFor } from "../hosts/copies.ts";
import { HOST_FILES, isHostText } from "../hosts/hosts.ts";
import type { Etag, Format } from "../model.ts";
import type { Site } from "../site/types.ts";
import { listEtags, readObject, type Store, type StoredObject, StoreUnreadable } from "../stores/store.ts";
import { type PublishedFeed, readPublished } from "./feeds.ts";

/** A channel in `feeds.json`. */
export interface ListedChannel {
  readonly key: string;
  readonly kind: string;
  readonly name: readonly string[];
  readonly title: string;
  /** Of its page, or else its first feed. */
  readonly url: string;
  readonly paths: readonly string[];
  /** The names of its feeds. */
  readonly files: readonly (readonly [name: string, format: Format])[];
}

/** `feeds.json`, parsed. */
export interface PublishedList {
  readonly url: string;
  /** The base of the addresses of feeds at that time. */
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
  /** Key of its channel; by the folder of the document if the list has no such channel. */
  readonly channel: string;
  /** The channel with the entries before its own, as its link names it. */
  readonly previous?: string;
  readonly read: PublishedFeed;
}

/** The list of channels in the public store, if Dripfeed wrote it: it marks the store as ours. */
export async function readList(store: Store): Promise<PublishedList | undefined> {
  const object = await readObject(store, DISCOVERY.list.file);
  return object && parseList(new TextDecoder().decode(object.body));
}

function parseList(text: string): PublishedList | undefined {
  const list = objectOf(parseJson(text));
  const [url, feeds] = [textOf(list?.["url"]), textOf(list?.["feeds"])];
  if (list?.["generator"] !== "Dripfeed" || url === undefined || feeds === undefined) return undefined;
  const channels = listOf(list["channels"]).flatMap((value): readonly ListedChannel[] => {
    const channel = objectOf(value);
    const key = textOf(channel?.["key"]);
    if (!channel || key === undefined) return [];
    const urls = objectOf(channel["feeds"]) ?? {};
    const [url = feeds] = [channel["page"], ...Object.values(urls)].flatMap((each) => textOf(each) ?? []);
    const paths = [...Object.values(urls), channel["page"]].flatMap((each) => pathOf(textOf(each), feeds) ?? []);
    return [
      {
        key,
        kind: textOf(channel["kind"]) ?? "",
        name: listOf(channel["name"]).flatMap((part) => textOf(part) ?? []),
        title: textOf(channel["title"]) ?? key,
        url,
        paths,
        files: (["rss", "atom", "json"] as const).flatMap((format) => {
          const path = pathOf(textOf(urls[format]), feeds);
          return path === undefined ? [] : [[nameIn(path), format] as const];
        }),
      },
    ];
  });
  return { url, feeds, channels };
}

/** Reads every document of ours; calls `onFeed` for each feed among them, in any order. */
export async function readOurs(
  store: Store,
  list: PublishedList | undefined,
  site: Site,
  onFeed: (feed: OwnFeed) => void,
): Promise<readonly OwnDocument[]> {
  const base = list?.feeds ?? site.feeds;
  const channels = new Map(list?.channels.flatMap(({ key, paths }) => paths.map((path) => [path, key] as const)));
  const lists = new Set(list ? Object.values(DISCOVERY).map(({ file }) => file) : []);
  // Archives, which the list does not have, are called as the feeds that it has.
  const names = new Map([...feedNames(site), ...(list?.channels.flatMap(({ files }) => files) ?? [])]);
  const formatOf = (path: string) => names.get(nameIn(path));
  const keyIn = (path: string) => keyOfFolder(folderOf(path), site);
  const documents: OwnDocument[] = [];
  const keys = [...(await listEtags(store)).keys()];
  const edge = edgeOf(site);
  const originals = list ? [...channels.keys(), ...lists] : keys.filter((key) => isOwnKey(key, edge));
  const copies = new Map(copiesFor(site, originals).map((copy) => [copy.path, copy]));
  await forEachAtOnce(keys, async (path) => {
    const copy = copies.get(path);
    if (copy || HOST_FILES.includes(path)) {
      const own = copy ? await ownCopy(store, copy, base, formatOf(copy.of)) : await ownHostFile(store, path);
      if (own) documents.push(own);
      return;
    }
    const isListed = channels.has(path) || lists.has(path);
    const format = formatOf(path);
    if (!isListed && !format) return;
    const object = await readOrSkip(store, path);
    if (!object) return;
    const read = format && readPublished(format, new TextDecoder().decode(object.body));
    if (!isListed && !(read && isOwn(path, read, base))) return;
    const document = { path, etag: object.etag, digest: digestOf(object.body) };
    documents.push(document);
    // At a listed path another program may have put its own feed.
    if (!format || !read || !(read.isMarked || (read.self !== undefined && pathOf(read.self, base) === path))) return;
    const before = pathOf(read.next, base);
    const previous = before === undefined ? undefined : keyIn(before);
    onFeed({ ...document, format, read, channel: channels.get(path) ?? keyIn(path), ...present({ previous }) });
  });
  return documents.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** A copy is ours if it holds the bytes of its document, or is a feed of ours of former times. Its posts are in the document. */
async function ownCopy(
  store: Store,
  { path, of }: Copy,
  base: string,
  format: Format | undefined,
): Promise<OwnDocument | undefined> {
  const object = await readOrSkip(store, path);
  if (!object) return undefined;
  const digest = digestOf(object.body);
  const read = format && readPublished(format, new TextDecoder().decode(object.body));
  const isFeed =
    read?.self !== undefined && pathOf(read.self, base) !== undefined && (read.isMarked || format === "json");
  const original = isFeed ? undefined : await readOrSkip(store, of);
  return isFeed || (original && digestOf(original.body) === digest) ? { path, etag: object.etag, digest } : undefined;
}

/** The owner may have a file of that name. */
async function ownHostFile(store: Store, path: string): Promise<OwnDocument | undefined> {
  const object = await readOrSkip(store, path);
  if (!object || !isHostText(new TextDecoder().decode(object.body))) return undefined;
  return { path, etag: object.etag, digest: digestOf(object.body) };
}

/** Nothing where the object cannot be read. */
async function readOrSkip(store: Store, path: string): Promise<StoredObject | undefined> {
  return await readObject(store, path).catch((error: unknown) => {
    if (error instanceof StoreUnreadable) return undefined;
    throw error;
  });
}

/** For a document that the list does not name: its `self` link is its path, and it names Dripfeed or is an archive. */
function isOwn(path: string, { isMarked, self }: PublishedFeed, base: string): boolean {
  if (self === undefined || pathOf(self, base) !== path) return false;
  return isMarked || /^archive\//.test(path);
}

const nameIn = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** The public path of an address below `base`. */
function pathOf(url: string | undefined, base: string): string | undefined {
  if (url === undefined || !url.startsWith(base)) return undefined;
  try {
    const path = url.slice(base.length).split("/").map(decodeURIComponent).join("/");
    return path === "" || path.endsWith("/") ? `${path}index.html` : path;
  } catch {
    return undefined;
  }
}
