/** Intents: the paths that the holder of a lease is about to put or remove, kept where a run that takes over finds them. */
import type { Store } from "../stores/store.ts";
import { isListOf, isObjectOf, isOneOf, isText } from "./guards.ts";
import type { CurrentHead } from "./head.ts";
import { JSON_TYPE, readNamed } from "./objects.ts";
import { decodeJson, sealJson } from "./sealed.ts";
import type { Intent } from "./types.ts";

const isIntent = isObjectOf<Intent>({ format: isOneOf(1), run: isText, paths: isListOf(isText) });

/** Puts it under its key, before any lease names that. */
export async function putIntent(state: Store, key: string, intent: Intent): Promise<void> {
  await state.put(key, sealJson(key, intent), { contentType: JSON_TYPE, durable: true });
}

/** Paths that the lease in the head may have left half written: it has expired, but for a dry run. */
export async function inheritedPaths(state: Store, { value: head }: CurrentHead): Promise<ReadonlySet<string>> {
  if (!head.lease) return new Set();
  const { intent } = head.lease;
  return new Set(decodeJson(intent, await readNamed(state, intent), isIntent).paths);
}
