/** Stores and sites to compare with. */

import { sealJson } from "../../lib/state/sealed.ts";
import type { PutOptions, Store } from "../../lib/stores/store.ts";
import { type World, world } from "./world.ts";

type Put = (key: string, body: Uint8Array, options: PutOptions) => Promise<string>;

/** The store with its `put` replaced; the replacement is given the original. */
export const withPut = (store: Store, put: (real: Put, ...args: Parameters<Put>) => Promise<string>): Store => ({
  ...store,
  put: (key, body, options) => put(store.put, key, body, options),
});

/** Puts an object of the state store as a run would. */
export const putSealed = (state: Store, key: string, value: object) =>
  state.put(key, sealJson(key, value), { contentType: "application/json" });

/** The documents that one undisturbed run makes of the same content. */
export async function undisturbed(site: World): Promise<{ readonly [path: string]: string }> {
  const other = await world();
  for (const [key, text] of Object.entries(await site.dump(site.content))) await other.write(key, text);
  await other.publish();
  return other.dump(other.public);
}
