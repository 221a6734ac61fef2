/** The bytes of a log file as they were before gzip, which servers and rotation pack logs with (RFC 1952). */
import { createGunzip } from "node:zlib";

/** A byte of gzip is at most about a thousand of text, and what one piece gives is held at once. */
const PIECE_BYTES = 32_768;
const OUTPUT_BYTES = 65_536;

/** Whatever is not gzip comes as it is. A file that was cut short, or is damaged, gives what comes before, and tells `cut`. */
export async function* plainChunks(
  chunks: AsyncIterable<Uint8Array>,
  cut: () => void = () => {},
): AsyncIterable<Uint8Array> {
  const source = withMagic(chunks);
  const first = await source.next();
  if (first.done) return;
  if (isGzip(first.value)) {
    yield* unpacked(first.value, source, cut);
    return;
  }
  try {
    yield first.value;
    yield* source;
  } finally {
    await source.return(undefined);
  }
}

/** The same bytes, the first two of them in one chunk. */
async function* withMagic(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  let first: Uint8Array | undefined = new Uint8Array(0);
  for await (const chunk of chunks) {
    if (!first) {
      yield chunk;
      continue;
    }
    first = first.length === 0 ? chunk : Buffer.concat([first, chunk]);
    if (first.length < 2) continue;
    yield first;
    first = undefined;
  }
  if (first && first.length > 0) yield first;
  return undefined;
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** The next piece is unpacked while the output of the one before is read. Node goes on with the next member of a file by itself. */
async function* unpacked(
  first: Uint8Array,
  rest: AsyncGenerator<Uint8Array, undefined>,
  cut: () => void,
): AsyncIterable<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: OUTPUT_BYTES });
  let ready: Uint8Array[] = [];
  let isDone = false;
  let isDamaged = false;
  let wake = () => {};
  gunzip.on("data", (chunk: Uint8Array) => ready.push(chunk));
  gunzip.on("error", () => {
    isDamaged = true;
    isDone = true;
    wake();
  });
  gunzip.on("end", () => {
    isDone = true;
    wake();
  });
  /** Ends when `work` calls back, or when nothing more will come. */
  const done = (work: (end: () => void) => void): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
      if (isDone) resolve();
      else work(resolve);
    });
  const output = (): readonly Uint8Array[] => {
    const chunks = ready;
    ready = [];
    return chunks;
  };
  try {
    let writing = Promise.resolve();
    for await (const piece of pieces(first, rest)) {
      await writing;
      if (isDone) break;
      const chunks = output();
      writing = done((end) => gunzip.write(piece, end));
      yield* chunks;
    }
    await writing;
    // `end` comes after all output.
    await done(() => gunzip.end());
    yield* output();
    if (isDamaged) cut();
  } finally {
    gunzip.destroy();
    await rest.return(undefined);
  }
}

async function* pieces(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  yield* cutUp(first);
  for await (const chunk of rest) yield* cutUp(chunk);
}

function* cutUp(chunk: Uint8Array): Iterable<Uint8Array> {
  for (let from = 0; from < chunk.length; from += PIECE_BYTES) yield chunk.subarray(from, from + PIECE_BYTES);
}
