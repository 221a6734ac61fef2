/** `ids.jsonl` beside `site.yaml`: the ids that travel with the content, read and renewed. */
import { firstAlike, IDS_KEY, problem } from "../base/problems.ts";
import type { Etag, Problem } from "../model.ts";
import {
  holdsBytes,
  readObject,
  type Store,
  StoreConflict,
  StoreError,
  StoreUnknown,
  StoreUnreadable,
} from "../stores/store.ts";
import { encodeLedger, LEDGER_TYPE, type Ledger, parseLedger } from "./ledger.ts";

export interface IdsFile {
  /** Nothing where there is no such file. */
  readonly etag: Etag | undefined;
  /** Of the lines that can be read. */
  readonly posts: Ledger;
  /** The line of each post. */
  readonly lines: ReadonlyMap<string, number>;
  /** What cannot be read: any post without a line may be named there. */
  readonly errors: readonly Problem[];
}

/** A hundred thousand posts have a third of it. */
const MAX_BYTES = 100_000_000;

const NO_FILE: IdsFile = { etag: undefined, posts: new Map(), lines: new Map(), errors: [] };

/** `known`: as it was read before. Never throws for what the file holds. */
export async function readIdsFile(content: Store, known?: IdsFile): Promise<IdsFile> {
  try {
    const object = await content.get(IDS_KEY, known?.etag, MAX_BYTES + 1);
    if (object === undefined) return NO_FILE;
    if (object !== "unchanged") return parseIdsFile(object.body, object.etag);
    return known ?? NO_FILE;
  } catch (error) {
    if (!(error instanceof StoreUnreadable)) throw error;
    return unreadable(error.message, undefined);
  }
}

function parseIdsFile(body: Uint8Array, etag: Etag): IdsFile {
  if (body.length > MAX_BYTES) return unreadable(`the file has more than ${MAX_BYTES / 1e6} MB`, etag);
  const text = utf8(body);
  if (text === undefined) return unreadable("the file is not UTF-8", etag);
  const { posts, lines, errors, newer } = parseLedger(text);
  if (newer !== undefined) return unreadable(`the file was written by a newer Dripfeed (format ${newer})`, etag);
  const problems = errors.map(({ line, message, fix }) => problem("ids-unreadable", IDS_KEY, message, line, fix));
  return { etag, posts, lines, errors: firstAlike(problems, "lines") };
}

const unreadable = (message: string, etag: Etag | undefined): IdsFile => ({
  ...NO_FILE,
  etag,
  errors: [problem("ids-unreadable", IDS_KEY, message, 1)],
});

function utf8(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}

const ATTEMPTS = 8;

/**
 * Writes what `next` makes of the file, unless it holds that already. Returns the errors of a file that cannot be read, which
 * stays as it is. Throws `StoreError`.
 */
export async function renewIdsFile(content: Store, next: (posts: Ledger) => Ledger): Promise<readonly Problem[]> {
  for (let attempt = 1; ; attempt++) {
    const { etag, posts, errors } = await readIdsFile(content);
    if (errors.length > 0) return errors;
    const bytes = new TextEncoder().encode(encodeLedger(next(posts).values()));
    const condition = etag === undefined ? { ifAbsent: true } : { ifMatch: etag };
    const present = etag === undefined ? undefined : await readObject(content, IDS_KEY);
    if (present && holdsBytes(present, bytes)) return [];
    try {
      await content.put(IDS_KEY, bytes, { contentType: LEDGER_TYPE, durable: true, ...condition });
      return [];
    } catch (error) {
      // Another writer came first, or it is not known who did: merge with what the file holds now.
      if (!(error instanceof StoreConflict || error instanceof StoreUnknown)) throw error;
      if (attempt === ATTEMPTS) throw new StoreError(content.name, "put", IDS_KEY, "others keep writing it: try again");
    }
  }
}
