/** The media of the content, at the addresses and with the headers with which the CDN serves them (`infra/cdn.ts`). */

import { MEDIA, SERVED } from "../base/served.ts";
import { contentTypeOf } from "../content/facts/mime.ts";
import { decodePath } from "../edge/address.ts";
import type { EdgeRequest } from "../edge/decide.ts";
import type { Headers } from "../edge/headers.ts";
import { type OpenFile, type OpenWithin, StoreUnreadable } from "../stores/store.ts";

export interface OpenMedia {
  readonly file: OpenFile;
  readonly headers: Headers;
}

/** The file that the request asks for, where site generators keep it; `undefined` where there is none. */
export async function openMedia({ method, path }: EdgeRequest, open: OpenWithin): Promise<OpenMedia | undefined> {
  if (method !== "GET" && method !== "HEAD") return undefined;
  const name = decodePath(path)?.slice(1);
  // Hidden files are not pushed, so that the CDN has none.
  if (name === undefined || !name.startsWith(MEDIA) || /\/(?:\.|$|\/)/.test(name)) return undefined;
  for (const folder of SERVED) {
    for (const spelt of spellings(name)) {
      const file = await openKey(open, folder + spelt, folder + MEDIA);
      if (file) return { file, headers: headersOfMedia(spelt) };
    }
  }
  return undefined;
}

/** File systems differ in how they encode é; a push stores it composed, which is how addresses have it. */
const spellings = (name: string): readonly string[] => [
  ...new Set([name, name.normalize("NFC"), name.normalize("NFD")]),
];

async function openKey(open: OpenWithin, key: string, within: string): Promise<OpenFile | undefined> {
  try {
    return await open(key, within);
  } catch (error) {
    if (error instanceof StoreUnreadable) return undefined;
    throw error;
  }
}

/** Browsers must revalidate every time, since a preview changes often. */
const headersOfMedia = (key: string): Headers => ({
  "content-type": contentTypeOf(key),
  "cache-control": "no-cache",
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "ETag, Link, Content-Range",
  "x-content-type-options": "nosniff",
  "x-frame-options": "SAMEORIGIN",
  "referrer-policy": "strict-origin-when-cross-origin",
});
