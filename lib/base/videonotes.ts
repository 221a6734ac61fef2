/**
 * A video without what the phone noted beside it: where it was recorded, when, and by which camera. It keeps its length, so
 * that nothing in it moves; what was noted becomes free space. By what browsers have, too, since the phone does it before it sends a file.
 */

interface Box {
  readonly name: string;
  readonly start: number;
  /** Where its content begins. */
  readonly inside: number;
  readonly end: number;
}

/** Those in which notes are, from the file downwards (ISO/IEC 14496-12; QuickTime File Format, "User data atoms"). */
const ABOVE = ["moov", "trak"];
const NOTES = new Set(["udta", "meta"]);

/** Of the `uuid` by which a box holds XMP: `uuid_xmp` of FFmpeg's libavformat/mov.c. */
const XMP = "be7acfcb97a942e89c71999491e3afac";

/** A video in fragments has some thousands. What is looked at is bounded, whatever a file says. */
const MAX_BOXES = 20_000;

/** An MP4 or MOV file; any other is as it was, and so is what follows a box that is longer than the file. */
export async function withoutVideoNotes(file: Blob): Promise<Blob> {
  const notes = await notesIn(file, { start: 0, end: file.size, depth: 0 }, { left: MAX_BOXES });
  if (notes.length === 0) return file;
  const parts: (Blob | Uint8Array<ArrayBuffer>)[] = [];
  let at = 0;
  for (const { start, inside, end } of notes) {
    const name = start + 4;
    parts.push(file.slice(at, name), FREE, file.slice(name + 4, inside), new Uint8Array(end - inside));
    at = end;
  }
  parts.push(file.slice(at));
  return new Blob(parts, { type: file.type });
}

const FREE = new TextEncoder().encode("free");

interface Span {
  readonly start: number;
  readonly end: number;
  /** How many boxes are around it. */
  readonly depth: number;
}

/** In the order of the file. */
async function notesIn(file: Blob, { start, end, depth }: Span, boxes: { left: number }): Promise<readonly Box[]> {
  const notes: Box[] = [];
  for (let at = start; boxes.left > 0; boxes.left -= 1) {
    const box = await boxAt(file, at, end);
    if (box === undefined) break;
    if (box.name === ABOVE[depth]) {
      notes.push(...(await notesIn(file, { start: box.inside, end: box.end, depth: depth + 1 }, boxes)));
    } else if (await isNotes(file, box)) notes.push(box);
    at = box.end;
  }
  return notes;
}

const isNotes = async (file: Blob, { name, inside }: Box): Promise<boolean> =>
  NOTES.has(name) || (name === "uuid" && (await hexAt(file, inside, 16)) === XMP);

/** `undefined` at the end, and for what is no box. */
async function boxAt(file: Blob, start: number, limit: number): Promise<Box | undefined> {
  if (start + 8 > limit) return undefined;
  const head = new DataView(await file.slice(start, Math.min(start + 16, limit)).arrayBuffer());
  const name = String.fromCharCode(head.getUint8(4), head.getUint8(5), head.getUint8(6), head.getUint8(7));
  const short = head.getUint32(0);
  if (short === 1 && head.byteLength < 16) return undefined;
  const size = short === 1 ? Number(head.getBigUint64(8)) : short || limit - start; // 0: to the end
  const inside = start + (short === 1 ? 16 : 8);
  const end = start + size;
  return end < inside || end > limit ? undefined : { name, start, inside, end };
}

async function hexAt(file: Blob, start: number, length: number): Promise<string> {
  const bytes = new Uint8Array(await file.slice(start, start + length).arrayBuffer());
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
