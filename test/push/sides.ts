/** The sides of pushes and pulls in memory: folders, a bucket, and what is written into them. */
import { memoryStore } from "../../lib/stores/memory.ts";
import type { Store } from "../../lib/stores/store.ts";

export type Texts = { readonly [key: string]: string };

export const write = (store: Store, key: string, text: string) =>
  store.put(key, new TextEncoder().encode(text), { contentType: "text/plain" });
export const remove = (store: Store, key: string) => store.delete(key);
export const isHidden = (key: string): boolean => key.startsWith(".");

export async function storeOf(files: Texts, name: string): Promise<Store> {
  const store = memoryStore(name);
  for (const [key, text] of Object.entries(files)) await write(store, key, text);
  return store;
}

export async function filesIn(store: Store): Promise<Texts> {
  const files: { [key: string]: string } = {};
  for await (const { key } of store.list("")) {
    const object = await store.get(key);
    if (typeof object === "object") files[key] = new TextDecoder().decode(object.body);
  }
  return files;
}

/** As a fresh checkout of what the folder has committed. */
export const copied = async (folder: Store): Promise<Store> => storeOf(await filesIn(folder), "checkout");
