/** Does the CDN serve what was published? */
import { readObject, type Store } from "../stores/store.ts";

export interface Sample {
  readonly path: string;
  readonly url: string;
  readonly store: Store;
  readonly fetch: typeof globalThis.fetch;
}

/** By which the audience's count knows that nobody reads here (`lib/audience/agents/table/programs.ts`). */
const AGENT = "Dripfeed-Canary (looks whether the CDN serves what was published)";

/**
 * Nothing where they are the same; `unpublished` where there is no such document, and none is served. With the headers that any
 * reader sends, but for its name, so that an edge answers with what it answers readers, and caches no copy apart.
 */
export async function differs(
  { path, url, store, fetch }: Sample,
  signal: AbortSignal,
): Promise<{ readonly why: string } | "unpublished" | undefined> {
  try {
    const published = await readObject(store, path);
    const response = await fetch(url, {
      headers: { "user-agent": AGENT },
      signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
    });
    const served = new Uint8Array(await response.arrayBuffer());
    if (!published) return response.ok ? { why: `${url} is still served, though it was removed` } : "unpublished";
    if (!response.ok) return { why: `${url} answers ${response.status}` };
    return Buffer.compare(served, published.body) === 0 ? undefined : { why: `${url} is not what was published` };
  } catch (error) {
    return { why: `${url} could not be checked: ${(error as Error).message}` };
  }
}
