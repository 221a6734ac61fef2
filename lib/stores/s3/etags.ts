/** ETags in conditions: with quotes, as HTTP has them, or without them, whichever the server understands. */
import type { Etag } from "../../model.ts";
import { isRetried, statusOf } from "./failures.ts";

export const unquoted = (etag: string): Etag => etag.replace(/^(W\/)?"|"$/g, "");

export interface EtagSpelling {
  /** Sends a get under the condition that the object no longer has the ETag. */
  get<T>(etag: Etag, send: (spelled: string) => Promise<T>): Promise<T>;
  /** Sends a put under the condition that the object has the ETag. */
  put<T>(etag: Etag, send: (spelled: string) => Promise<T>): Promise<T>;
  /** Sends a delete under the same condition. */
  delete<T>(etag: Etag, send: (spelled: string) => Promise<T>): Promise<T>;
}

/**
 * Begins without quotes: Ceph and DigitalOcean match no ETag with them. Cloudflare R2 answers 400 to one without them, and
 * others may find that it does not match, so until a put has shown what is understood, the request is sent again with quotes.
 * Both times the condition is the same one. AWS understands both, so nothing is to be found out where `isKnown`.
 */
export function etagSpelling(isKnown: boolean): EtagSpelling {
  let quotes = false;
  let known = isKnown;

  async function sendAs<T>(
    etag: Etag,
    send: (spelled: string) => Promise<T>,
    { isDoubtful, proves }: { readonly isDoubtful: (error: unknown) => boolean; readonly proves: boolean },
  ): Promise<T> {
    const before = quotes;
    try {
      const reply = await send(before ? `"${etag}"` : etag);
      known ||= proves;
      return reply;
    } catch (error) {
      // Another request may have found it out meanwhile.
      if (before || (known && !quotes) || !isDoubtful(error)) throw error;
      return await sendQuoted(etag, send, error);
    }
  }

  async function sendQuoted<T>(etag: Etag, send: (spelled: string) => Promise<T>, first: unknown): Promise<T> {
    try {
      const reply = await send(`"${etag}"`);
      quotes = known = true;
      return reply;
    } catch (error) {
      if (statusOf(error) === 400) throw first;
      if (statusOf(first) === 400 && statusOf(error) !== undefined) quotes = known = true;
      throw error;
    }
  }

  return {
    // That a get returned the object may mean that its ETag was not understood.
    get: (etag, send) => sendAs(etag, send, { isDoubtful: (error) => statusOf(error) === 400, proves: false }),
    put: (etag, send) => sendAs(etag, send, { isDoubtful: isDoubtfulWrite, proves: true }),
    // A delete may succeed because the server ignores its condition.
    delete: (etag, send) => sendAs(etag, send, { isDoubtful: isDoubtfulWrite, proves: false }),
  };
}

/** After a retry a failed condition may mean that the first attempt succeeded: then the object has another ETag now. */
const isDoubtfulWrite = (error: unknown): boolean =>
  statusOf(error) === 400 || (statusOf(error) === 412 && !isRetried(error));
