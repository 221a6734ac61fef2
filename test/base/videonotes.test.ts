/** Videos without what phones note beside them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withoutVideoNotes } from "../../lib/base/videonotes.ts";

const PLACE = "+52.5200+013.4050/";

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const box = (name: string, ...content: readonly (Buffer | string)[]): Buffer => {
  const body = Buffer.concat(content.map((each) => (typeof each === "string" ? Buffer.from(each, "latin1") : each)));
  return Buffer.concat([u32(body.length + 8), Buffer.from(name, "latin1"), body]);
};
/** With a length of 64 bits. */
const longBox = (name: string, content: Buffer): Buffer =>
  Buffer.concat([u32(1), Buffer.from(name), u32(0), u32(content.length + 16), content]);

const stripped = async (bytes: Uint8Array): Promise<Buffer> =>
  Buffer.from(await (await withoutVideoNotes(new Blob([Uint8Array.from(bytes)]))).arrayBuffer());

const free = (bytes: Buffer): Buffer =>
  Buffer.concat([bytes.subarray(0, 4), Buffer.from("free"), Buffer.alloc(bytes.length - 8)]);

const XMP = Buffer.from("be7acfcb97a942e89c71999491e3afac", "hex");
const HEAD = box("ftyp", "mp42");
const TRACK = box("tkhd", "direction");

describe("a video", () => {
  test("loses the places that Android and Apple note, and XMP, and keeps its length, its tracks and what is shown", async () => {
    const android = box("udta", box("\u00a9xyz", PLACE), box("loci", PLACE));
    const apple = box("meta", box("keys", "com.apple.quicktime.location.ISO6709"), box("ilst", PLACE));
    const xmp = box("uuid", XMP, PLACE);
    const other = box("uuid", Buffer.alloc(16, 1), "of another use");
    const film = box("mdat", box("udta", "it only looks like one"));
    const make = (a: Buffer, b: Buffer, c: Buffer) =>
      Buffer.concat([HEAD, film, box("moov", box("mvhd"), a, box("trak", TRACK, b), b), c, other]);
    const result = await stripped(make(android, apple, xmp));
    expect(result.includes(PLACE)).toBe(false);
    expect(result.toString("latin1")).toBe(make(free(android), free(apple), free(xmp)).toString("latin1"));
  });

  test("may have boxes with long lengths, or one to its end", async () => {
    const long = Buffer.concat([
      HEAD,
      longBox("mdat", Buffer.alloc(100)),
      longBox("moov", longBox("udta", Buffer.from(PLACE))),
    ]);
    const result = await stripped(long);
    expect(result).toHaveLength(long.length);
    expect(result.includes(PLACE)).toBe(false);
    const last = Buffer.concat([HEAD, u32(0), Buffer.from("moov"), u32(0), Buffer.from(`udta${PLACE}`)]);
    expect((await stripped(last)).includes(PLACE)).toBe(false);
  });

  test("without notes is the very same file", async () => {
    const file = new Blob([
      Uint8Array.from(Buffer.concat([HEAD, box("moov", box("trak", TRACK)), box("mdat", "film")])),
    ]);
    expect(await withoutVideoNotes(file)).toBe(file);
  });

  test("of a million boxes, beside each other or in each other, takes no more work than one of some thousands", async () => {
    const deep = Buffer.alloc(4_000_000);
    for (let at = 0; at + 8 <= deep.length; at += 8) {
      deep.writeUInt32BE(deep.length - at, at);
      deep.write("moov", at + 4);
    }
    const wide = Buffer.concat(Array.from({ length: 500_000 }, () => box("free")));
    let slices = 0;
    const counted = (bytes: Buffer): Blob => {
      const file = new Blob([Uint8Array.from(bytes)]);
      const slice = file.slice.bind(file);
      file.slice = (...args) => {
        slices += 1;
        return slice(...args);
      };
      return file;
    };
    for (const bytes of [deep, wide]) await withoutVideoNotes(counted(bytes));
    expect(slices).toBeLessThan(50_000);
  });

  test("of any bytes keeps its length, and stripped once more is the same", async () => {
    const names = fc.constantFrom("moov", "trak", "udta", "meta", "uuid", "mdat", "free", "\0\0\0\0");
    const any = fc.array(
      fc.oneof(
        names.map((name) => Buffer.from(name)),
        fc.nat(40).map(u32),
        fc.uint8Array({ maxLength: 20 }),
      ),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(any, async (parts) => {
        const bytes = Buffer.concat(parts);
        const once = await stripped(bytes);
        expect(once).toHaveLength(bytes.length);
        expect(Buffer.compare(await stripped(once), once)).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  test("of the example site has what is shown where it was", async () => {
    const names = readdirSync("content/media", { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".mp4"),
    );
    expect(names.length).toBeGreaterThan(1);
    for (const name of names) {
      const bytes = readFileSync(join("content/media", name));
      const result = await stripped(bytes);
      expect(result).toHaveLength(bytes.length);
      expect(result.indexOf("mdat")).toBe(bytes.indexOf("mdat"));
    }
  });
});
