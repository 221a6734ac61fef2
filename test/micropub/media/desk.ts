/** A site in folders to which a phone sends media. */
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ADDRESSES } from "../../../lib/base/writing.ts";
import { openMedia } from "../../../lib/micropub/media/media.ts";
import type { MicropubInput } from "../../../lib/micropub/types.ts";
import type { Grant } from "../../../lib/signin/types.ts";
import { folderUploads } from "../../../lib/stores/folder/uploads.ts";
import { folderStore } from "../../../lib/stores/folder.ts";
import type { Store } from "../../../lib/stores/store.ts";
import { answering } from "../../support/answering.ts";
import { testClock } from "../../support/world.ts";

export const ORIGIN = "https://feeds.example.com";

export const SITE = `title: Field notes
url: https://example.com/
feeds: ${ORIGIN}/
media: https://media.example.com/
timezone: Asia/Shanghai
since: 2020
`;

/** New year's night in Shanghai, and the old year still in UTC. */
export const NEW_YEAR = new Date("2026-12-31T17:00:00Z");

export const ANNA: Grant = { author: "anna", role: "author", scopes: ["create", "media"], id: "device-1" };
export const BEN: Grant = { ...ANNA, author: "ben", id: "device-2" };

export interface Desk {
  readonly input: MicropubInput & { readonly clock: ReturnType<typeof testClock> };
  readonly folder: string;
  ask(method: string, path: string, body?: object | Uint8Array, grant?: Grant): Promise<Response>;
  /** As apps do it. */
  send(bytes: Uint8Array, type: string, filename?: string, grant?: Grant): Promise<Response>;
  /** Begins an upload and sends all of its parts. */
  upload(bytes: Uint8Array, type: string, size?: number): Promise<string>;
  mediaKeys(): Promise<readonly string[]>;
}

export async function desk(site = SITE): Promise<Desk> {
  const folder = await mkdtemp(join(tmpdir(), "dripfeed-media-"));
  const [contentFolder, stateFolder] = [join(folder, "content"), join(folder, "state")];
  const clock = testClock(NEW_YEAR);
  let names = 0;
  const content = folderStore(contentFolder);
  await content.put("site.yaml", Buffer.from(site), { contentType: "application/yaml" });
  const input = {
    content,
    state: folderStore(stateFolder),
    uploads: folderUploads(contentFolder, stateFolder),
    clock,
    newName: () => `name-${++names}`,
    origin: ORIGIN,
  };
  return { input, folder, ...askerOf(input), mediaKeys: () => keysOf(content, "media/") };
}

export function askerOf(input: MicropubInput): Pick<Desk, "ask" | "send" | "upload"> {
  const media = openMedia(input);
  const answer = async (request: Request, grant: Grant) => {
    const response = await answering(() => media.answer(request, grant));
    if (!response) throw new Error("nothing answers at this address");
    return response;
  };
  const ask: Desk["ask"] = (method, path, body, grant = ANNA) => {
    const sent =
      body === undefined ? {} : { body: body instanceof Uint8Array ? Uint8Array.from(body) : JSON.stringify(body) };
    return answer(new Request(ORIGIN + path, { method, ...sent }), grant);
  };
  return {
    ask,
    async send(bytes, type, filename = "photo.jpg", grant = ANNA) {
      const form = new FormData();
      form.append("file", new File([Uint8Array.from(bytes)], filename, { type }));
      // As it comes over the wire.
      const wire = new Response(form);
      const headers = { "content-type": wire.headers.get("content-type") ?? "" };
      const body = await wire.arrayBuffer();
      return answer(new Request(ORIGIN + ADDRESSES.media, { method: "POST", body, headers }), grant);
    },
    async upload(bytes, type, size = bytes.length) {
      const begun = await ask("POST", ADDRESSES.uploads, { type, size });
      const { id, partSize, parts } = (await begun.json()) as { id: string; partSize: number; parts: number };
      for (let part = 1; part <= parts; part += 1) {
        await ask(
          "PUT",
          `${ADDRESSES.uploads}/${id}/parts/${part}`,
          bytes.subarray((part - 1) * partSize, part * partSize),
        );
      }
      return id;
    },
  };
}

export async function keysOf(store: Store, prefix = ""): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys;
}

/** The error that an answer says. */
export const errorIn = async (response: Response) =>
  (await response.json()) as {
    readonly error: string;
    readonly error_description: string;
    readonly missing?: readonly number[];
  };
