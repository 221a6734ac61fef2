/** A JPEG file without what says where and when it was taken, and with what: only what decides how it looks is kept. */
import { piecesUpTo } from "./pieces.ts";

const EXIF = "Exif\0\0";

/**
 * `undefined` for what is cut short or no JPEG (ISO/IEC 10918-1, B.1.1). What follows the picture goes, too: phones put further
 * pictures and a video there, each with its own notes.
 */
export function strippedJpeg(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept = piecesUpTo(bytes.length);
  let orientation = 1;
  for (let at = 2; at + 1 < bytes.length; ) {
    const marker = bytes[at + 1] ?? 0;
    // Neither has a length what stands only within a scan, nor is there a picture in a picture.
    if (bytes[at] !== 0xff || marker === 0 || (marker >= 0xd0 && marker <= SOI)) return undefined;
    if (marker === 0xff) {
      at += 1; // bytes that fill
      continue;
    }
    if (marker === EOI) return joined(kept.all(), orientation);
    if (at + 4 > bytes.length) return undefined;
    const end = at + 2 + view.getUint16(at + 2);
    if (end < at + 4 || end > bytes.length) return undefined;
    const segment = bytes.subarray(at, end);
    if (marker === 0xe1 && textAt(segment, 4, EXIF.length) === EXIF) orientation = orientationIn(segment.subarray(10));
    at = marker === SOS ? endOfScan(bytes, end) : end;
    if (isKept(marker, segment)) kept.add(marker === SOS ? bytes.subarray(end - segment.length, at) : segment);
  }
  return undefined;
}

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;

/** Tables, frames and scans; JFIF, the colour profile, and Adobe's note on how colours are coded. No other application's, no comment. */
function isKept(marker: number, segment: Uint8Array): boolean {
  if (marker === 0xe0) return textAt(segment, 4, 5) === "JFIF\0";
  if (marker === 0xe2) return textAt(segment, 4, 12) === "ICC_PROFILE\0";
  if (marker === 0xee) return textAt(segment, 4, 5) === "Adobe";
  return marker >= 0xc0 && marker <= 0xdf;
}

/** Where the next marker stands that is neither a byte of the picture nor a restart. */
function endOfScan(bytes: Uint8Array, start: number): number {
  for (let at = start; ; at += 1) {
    at = bytes.indexOf(0xff, at);
    if (at < 0) return bytes.length;
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
}

const textAt = (bytes: Uint8Array, start: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(start, start + length));

/** Which way up, from 1 to 8 (Exif's tag 0x0112): 1, as it lies, where it is not said. */
function orientationIn(tiff: Uint8Array): number {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  if (view.byteLength < 8) return 1;
  const little = view.getUint16(0) === 0x4949;
  const first = view.getUint32(4, little);
  if (first + 2 > view.byteLength) return 1;
  const entries = view.getUint16(first, little);
  for (let i = 0, at = first + 2; i < entries && at + 12 <= view.byteLength; i += 1, at += 12) {
    if (view.getUint16(at, little) !== 0x0112) continue;
    const value = view.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** Puts the direction after JFIF, which has to be first. */
function joined(kept: Uint8Array, orientation: number): Uint8Array {
  const own = orientation === 1 ? [] : [exifOf(orientation)];
  const first = kept[1] === 0xe0 ? 2 + (kept[2] ?? 0) * 256 + (kept[3] ?? 0) : 0;
  const [start, end] = [new Uint8Array([0xff, SOI]), new Uint8Array([0xff, EOI])];
  return Buffer.concat([start, kept.subarray(0, first), ...own, kept.subarray(first), end]);
}

/** Exif with one directory of one entry: the direction, a number of 16 bits. */
function exifOf(orientation: number): Uint8Array {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
  const body = [...Buffer.from(EXIF, "latin1"), ...tiff];
  return new Uint8Array([0xff, 0xe1, 0, body.length + 2, ...body]);
}
