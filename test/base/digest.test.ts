/** Digests: half of SHA-256, in the alphabet of addresses. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { digest, digestOf } from "../../lib/base/digest.ts";

const halfOf = (data: Uint8Array | string) =>
  createHash("sha256").update(data).digest().subarray(0, 16).toString("base64url");

test("a digest is the first half of SHA-256, whatever it is of", () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), fc.string({ unit: "grapheme" })), (data) => {
      expect(digestOf(data)).toBe(halfOf(data));
    }),
  );
});

test("a digest of several parts is that of their JSON", () => {
  expect(digest("a", null, ["b"])).toBe(halfOf('["a",null,["b"]]'));
});
