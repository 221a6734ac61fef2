/** Bytes that come in parts, as one. */

type Parts = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Up to a limit: a server or a device may never end. Throws what `tooLarge` gives for the reason. */
export async function readAll(
  parts: Parts,
  { maxBytes, tooLarge }: { readonly maxBytes: number; readonly tooLarge: (why: string) => Error },
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of parts) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(`it is larger than ${maxBytes / 1_000_000} MB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
