/** The contract suite that every adapter for uploads passes. */
import { describe, expect, test } from "vitest";
import { readObject, type Store, StoreConflict, StoreError, StoreUnknown } from "../../lib/stores/store.ts";
import type { Upload, Uploads } from "../../lib/stores/uploads.ts";

/** Of S3, all parts but the last have at least so many bytes. */
export const PART = 5 * 1024 * 1024;

const TYPE = { contentType: "video/mp4", cacheControl: "public, max-age=3600" };

/** Bytes that differ from part to part, and within one. */
export const bytesOf = (size: number, seed: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: size }, (_, i) => (i * 7 + (i >> 8) * seed + seed) % 256);

/** As a phone sends it: to the store itself, or by way of the process that serves it. */
export async function send(
  uploads: Uploads,
  upload: Upload,
  part: number,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  if ("put" in uploads.taking) return uploads.taking.put(upload, part, new Blob([bytes]).stream(), bytes.length);
  const response = await fetch(await uploads.taking.addressOf(upload, part, bytes.length, 60), {
    method: "PUT",
    body: bytes,
  });
  expect(response.status).toBe(200);
}

const partsOf = async (uploads: Uploads, upload: Upload) => {
  const parts = await uploads.parts(upload);
  if (parts === undefined) throw new Error("the upload is not known");
  return parts;
};

/** `make` returns an empty store at each call, and the uploads into it. `spares`: what is at a key already is not replaced. */
export function uploadsContract(
  name: string,
  make: () => Promise<{ readonly store: Store; readonly uploads: Uploads }>,
  { spares }: { readonly spares: boolean },
): void {
  const keysOf = async (store: Store) => {
    const keys: string[] = [];
    for await (const { key } of store.list("")) keys.push(key);
    return keys;
  };

  describe(`uploads into ${name} fulfil the contract:`, () => {
    test("parts in any order, one of them sent twice, become one object, and nothing is there before", async () => {
      const { store, uploads } = await make();
      const upload = await uploads.begin("media/2026/12/a.mp4", TYPE);
      expect(await uploads.parts(upload)).toEqual([]);
      const [first, second, last] = [bytesOf(PART, 1), bytesOf(PART, 2), bytesOf(1234, 3)] as const;
      await send(uploads, upload, 3, last);
      await send(uploads, upload, 1, bytesOf(PART, 9));
      await send(uploads, upload, 1, first);
      expect((await partsOf(uploads, upload)).map(({ number, size }) => [number, size])).toEqual([
        [1, PART],
        [3, 1234],
      ]);
      await send(uploads, upload, 2, second);
      expect(await keysOf(store)).toEqual([]);
      await uploads.complete(upload, await partsOf(uploads, upload));
      expect(await keysOf(store)).toEqual(["media/2026/12/a.mp4"]);
      const object = await readObject(store, upload.key);
      expect(Buffer.compare(Buffer.concat([first, second, last]), object?.body ?? new Uint8Array())).toBe(0);
      expect(await uploads.parts(upload)).toBeUndefined();
    });

    test.runIf(spares)("what is at the key already is not replaced", async () => {
      const { store, uploads } = await make();
      const upload = await uploads.begin("media/a.png", TYPE);
      await send(uploads, upload, 1, bytesOf(10, 1));
      await store.put("media/a.png", new TextEncoder().encode("first"), { contentType: "image/png" });
      await expect(uploads.complete(upload, await partsOf(uploads, upload))).rejects.toThrow(StoreConflict);
      expect(new TextDecoder().decode((await readObject(store, "media/a.png"))?.body)).toBe("first");
    });

    test("of two completes at once one object is made, and the other is the same or a conflict", async () => {
      const { store, uploads } = await make();
      const upload = await uploads.begin("media/a.mp4", TYPE);
      await send(uploads, upload, 1, bytesOf(PART, 1));
      await send(uploads, upload, 2, bytesOf(100, 2));
      const parts = await partsOf(uploads, upload);
      const outcomes = await Promise.allSettled([uploads.complete(upload, parts), uploads.complete(upload, parts)]);
      const failed = outcomes.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
      expect(failed.length).toBeLessThan(2);
      for (const error of failed) expect(error).toBeInstanceOf(StoreError);
      expect((await readObject(store, upload.key))?.body).toHaveLength(PART + 100);
    });

    test("one that was completed or aborted has ended: it has no parts, and another complete makes nothing", async () => {
      const { store, uploads } = await make();
      const upload = await uploads.begin("media/a.gif", TYPE);
      await send(uploads, upload, 1, bytesOf(10, 1));
      const parts = await partsOf(uploads, upload);
      await uploads.abort(upload);
      await uploads.abort(upload);
      expect(await uploads.parts(upload)).toBeUndefined();
      const error = await uploads.complete(upload, parts).catch((reason: unknown) => reason);
      // Ceph's gateway answers 500, and that it is being completed.
      expect(error instanceof StoreConflict || error instanceof StoreUnknown).toBe(true);
      expect(await keysOf(store)).toEqual([]);
    });

    test("a part that was sent once more since it was looked at is an error, and the upload goes on", async () => {
      const { store, uploads } = await make();
      const upload = await uploads.begin("media/a.gif", TYPE);
      await send(uploads, upload, 1, bytesOf(10, 1));
      const seen = await partsOf(uploads, upload);
      await send(uploads, upload, 1, bytesOf(20, 2));
      await expect(uploads.complete(upload, seen)).rejects.toThrow(StoreError);
      expect(await keysOf(store)).toEqual([]);
      await uploads.complete(upload, await partsOf(uploads, upload));
      expect((await readObject(store, upload.key))?.body).toHaveLength(20);
    });

    test("a key that leads out of the store is refused", async () => {
      const { uploads } = await make();
      for (const key of ["../a.png", "a//b", "a\0"]) {
        await expect(uploads.begin(key, TYPE)).rejects.toThrow(StoreError);
      }
    });
  });
}
