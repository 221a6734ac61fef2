/** What cameras note is gone, and the picture is the same. */
import { Worker } from "node:worker_threads";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { strippedPng, strippedWebp } from "../../../lib/micropub/media/stripped/chunks.ts";
import { strippedJpeg } from "../../../lib/micropub/media/stripped/jpeg.ts";
import { exif, ftyp, jpeg, notes, PROFILE, png, SECRETS, webp } from "./samples.ts";

const secret = Buffer.from(SECRETS.join(" "), "latin1");

/** Nothing of the secrets is in it. */
function expectNone(bytes: Uint8Array | undefined): void {
  if (bytes === undefined) throw new Error("it is no picture");
  for (const each of SECRETS) expect(Buffer.from(bytes).includes(each)).toBe(false);
}

describe("a JPEG", () => {
  test("that has no notes is the same, byte for byte", () => {
    expect(Buffer.compare(strippedJpeg(jpeg()) ?? Buffer.alloc(0), jpeg())).toBe(0);
    expect(Buffer.compare(strippedJpeg(jpeg([PROFILE])) ?? Buffer.alloc(0), jpeg([PROFILE]))).toBe(0);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    "loses its notes and what follows it, and keeps its profile and direction %i",
    (orientation) => {
      for (const order of ["II", "MM"] as const) {
        const stripped = strippedJpeg(
          jpeg([...notes(orientation, order), PROFILE], Buffer.concat([jpeg(notes()), ftyp("isom"), secret])),
        );
        expectNone(stripped);
        const expected =
          orientation === 1
            ? jpeg([PROFILE])
            : jpeg([Buffer.from([0xff, 0xe1, 0, 34]), exifOnly(orientation), PROFILE]);
        expect(Buffer.from(stripped ?? []).toString("hex")).toBe(expected.toString("hex"));
        expect(
          Buffer.compare(strippedJpeg(stripped ?? Buffer.alloc(0)) ?? Buffer.alloc(0), stripped ?? Buffer.alloc(1)),
        ).toBe(0);
      }
    },
  );

  /** With nothing but the direction. */
  const exifOnly = (orientation: number) =>
    Buffer.from(
      `4578696600004d4d002a000000080001011200030000000100${orientation.toString(16).padStart(2, "0")}000000000000`,
      "hex",
    );

  test("with a direction that there is not lies as it is", () => {
    for (const orientation of [0, 9, 65535]) {
      expect(Buffer.compare(strippedJpeg(jpeg(notes(orientation))) ?? Buffer.alloc(0), jpeg())).toBe(0);
    }
  });

  test("that is cut anywhere is none", () => {
    const whole = jpeg(notes());
    for (let length = 0; length < whole.length; length += 1)
      expect(strippedJpeg(whole.subarray(0, length))).toBeUndefined();
  });

  test("of any bytes is none, or has no application's notes but a direction, and stripped once more is the same", () => {
    const changed = fc
      .tuple(fc.constantFrom(jpeg(notes()), jpeg([PROFILE]), exif(3)), fc.array(fc.tuple(fc.nat(), fc.nat(255))))
      .map(([bytes, edits]) => {
        const copy = Uint8Array.from(bytes);
        for (const [where, value] of edits) copy[where % copy.length] = value;
        return copy;
      });
    fc.assert(
      fc.property(
        fc.oneof(
          changed,
          fc.uint8Array().map((bytes) => Buffer.concat([Buffer.from([0xff, 0xd8]), bytes, Buffer.from([0xff, 0xd9])])),
        ),
        (bytes) => {
          const stripped = strippedJpeg(bytes);
          if (stripped === undefined) return;
          expect(stripped.length).toBeLessThanOrEqual(bytes.length);
          expect(Buffer.compare(strippedJpeg(stripped) ?? Buffer.alloc(0), stripped)).toBe(0);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe("a PNG", () => {
  test("loses texts, times, Exif and what follows it, and keeps what decides how it looks", () => {
    const looks = [
      ["gAMA", Buffer.alloc(4)],
      ["iCCP", Buffer.from("profile")],
      ["acTL", Buffer.alloc(8)],
    ] as const;
    const said = ["tEXt", "zTXt", "iTXt", "eXIf", "tIME", "prVt"].map((name) => [name, secret] as const);
    const stripped = strippedPng(png([...said, ...looks], SECRETS.join(" ")));
    expectNone(stripped);
    expect(Buffer.from(stripped ?? []).toString("hex")).toBe(png(looks).toString("hex"));
    expect(strippedPng(png(said).subarray(0, 100))).toBeUndefined();
  });
});

describe("a WebP", () => {
  test("loses Exif, XMP and what follows it, and says so in its head", () => {
    const noted = webp([
      ["EXIF", secret],
      ["XMP ", secret],
      ["odd!", secret.subarray(1)],
    ]);
    const stripped = strippedWebp(Buffer.concat([noted, secret]));
    expectNone(stripped);
    expect(Buffer.from(stripped ?? []).toString("hex")).toBe(webp().toString("hex"));
    expect(strippedWebp(noted.subarray(0, -1))).toBeUndefined();
  });
});

/** In 32 MB for objects; the bytes of the file itself do not count. */
test("a picture of millions of pieces takes no more memory than its bytes", async () => {
  const code = `
    import { strippedPng } from ${JSON.stringify(import.meta.resolve("../../../lib/micropub/media/stripped/chunks.ts"))};
    import { strippedJpeg } from ${JSON.stringify(import.meta.resolve("../../../lib/micropub/media/stripped/jpeg.ts"))};
    const png = Buffer.alloc(8 + 12 * 1_000_000);
    for (let at = 8; at < png.length; at += 12) png.write("IDAT", at + 4, "latin1");
    png.write("IEND", png.length - 8, "latin1");
    const jpeg = Buffer.alloc(4 + 4 * 3_000_000);
    for (let at = 2; at + 4 < jpeg.length; at += 4) jpeg.writeUInt32BE(0xffc40002, at);
    jpeg.writeUInt16BE(0xffd8, 0);
    jpeg.writeUInt16BE(0xffd9, jpeg.length - 2);
    if (strippedPng(png)?.length !== png.length || strippedJpeg(jpeg)?.length !== jpeg.length) process.exit(1);`;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), {
    resourceLimits: { maxOldGenerationSizeMb: 32 },
  });
  const ended = await new Promise((resolve) => worker.once("error", resolve).once("exit", resolve));
  expect(ended).toBe(0);
});
