/**
 * Takes out where a video was made. Phones write that into `udta` and `meta` below `moov` (QuickTime File Format, "User data atoms" and
 * "Metadata"; ISO/IEC 14496-12 §8.10, §8.11). Such a box becomes one of the type `free`, which players skip, and its content zeros, so
 * that no byte of the recording moves.
 */

/** `moov` holds tables alone; a larger one is no phone's. */
const MAX_MOOV = 64_000_000;
const SILENCED = ["udta", "meta"];
const HOLDERS = ["moov", "trak"];

export async function withoutPlace(file: Blob): Promise<Blob> {
  let at = 0;
  while (at + 8 <= file.size) {
    const head = new DataView(await file.slice(at, at + 16).arrayBuffer());
    const size = sizeAt(head, 0, file.size - at);
    if (size === undefined) return file;
    if (typeAt(head, 0) === "moov") {
      if (size > MAX_MOOV) return file;
      const moov = await file.slice(at, at + size).arrayBuffer();
      silence(new DataView(moov), 0, moov.byteLength);
      return new Blob([file.slice(0, at), moov, file.slice(at + size)], { type: file.type });
    }
    at += size;
  }
  return file;
}

const typeAt = (view: DataView, at: number): string =>
  String.fromCharCode(...[4, 5, 6, 7].map((offset) => view.getUint8(at + offset)));

const headOf = (short: number): number => (short === 1 ? 16 : 8);

/** A size of 1 is one of 64 bits behind the type, a size of 0 goes to the end. Nothing, if it is no box. */
function sizeAt(view: DataView, at: number, room: number): number | undefined {
  const short = view.getUint32(at);
  if (short === 0) return room;
  const size = short === 1 && view.byteLength >= at + 16 ? Number(view.getBigUint64(at + 8)) : short;
  return size < headOf(short) || size > room ? undefined : size;
}

function silence(view: DataView, from: number, to: number, depth = 0): void {
  let at = from;
  while (at + 8 <= to) {
    const size = sizeAt(view, at, to - at);
    if (size === undefined) return;
    const type = typeAt(view, at);
    const content = at + headOf(view.getUint32(at));
    // A movie holds tracks, which hold none.
    if (HOLDERS[depth] === type) silence(view, content, at + size, depth + 1);
    if (SILENCED.includes(type)) {
      for (const [offset, letter] of [..."free"].entries()) view.setUint8(at + 4 + offset, letter.charCodeAt(0));
      new Uint8Array(view.buffer, content, at + size - content).fill(0);
    }
    at += size;
  }
}
