/** Whether a store honours the conditions of puts, on which everything rests that lets several runs write. */
import type { Etag } from "../model.ts";
import {
  holdsBytes,
  type PutOptions,
  readObject,
  type Store,
  StoreConflict,
  StoreError,
  StoreUnknown,
} from "./store.ts";

/** For messages about a server that refuses or ignores conditions. */
export const CONDITIONS_FIX =
  "use a server with conditional writes, such as AWS S3, Cloudflare R2, Ceph or a recent MinIO; or publish into folders, and copy the public one to this server with aws s3 sync or rclone";

/** No MD5, so that no object has it by chance. */
const WRONG_ETAG: Etag = "0".repeat(32);

/** Puts an object under conditions, some of which must fail, and removes it. Throws `StoreError`: what is wrong with `server`. */
export async function probeConditions(store: Store, key: string, server: string): Promise<void> {
  let flaw: string | undefined;
  try {
    flaw = await findFlaw(store, key);
  } catch (error) {
    await store.delete(key).catch(() => undefined); // that the store fails counts more
    throw error;
  }
  if (flaw === undefined) return await store.delete(key);
  const after = await store.delete(key).then(
    () => "nothing else was written",
    (error: Error) => `and the object of this probe stays, since it cannot be removed: ${error.message}`,
  );
  throw new StoreError(store.name, "put", key, `${server} ${flaw}; ${after}\n  fix: ${CONDITIONS_FIX}`);
}

/** What is wrong with the server, as a verb and what follows it. */
async function findFlaw(store: Store, key: string): Promise<string | undefined> {
  let etag: Etag | undefined;
  try {
    etag = await putIf(store, key, "1", { ifAbsent: true });
  } catch (error) {
    if (!(error instanceof StoreError) || error instanceof StoreUnknown) throw error;
    // It is the condition that is refused if the same put succeeds without it.
    await store.put(key, bytesOf("1"), TYPE).catch(() => {
      throw error;
    });
    return `refuses If-None-Match${because(error)}`;
  }
  if (etag === undefined) return "finds an object where there is none (If-None-Match: *)";
  const over = await conflicts(store, key, "2", { ifAbsent: true });
  if (over !== true) return over ?? "ignores If-None-Match, so that two runs would overwrite each other's work";
  const wrong = await conflicts(store, key, "3", { ifMatch: WRONG_ETAG });
  if (wrong !== true) return wrong ?? "ignores If-Match, so that two runs would overwrite each other's work";
  const right = await conflicts(store, key, "4", { ifMatch: etag });
  if (right === true) return "finds that an object has not the ETag which it gave it (If-Match)";
  return right;
}

type Condition = Pick<PutOptions, "ifAbsent" | "ifMatch">;

/** `true` where the condition failed, nothing where the object was put; else what the server did instead. */
async function conflicts(
  store: Store,
  key: string,
  text: string,
  condition: Condition,
): Promise<true | string | undefined> {
  try {
    return (await putIf(store, key, text, condition)) === undefined ? true : undefined;
  } catch (error) {
    if (!(error instanceof StoreError) || error instanceof StoreUnknown) throw error;
    return `refuses ${condition.ifAbsent ? "If-None-Match" : "If-Match"}${because(error)}`;
  }
}

const MAX_TRIES = 5;

/** The ETag, or nothing where the condition failed. After a lost reply the object itself says whether it was put. */
async function putIf(store: Store, key: string, text: string, condition: Condition): Promise<Etag | undefined> {
  const body = bytesOf(text);
  for (let tries = 1; ; tries++) {
    try {
      return await store.put(key, body, { ...TYPE, ...condition });
    } catch (error) {
      if (error instanceof StoreConflict) return undefined;
      if (!(error instanceof StoreUnknown) || tries === MAX_TRIES) throw error;
      const found = await readObject(store, key);
      if (found && holdsBytes(found, body)) return found.etag;
    }
  }
}

const TYPE = { contentType: "text/plain" };

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const because = ({ cause }: StoreError): string =>
  cause instanceof Error && cause.message ? ` (${cause.message})` : "";
