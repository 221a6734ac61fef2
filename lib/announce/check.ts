/** Does the CDN serve what was published? */
import { readObject, type Store } from "../stores/store.ts";

export interface Sample {
  readonly path: string;
  readonly url: string;
  readonly store: Store;
  readonly fetch: typeof globalThis.fetch;
}

/** How they differ. One check is enough: where a run writes in between and causes the difference, it announces again. */
export async function differs({ path, url, store, fetch }: Sample, signal: AbortSignal): Promise<string | undefined> {
  try {
    const published = await readObject(store, path);
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]) });
    const served = new Uint8Array(await response.arrayBuffer());
    if (!published) return response.ok ? `${url} is still served, though it was removed` : undefined;
    if (!response.ok) return `${url} answers ${response.status}`;
    return Buffer.compare(served, published.body) === 0 ? undefined : `${url} is not what was published`;
  } catch (error) {
    return `${url} could not be checked: ${(error as Error).message}`;
  }
}
