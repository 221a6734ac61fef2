/** Where a video was made is taken out of it, whatever its bytes. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { withoutPlace } from "../../../lib/write/page/client/media/place.ts";
import { mp4With } from "../../real/writepage/files.ts";

const bytesOf = async (blob: Blob): Promise<Buffer> => Buffer.from(await blob.arrayBuffer());

const boxes = fc.letrec((tie) => ({
  box: fc
    .tuple(
      fc.constantFrom("moov", "trak", "udta", "meta", "mdat", "free"),
      fc.oneof({ depthSize: "small" }, fc.uint8Array({ maxLength: 30 }), tie("boxes")),
      fc.option(fc.constantFrom(0, 1, 7, 8, 20, 0xffffffff), { freq: 4 }),
    )
    .map(([type, content, size]) => {
      const body = Buffer.from(content as Uint8Array);
      const head = Buffer.alloc(8);
      head.writeUInt32BE(size ?? 8 + body.length);
      head.write(type, 4, "latin1");
      return Buffer.concat([head, body]);
    }),
  boxes: fc.array(tie("box"), { maxLength: 4 }).map((all) => Buffer.concat(all as Buffer[])),
}));

test("a place is gone, below the movie and below its tracks, and no byte of the recording has moved", async () => {
  const cleaned = await bytesOf(await withoutPlace(new Blob([mp4With("+31.2304+121.4737/")])));
  expect(cleaned.equals(mp4With(undefined))).toBe(true);
});

test("any bytes keep their length, and what was cleaned stays as it is", async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(boxes.boxes, fc.uint8Array()), async (bytes) => {
      const blob = new Blob([new Uint8Array(bytes as Uint8Array)]);
      const once = await withoutPlace(blob);
      expect(once.size).toBe(blob.size);
      expect((await bytesOf(await withoutPlace(once))).equals(await bytesOf(once))).toBe(true);
    }),
    { numRuns: 500 },
  );
});
