/** Documents as places in memory that threads share: either thread puts their bytes together. */
import { encoded, type Piece } from "../../formats/pieces.ts";

export interface SharedPieces {
  readonly blocks: readonly Uint8Array<SharedArrayBuffer>[];
  /** Of each piece of all documents: its block, where it begins, and where it ends. */
  readonly places: Int32Array;
  /** Of each document: the number of its first piece; then that of all. */
  readonly firsts: Int32Array;
}

const PLACE = 3;

/** What is not in shared memory yet is copied there, once however many documents share it. */
export function sharedPieces(documents: readonly (readonly Piece[])[]): SharedPieces {
  const blocks = new Map<SharedArrayBuffer, number>();
  const copies: Uint8Array[] = [];
  const copied = new Map<Uint8Array, number>();
  const [places, firsts]: [number[], number[]] = [[], []];
  let size = 0;
  const copy = (bytes: Uint8Array): number => {
    const start = size;
    copies.push(bytes);
    size += bytes.length;
    return start;
  };
  for (const pieces of documents) {
    firsts.push(places.length / PLACE);
    for (const piece of pieces) {
      if (typeof piece === "string") {
        const bytes = encoded(piece);
        const start = copy(bytes);
        places.push(OWN, start, start + bytes.length);
      } else if (piece.buffer instanceof SharedArrayBuffer) {
        const block = blocks.get(piece.buffer) ?? blocks.size + 1;
        blocks.set(piece.buffer, block);
        places.push(block, piece.byteOffset, piece.byteOffset + piece.length);
      } else {
        const start = copied.get(piece) ?? copy(piece);
        copied.set(piece, start);
        places.push(OWN, start, start + piece.length);
      }
    }
  }
  firsts.push(places.length / PLACE);
  const own = new Uint8Array(new SharedArrayBuffer(size));
  let end = 0;
  for (const bytes of copies) {
    own.set(bytes, end);
    end += bytes.length;
  }
  const others = [...blocks.keys()].map((buffer) => new Uint8Array(buffer));
  return { blocks: [own, ...others], places: Int32Array.from(places), firsts: Int32Array.from(firsts) };
}

/** The number of the block of what was not in shared memory. */
const OWN = 0;

/**
 * Puts documents together, one at a time and all in the same memory: the bytes of one hold until the next is asked for. Memory
 * that is allocated anew for each is freed late, and the process grows.
 */
export function documentsIn({ blocks, places, firsts }: SharedPieces): (document: number) => Uint8Array {
  let memory = new Uint8Array(0);
  return (document) => {
    const parts: Uint8Array[] = [];
    let size = 0;
    for (let piece = firsts[document] ?? 0; piece < (firsts[document + 1] ?? 0); piece++) {
      const [block = 0, start, end] = places.subarray(piece * PLACE, (piece + 1) * PLACE);
      const part = blocks[block]?.subarray(start, end);
      if (!part) throw new RangeError(`document ${document} has a piece in block ${block}, which is not there`);
      parts.push(part);
      size += part.length;
    }
    if (memory.length < size) memory = Buffer.allocUnsafeSlow(Math.max(size, 2 * memory.length));
    let end = 0;
    for (const part of parts) {
      memory.set(part, end);
      end += part.length;
    }
    return memory.subarray(0, size);
  };
}
