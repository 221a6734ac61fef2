/** PNG and WebP files without notes: both are chunks with names, of which only those that decide how the picture looks are kept. */
import { piecesUpTo } from "./pieces.ts";

const PNG_START = 8;
/** The chunks of PNG (https://www.w3.org/TR/png-3/, sections 11.2 and 11.3) without texts, times and Exif. */
const PNG_KEPT = new Set(
  "IHDR PLTE IDAT IEND tRNS cHRM cICP gAMA iCCP mDCV cLLI sBIT sRGB bKGD hIST pHYs sPLT acTL fcTL fdAT".split(" "),
);

/** `undefined` for what is cut short. What follows the picture goes, too. */
export function strippedPng(bytes: Uint8Array): Uint8Array | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept = piecesUpTo(bytes.length);
  kept.add(bytes.subarray(0, PNG_START));
  for (let at = PNG_START; at + 12 <= bytes.length; ) {
    const name = nameAt(bytes, at + 4);
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) return undefined;
    if (PNG_KEPT.has(name)) kept.add(bytes.subarray(at, end));
    if (name === "IEND") return kept.all();
    at = end;
  }
  return undefined;
}

const WEBP_START = 12;
/** The chunks of WebP (https://developers.google.com/speed/webp/docs/riff_container) without `EXIF` and `XMP `. */
const WEBP_KEPT = new Set(["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"]);
/** The bits of `VP8X` by which there are Exif and XMP. */
const WEBP_NOTES = 0x0c;

/** `undefined` for what is cut short. */
export function strippedWebp(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length < WEBP_START + 8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = 8 + view.getUint32(4, true);
  if (whole > bytes.length) return undefined;
  const kept = piecesUpTo(whole);
  kept.add(bytes.subarray(0, WEBP_START));
  for (let at = WEBP_START; at + 8 <= whole; ) {
    const size = view.getUint32(at + 4, true);
    const end = at + 8 + size + (size % 2);
    if (end > whole) return undefined;
    const name = nameAt(bytes, at);
    if (WEBP_KEPT.has(name))
      kept.add(name === "VP8X" ? withoutNotes(bytes.subarray(at, end)) : bytes.subarray(at, end));
    at = end;
  }
  const result = kept.all();
  new DataView(result.buffer).setUint32(4, result.length - 8, true);
  return result;
}

function withoutNotes(chunk: Uint8Array): Uint8Array {
  const copy = chunk.slice();
  if (copy.length > 8) copy[8] = (copy[8] ?? 0) & ~WEBP_NOTES;
  return copy;
}

const nameAt = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
