/** What sign-in keeps in the state store: small JSON objects of a known shape, changed by compare-and-swap. */
import * as v from "valibot";
import { parseJson } from "../../base/json.ts";
import { KEPT } from "../../base/writing.ts";
import type { Etag } from "../../model.ts";
import { holdsBytes, readObject, type Store, StoreConflict, StoreUnknown } from "../../stores/store.ts";

const MAX_BYTES = 65_536;

export interface KeptObject<T> {
  readonly value: T;
  readonly etag: Etag;
}

/** An object that is damaged or has another shape counts as absent, and so lets nobody in. */
export async function readKept<S extends v.GenericSchema>(
  state: Store,
  name: string,
  shape: S,
): Promise<KeptObject<v.InferOutput<S>> | undefined> {
  const object = await readObject(state, KEPT + name, MAX_BYTES + 1);
  if (!object) return undefined;
  const result = v.safeParse(shape, parseJson(new TextDecoder().decode(object.body)));
  return result.success ? { value: result.output, etag: object.etag } : undefined;
}

/**
 * `former`: the object that it takes the place of; without it, there must be none. `false`: another came first, and nothing is
 * changed. Where the reply is lost, or a gateway answers 500 to who came second, what is there now tells: so where it matters who
 * came first, `value` is one that nobody else would put.
 */
export async function swapKept(
  state: Store,
  name: string,
  value: object,
  former?: { readonly etag: Etag },
): Promise<boolean> {
  const condition = former ? { ifMatch: former.etag } : { ifAbsent: true };
  const body = Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
  try {
    await state.put(KEPT + name, body, { contentType: "application/json", durable: true, ...condition });
    return true;
  } catch (error) {
    if (error instanceof StoreConflict) return false;
    if (!(error instanceof StoreUnknown)) throw error;
    const now = await readObject(state, KEPT + name, MAX_BYTES + 1);
    return now !== undefined && holdsBytes(now, body);
  }
}

export const removeKept = (state: Store, name: string): Promise<void> => state.delete(KEPT + name, { durable: true });

/** Names below `folder`, which ends with a slash. */
export async function namesOfKept(state: Store, folder: string): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { key } of state.list(KEPT + folder)) names.push(key.slice(KEPT.length));
  return names;
}

export interface Listed<T> extends KeptObject<T> {
  readonly name: string;
}

/** Of all that lies below `folder` and is of this shape. */
export async function listKeptObjects<S extends v.GenericSchema>(
  state: Store,
  folder: string,
  shape: S,
): Promise<readonly Listed<v.InferOutput<S>>[]> {
  const listed: Listed<v.InferOutput<S>>[] = [];
  for (const name of await namesOfKept(state, folder)) {
    const kept = await readKept(state, name, shape);
    if (kept) listed.push({ name, ...kept });
  }
  return listed;
}
