/** What is kept of uploads, in the state store: those that go on, and how those that ended did. */
import { forEachAtOnce } from "../../../base/concurrency.ts";
import { digest } from "../../../base/digest.ts";
import { parseJson } from "../../../base/json.ts";
import { KEPT } from "../../../base/writing.ts";
import type { Grant } from "../../../signin/types.ts";
import { isNumber, isObjectOf, isOneOf, isText, maybe, type TypeGuard } from "../../../state/guards.ts";
import { readObject, type Store } from "../../../stores/store.ts";
import { type MediaTypeName, TYPE_NAMES } from "../types/kinds.ts";

export interface OpenUpload {
  readonly key: string;
  /** The store's name of it. */
  readonly upload: string;
  readonly type: MediaTypeName;
  readonly size: number;
}

/** The answer that every further complete gets: the address, or why the file was not taken. */
export interface EndedUpload {
  readonly key: string;
  readonly size: number;
  readonly url?: string;
  readonly type?: string;
  readonly refused?: string;
}

const isOpen = isObjectOf<OpenUpload>({
  key: isText,
  upload: isText,
  type: isOneOf(...TYPE_NAMES),
  size: isNumber,
});

const isEnded = isObjectOf<EndedUpload>({
  key: isText,
  size: isNumber,
  url: maybe(isText),
  type: maybe(isText),
  refused: maybe(isText),
});

export interface UploadRecords {
  open(id: string): Promise<OpenUpload | undefined>;
  ended(id: string): Promise<EndedUpload | undefined>;
  begin(id: string, record: OpenUpload): Promise<void>;
  /** Another that ends it at the same time writes the same. */
  end(id: string, record: EndedUpload): Promise<void>;
  remove(id: string): Promise<void>;
  /** How many go on. Those that nobody ended in time are given to `discard`; how others ended is told no more. */
  sweep(now: Date, discard: (id: string, record: OpenUpload) => Promise<void>): Promise<number>;
}

/** Of one author: those of another are not found. */
export function recordsOf(state: Store, { author, role }: Grant): UploadRecords {
  const own = `${KEPT}uploads/${author === undefined ? digest("role", role) : digest("author", author)}/`;
  const openKey = (id: string) => `${own}open/${id}.json`;
  const endedKey = (id: string) => `${own}ended/${id}.json`;
  const expiredIn = (now: Date) => async (kind: "open" | "ended") => {
    const ids: string[] = [];
    for await (const { key } of state.list(`${own}${kind}/`))
      ids.push(key.slice(`${own}${kind}/`.length, -".json".length));
    const expired = ids.filter((id) => isExpired(id, now));
    return { expired, left: ids.length - expired.length };
  };

  async function read<T>(key: string, guard: TypeGuard<T>): Promise<T | undefined> {
    const object = await readObject(state, key);
    const value = object && parseJson(new TextDecoder().decode(object.body));
    return guard(value) ? value : undefined;
  }

  async function write(key: string, value: object): Promise<void> {
    const body = new TextEncoder().encode(JSON.stringify(value));
    await state.put(key, body, { contentType: "application/json", durable: true });
  }

  return {
    open: (id) => read(openKey(id), isOpen),
    ended: (id) => read(endedKey(id), isEnded),
    begin: (id, record) => write(openKey(id), record),
    async end(id, record) {
      await write(endedKey(id), record);
      await state.delete(openKey(id));
    },
    async remove(id) {
      await state.delete(openKey(id));
    },
    async sweep(now, discard) {
      const [open, ended] = await Promise.all((["open", "ended"] as const).map(expiredIn(now)));
      await forEachAtOnce(open?.expired ?? [], async (id) => {
        const record = await read(openKey(id), isOpen);
        await (record ? discard(id, record) : state.delete(openKey(id)));
      });
      await forEachAtOnce(ended?.expired ?? [], (id) => state.delete(endedKey(id)));
      return open?.left ?? 0;
    },
  };
}

/** Buckets keep what has come of an upload for a day, by the stack's lifecycle rule. */
export const KEPT_SECONDS = 24 * 60 * 60;

/** Nobody can guess it; it begins with the second in which it was made, by which those that expired are known without being read. */
export const newUploadId = (now: Date, name: string): string => `${secondsOf(now).toString(36)}-${name}`;

export const isUploadId = (id: string): boolean => /^[\da-z]{1,10}-[\w-]{1,100}$/.test(id);

export const expiryOf = (id: string): number => Number.parseInt(id, 36) + KEPT_SECONDS;

export const isExpired = (id: string, now: Date): boolean => expiryOf(id) <= secondsOf(now);

const secondsOf = (now: Date): number => Math.floor(now.getTime() / 1000);
