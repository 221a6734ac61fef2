/** Sizes of pictures. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPicture } from "../../lib/base/picture.ts";
import { jpeg, png } from "../support/pictures.ts";

const side = fc.integer({ min: 1, max: 65_535 });

describe("a picture", () => {
  test("is as wide and as high as its header says, whatever comes before and after it", () => {
    fc.assert(
      fc.property(side, side, fc.uint8Array({ maxLength: 300 }), (width, height, bytes) => {
        expect(readPicture(Buffer.concat([png(width, height), bytes]))).toEqual({ type: "PNG", width, height });
        expect(readPicture(Buffer.concat([jpeg(width, height, bytes), bytes]))).toEqual({
          type: "JPEG",
          width,
          height,
        });
      }),
    );
  });

  test("is none in a file that is cut short, or of another type, and nothing throws", () => {
    fc.assert(
      fc.property(side, side, fc.nat(1000), (width, height, length) => {
        const [first, second] = [png(width, height).subarray(0, Math.min(length, 23)), jpeg(width, height)];
        expect(readPicture(first)).toBeUndefined();
        expect(readPicture(second.subarray(0, Math.min(length, second.length - 12)))).toBeUndefined();
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(readPicture(bytes)).toBeUndefined();
      }),
    );
    for (const text of ["GIF89a", "<svg/>", "RIFF....WEBPVP8 ", ""]) {
      expect(readPicture(new TextEncoder().encode(text.padEnd(40)))).toBeUndefined();
    }
  });

  test("is none without pixels", () => expect(readPicture(png(0, 5))).toBeUndefined());
});
