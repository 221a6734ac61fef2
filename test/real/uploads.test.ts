/** Uploads into buckets of a real server. */
import { describe, expect, test } from "vitest";
import { s3Uploads } from "../../lib/stores/s3/uploads.ts";
import { send, uploadsContract } from "../stores/uploadscontract.ts";
import { endpoint, newPlace } from "./s3.ts";

async function newUploads(prefix = "") {
  const made = await newPlace(prefix);
  return { ...made, uploads: s3Uploads({ bucket: made.bucket, prefix, endpoint }) };
}

// Ceph's gateway knows no conditions of completing: names that nobody else has are what keeps uploads apart.
uploadsContract("a bucket", () => newUploads(), { spares: false });
uploadsContract("a prefix in a bucket", () => newUploads("some/prefix/"), { spares: false });

test("an object has the type and the cache policy that its upload began with", async () => {
  const { uploads, head } = await newUploads("p/");
  const upload = await uploads.begin("media/a.mp4", { contentType: "video/mp4", cacheControl: "public, max-age=3600" });
  await send(uploads, upload, 1, new Uint8Array(10));
  await uploads.complete(upload, (await uploads.parts(upload)) ?? []);
  expect(await head("media/a.mp4")).toMatchObject({ ContentType: "video/mp4", CacheControl: "public, max-age=3600" });
});

describe("who has the address of a part", () => {
  const addressed = async () => {
    const made = await newUploads("p/");
    const upload = await made.uploads.begin("media/a.mp4", { contentType: "video/mp4" });
    if (!("addressOf" in made.uploads.taking)) throw new Error("a bucket takes parts itself");
    const address = new URL(await made.uploads.taking.addressOf(upload, 1, 10, 60));
    const put = async (size: number, url = address, headers = {}) =>
      (await fetch(url, { method: "PUT", body: new Uint8Array(size), headers })).status;
    return { ...made, upload, address, put };
  };

  test("has what a browser sends by itself signed, and nothing else", async () => {
    const { address } = await addressed();
    expect(address.searchParams.get("X-Amz-SignedHeaders")).toBe("content-length;host");
    expect([...address.searchParams.keys()].filter((name) => /checksum/i.test(name))).toEqual([]);
  });

  test("sends exactly as many bytes as it is for", async () => {
    const { uploads, upload, put } = await addressed();
    expect([await put(9), await put(11), await put(1_000_000)]).toEqual([403, 403, 403]);
    expect(await uploads.parts(upload)).toEqual([]);
    expect(await put(10)).toBe(200);
  });

  test("sends no other part, to no other key, and for no longer", async () => {
    const { address, put } = await addressed();
    for (const [name, value] of [
      ["partNumber", "2"],
      ["uploadId", "2~another"],
      ["X-Amz-Expires", "604800"],
    ] as const) {
      const changed = new URL(address);
      changed.searchParams.set(name, value);
      expect([name, await put(10, changed)]).toEqual([name, 403]);
    }
    const elsewhere = new URL(address);
    elsewhere.pathname = elsewhere.pathname.replace("media/a.mp4", "posts/a.md");
    expect(await put(10, elsewhere)).toBe(403);
    const whole = new URL(address);
    whole.searchParams.delete("partNumber");
    whole.searchParams.delete("uploadId");
    expect(await put(10, whole)).toBe(403);
  });

  test("reads and deletes nothing, and changes nothing once it is complete", async () => {
    const { uploads, upload, address, put, head } = await addressed();
    await put(10);
    await uploads.complete(upload, (await uploads.parts(upload)) ?? []);
    const { ETag } = await head("media/a.mp4");
    for (const method of ["GET", "DELETE", "POST"]) expect((await fetch(address, { method })).status).toBe(403);
    expect(await put(10)).toBe(404);
    expect((await head("media/a.mp4")).ETag).toBe(ETag);
  });
});
