/**
 * Memory for the blocks of entries that threads share, used again as soon as nothing in it is held. Memory of each block's own would
 * be freed only after both threads have collected their garbage, and how much shared memory is in use does not make them collect it.
 */
import type { HeldEntry } from "../../formats/types.ts";

/** Sent to a helper: both threads take their parts of the same. */
export interface BlockMemory {
  readonly chunks: readonly SharedArrayBuffer[];
  /** How many bytes of each are taken. */
  readonly taken: Int32Array<SharedArrayBuffer>;
}

/** Bytes. A block of some entries is a tenth of it: little of a chunk stays empty, and little of it stays for one entry in it. */
const CHUNK = 16_000_000;

export interface TakenBlock {
  readonly bytes: Uint8Array<SharedArrayBuffer>;
  /** The number of the chunk in which they lie, if it is one. */
  readonly chunk: number | undefined;
}

/** So many bytes that no other block has; outside the chunks where none has room. */
export function takeBlock({ chunks, taken }: BlockMemory, size: number): TakenBlock {
  for (const [number, chunk] of chunks.entries()) {
    if (Atomics.load(taken, number) + size > chunk.byteLength) continue;
    const start = Atomics.add(taken, number, size);
    // Otherwise the other thread took a part meanwhile, and the little that is left of the chunk stays empty.
    if (start + size <= chunk.byteLength) return { bytes: new Uint8Array(chunk, start, size), chunk: number };
  }
  return { bytes: new Uint8Array(new SharedArrayBuffer(size)), chunk: undefined };
}

/** The bytes of a block that another thread has sent: what it sends is another object than the chunk, for the same memory. */
export function bytesHere({ chunks }: BlockMemory, { bytes, chunk }: TakenBlock): Uint8Array<SharedArrayBuffer> {
  const own = chunk === undefined ? undefined : chunks[chunk];
  return own ? new Uint8Array(own, bytes.byteOffset, bytes.length) : bytes;
}

export interface Chunks {
  /**
   * Memory for about so many bytes. Entries that are not `held` may lie in it, and are overwritten; those of another thread are seen
   * there where `bytesHere` gave their bytes.
   */
  lend(bytes: number, held: Iterable<HeldEntry>): BlockMemory;
}

export function openChunks(): Chunks {
  let chunks: readonly SharedArrayBuffer[] = [];
  return {
    lend(bytes, held) {
      const inUse = new Set<unknown>();
      for (const { line } of held) if (line) inUse.add(line.buffer);
      const wanted = Math.ceil(bytes / CHUNK);
      const free = chunks.filter((chunk) => !inUse.has(chunk)).slice(0, wanted);
      while (free.length < wanted) free.push(new SharedArrayBuffer(CHUNK));
      chunks = [...chunks.filter((chunk) => inUse.has(chunk)), ...free];
      const taken = new Int32Array(new SharedArrayBuffer(free.length * Int32Array.BYTES_PER_ELEMENT));
      return { chunks: free, taken };
    },
  };
}
