/** The canary: does the site's address serve its feed as it is in the public store? Asked again and again, whether anything changes or not. */
import { present } from "../base/optional.ts";
import { fileOf } from "../formats/files.ts";
import type { Etag } from "../model.ts";
import type { Site } from "../site/types.ts";
import type { Store } from "../stores/store.ts";
import { differs } from "./check.ts";

export interface CanaryInput {
  /** Is called where it can be told; nothing where its settings cannot be used. */
  readonly site: () => Promise<Pick<Site, "feeds" | "files" | "formats"> | undefined>;
  readonly public: Store;
  readonly fetch: typeof globalThis.fetch;
  /** Names the state of affairs where all is announced and nobody writes; nothing where caches may be behind. */
  readonly settled: () => Promise<Etag | undefined>;
  readonly signal: AbortSignal;
}

export interface CdnChecked {
  /** How what is served differs from what was published. */
  readonly stale?: string;
}

/** Nothing where it cannot be told: caches may be behind, or a run wrote meanwhile. */
export async function checkServed(input: CanaryInput): Promise<CdnChecked | undefined> {
  const { public: store, fetch, settled, signal } = input;
  const before = await settled();
  const site = before === undefined ? undefined : await input.site();
  const [format] = site?.formats ?? [];
  if (!site || format === undefined) return undefined;
  const path = fileOf(format, site);
  const found = await differs({ path, url: site.feeds + path, store, fetch }, signal);
  // Where `files` was changed and no run has seen it yet, the document is not there.
  if (found === "unpublished") return undefined;
  if (found !== undefined && (await settled()) !== before) return undefined;
  return present({ stale: found?.why });
}
