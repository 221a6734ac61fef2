/** Uploads into buckets of a real server. */

import { expect, test } from "vitest";
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

test("an object has the type and the cache policy that its upload began with, and an address is signed for the host alone", async () => {
  const { uploads, head } = await newUploads("p/");
  const upload = await uploads.begin("media/a.mp4", { contentType: "video/mp4", cacheControl: "public, max-age=3600" });
  if (!("addressOf" in uploads.taking)) throw new Error("a bucket takes parts itself");
  const address = new URL(await uploads.taking.addressOf(upload, 1, 60));
  expect(address.searchParams.get("X-Amz-SignedHeaders")).toBe("host");
  expect([...address.searchParams.keys()].filter((name) => /checksum/i.test(name))).toEqual([]);
  await send(uploads, upload, 1, new Uint8Array(10));
  await uploads.complete(upload, (await uploads.parts(upload)) ?? []);
  expect(await head("media/a.mp4")).toMatchObject({ ContentType: "video/mp4", CacheControl: "public, max-age=3600" });
});
