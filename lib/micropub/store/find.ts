/** The address of a post → its file, for posts that no run has seen, too. */

import { digestOf } from "../../base/digest.ts";
import { HttpError } from "../../base/http/error.ts";
import { KEPT } from "../../base/writing.ts";
import { isPostFile, MAX_POST_BYTES } from "../../content/inputs.ts";
import type { Etag, Post } from "../../model.ts";
import { fitsPath } from "../../site/rules.ts";
import { compareKeys, isKey, readObject, type Store } from "../../stores/store.ts";
import type { PostsContext } from "./context.ts";
import { previewOf } from "./preview.ts";

export interface FoundPost {
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly etag: Etag;
}

const markOf = (url: string): string => `${KEPT}posts/${digestOf(url)}`;

/** Which file an address is of: what spares a look at all that no run has seen. Once a run has, its record says so. */
export async function noteAddress({ state, records }: PostsContext, url: string, key: string): Promise<void> {
  const isKnown = records.some((record) => record.key === key && record.facts?.url === url);
  if (isKnown) return await state.delete(markOf(url));
  await state.put(markOf(url), new TextEncoder().encode(JSON.stringify({ key })), { contentType: "application/json" });
}

/** Throws an `HttpError` where no file has the address. */
export async function findFile(context: PostsContext, url: string): Promise<FoundPost> {
  const known = context.records.find(({ facts }) => facts?.url === url)?.key;
  const file = known === undefined ? undefined : await readFile(context.content, known);
  const found = file ?? (await markedFile(context, url)) ?? (await searchFile(context, url));
  if (found) return found;
  throw new HttpError("not_found", `no post has the address ${url.slice(0, 300)}: it was removed, or is at another`);
}

export async function readFile(content: Store, key: string): Promise<FoundPost | undefined> {
  // A byte more than a post may have, by which it is seen that there are more: of a part nothing may be written back.
  const object = await readObject(content, key, MAX_POST_BYTES + 1);
  return object && { key, bytes: object.body, etag: object.etag };
}

/** The key of another post that has this one's address, whether a run has seen it or not. */
export async function holderOf(
  context: PostsContext,
  { key, url }: Pick<Post, "key" | "url">,
): Promise<string | undefined> {
  const known = context.records.find((record) => record.key !== key && record.facts?.url === url)?.key;
  if (known !== undefined) return known;
  const marked = (await markedFile(context, url))?.key;
  return marked === key ? undefined : marked;
}

/** The file that was noted for the address, unless another post is at that key by now. */
async function markedFile(context: PostsContext, url: string): Promise<FoundPost | undefined> {
  const mark = await readObject(context.state, markOf(url));
  const { key }: { key?: unknown } = mark ? JSON.parse(new TextDecoder().decode(mark.body)) : {};
  return typeof key === "string" && isKey(key) ? withAddress(context, key, url) : undefined;
}

async function withAddress(context: PostsContext, key: string, url: string): Promise<FoundPost | undefined> {
  const file = await readFile(context.content, key);
  const { post } = file ? await previewOf(context, key, file.bytes) : {};
  return post?.url === url ? file : undefined;
}

/** How many files are read to find one address, the likeliest names first: files that no run has seen in their present state. */
const MOST_READ = 100;

async function searchFile(context: PostsContext, url: string): Promise<FoundPost | undefined> {
  const keys = await unseenKeys(context);
  const path = decodedPath(url);
  const isLikely = (key: string) => path.includes(nameIn(key));
  const [likely, others] = [keys.filter(isLikely), keys.filter((key) => !isLikely(key))];
  for (const key of [...likely, ...others].slice(0, MOST_READ)) {
    const file = await withAddress(context, key, url);
    if (!file) continue;
    // A draft that came by git: whoever opens it asks for it again. That it is not noted costs the next search alone.
    await noteAddress(context, url, key).catch(() => undefined);
    return file;
  }
  return undefined;
}

/** The name of a file without folders, extension and date. */
function nameIn(key: string): string {
  const file = key.slice(key.lastIndexOf("/") + 1);
  return file
    .slice(0, file.lastIndexOf("."))
    .replace(/^\d{4}-\d\d-\d\d-/, "")
    .toLowerCase();
}

/** Files whose present state is in no feed: new and changed posts, drafts, and posts of a later date. */
export async function unseenKeys({ content, site, records }: PostsContext): Promise<readonly string[]> {
  const seen = new Map(records.map((record) => [record.key, record]));
  const keys: string[] = [];
  for (const prefix of prefixesOf(site.posts)) {
    for await (const { key, etag } of content.list(prefix)) {
      if (!isPostFile(key) || !fitsPath(site.posts, key)) continue;
      const record = seen.get(key);
      if (record?.etag !== etag || record.state !== "public") keys.push(key);
    }
  }
  return keys.sort(compareKeys);
}

/** The folders with which the globs begin; without those that lie in another one of them. */
function prefixesOf(globs: readonly string[]): readonly string[] {
  const all = [...new Set(globs.map((glob) => /^[^*?[{(!]*\//.exec(glob)?.[0] ?? ""))];
  return all.filter((one) => !all.some((other) => other !== one && one.startsWith(other)));
}

function decodedPath(url: string): string {
  try {
    return decodeURIComponent(new URL(url).pathname).toLowerCase();
  } catch {
    return url.toLowerCase();
  }
}
