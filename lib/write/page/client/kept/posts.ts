/** The posts that are kept on this phone, and who is told when one changes: this tab, and the others. */
import { ask } from "../base/api.ts";
import { all, change, get, put, remove } from "./database.ts";
import { EMPTY } from "./empty.ts";
import type { KeptFile, KeptPost, PostContent, PostKind, PostMedia } from "./types.ts";

/** So many that were sent are shown. */
const MOST_SENT = 5;

const listeners = new Set<() => void>();
const channel = new BroadcastChannel("dripfeed");
channel.onmessage = () => tellHere();

const tellHere = (): void => {
  for (const listener of listeners) listener();
};

export function tell(): void {
  tellHere();
  channel.postMessage("changed");
}

/** Returns what ends it. */
export function onChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function newPost(kind: PostKind, by: string, written: Partial<PostContent> = {}): KeptPost {
  const id = crypto.randomUUID();
  return { ...EMPTY, ...written, id, kind, by, made: Date.now(), state: "writing", tries: 0 };
}

/** Newest first. */
export const keptPosts = async (): Promise<readonly KeptPost[]> =>
  [...(await all<KeptPost>("posts"))].sort((a, b) => b.made - a.made);

export const postAt = (id: string): Promise<KeptPost | undefined> => get<KeptPost>("posts", id);

export async function keep(post: KeptPost): Promise<void> {
  await put("posts", post);
  tell();
}

export async function changePost(
  id: string,
  edit: (post: KeptPost) => KeptPost | undefined,
): Promise<KeptPost | undefined> {
  const changed = await change<KeptPost>("posts", id, edit);
  if (changed) tell();
  return changed;
}

export async function discard(post: KeptPost): Promise<void> {
  // What has arrived of a file is of no use to anybody; where nobody answers, it expires.
  for (const { upload, url } of post.media)
    if (upload && url === undefined)
      ask(`uploads/${upload.id}`, { method: "DELETE", by: post.by }).catch(() => undefined);
  await remove("posts", post.id);
  await dropFiles(post.media);
  tell();
}

/** What was sent needs its files no more; of the posts themselves the last few stay, to show how they fared. */
export async function tidy(): Promise<void> {
  const sent = (await keptPosts()).filter(({ state }) => state === "sent");
  sent.sort((a, b) => (b.sent ?? 0) - (a.sent ?? 0));
  for (const post of sent.slice(MOST_SENT)) await discard(post);
}

export async function dropFiles(media: readonly PostMedia[]): Promise<void> {
  for (const { id, poster } of media) {
    await remove("files", id);
    if (poster !== undefined) await remove("files", poster);
  }
}

export async function keepFile(blob: Blob, id: string = crypto.randomUUID()): Promise<string> {
  await put("files", { id, blob } as KeptFile);
  return id;
}

/** Nothing, if it is not there any more. */
export const changeFile = (id: string, blob: Blob): Promise<KeptFile | undefined> =>
  change<KeptFile>("files", id, () => ({ id, blob }));

export const fileAt = async (id: string): Promise<Blob | undefined> => (await get<KeptFile>("files", id))?.blob;

export function without(post: KeptPost, names: readonly (keyof KeptPost)[]): KeptPost {
  const copy: { -readonly [name in keyof KeptPost]?: KeptPost[name] } = { ...post };
  for (const name of names) delete copy[name];
  return copy as KeptPost;
}
