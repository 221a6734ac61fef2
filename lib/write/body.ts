/** A request's body, which is read once, and no further than it may be long. */
import { readAll } from "../base/bytes.ts";

class TooLong extends Error {
  override readonly name = "TooLong";
}

/** The request with a body in memory; `undefined` where it is longer than `most` bytes. */
export async function bounded(request: Request, most: number): Promise<Request | undefined> {
  const { url, method, headers, body: stream } = request;
  if (!stream) return request;
  try {
    if (Number(headers.get("content-length") ?? 0) > most) throw new TooLong();
    const body = Buffer.from(await readAll(stream, { maxBytes: most, tooLarge: () => new TooLong() }));
    return new Request(url, { method, headers, body });
  } catch (error) {
    if (error instanceof TooLong) return undefined;
    throw error;
  }
}
