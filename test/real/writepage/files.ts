/** Files as phones make them: with what they write into them of where and how they were taken. */
import type { Page } from "playwright-core";

export interface PhotoSize {
  readonly width: number;
  readonly height: number;
}

/** A JPEG of the browser's, with an Exif segment before it that says how to turn it, and a position (Exif 2.32 §4.6). */
export async function photoWith(page: Page, { width, height }: PhotoSize, orientation: number): Promise<Buffer> {
  const text = await page.evaluate<string>(`(async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: ${width}, height: ${height} });
    const context = canvas.getContext("2d");
    context.fillStyle = "#74d0b7"; context.fillRect(0, 0, ${width}, ${height});
    context.fillStyle = "#0b6a58"; context.fillRect(0, 0, ${width} / 2, ${height} / 2);
    return canvas.toDataURL("image/jpeg", 0.8).split(",")[1];
  })()`);
  const jpeg = Buffer.from(text, "base64");
  return Buffer.concat([jpeg.subarray(0, 2), exif(orientation), jpeg.subarray(2)]);
}

function exif(orientation: number): Buffer {
  const tiff = Buffer.alloc(26 + 18 + 16);
  tiff.write("MM\0*", 0, "latin1");
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(2, 8);
  entry(tiff, 10, [0x0112, 3, 1]);
  tiff.writeUInt16BE(orientation, 18);
  entry(tiff, 22, [0x8825, 4, 1]);
  tiff.writeUInt32BE(38, 30);
  tiff.writeUInt16BE(1, 38);
  entry(tiff, 40, [0x0001, 2, 2]);
  tiff.write("N\0", 48, "latin1");
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(2 + 6 + tiff.length, 2);
  return Buffer.concat([head, Buffer.from("Exif\0\0", "latin1"), tiff]);
}

function entry(tiff: Buffer, at: number, [tag, type, count]: readonly [number, number, number]): void {
  tiff.writeUInt16BE(tag, at);
  tiff.writeUInt16BE(type, at + 2);
  tiff.writeUInt32BE(count, at + 4);
}

const box = (type: string, ...content: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(content);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, body]);
};

/** The boxes of an MP4 (ISO/IEC 14496-12): with a place as phones write it, or with what becomes of that. */
export function mp4With(place: string | undefined): Buffer {
  const text = Buffer.from(place ?? "", "latin1");
  const content = box("\xa9xyz", Buffer.from([0, 18, 0x15, 0xc7]), text);
  const own = place === undefined ? box("free", Buffer.alloc(30)) : box("udta", content);
  const keys = place === undefined ? box("free", Buffer.alloc(30)) : box("meta", content);
  const track = box("trak", box("tkhd", Buffer.alloc(84)), keys);
  const moov = box("moov", box("mvhd", Buffer.alloc(100)), track, own);
  return Buffer.concat([
    box("ftyp", Buffer.from("isom\0\0\0\0isom", "latin1")),
    moov,
    box("mdat", Buffer.alloc(1000, 7)),
  ]);
}
