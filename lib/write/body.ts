/** A request's body, which is read once, and no further than it may be long. */
import { readAll } from "../base/bytes.ts";
import { HttpError } from "../base/http/error.ts";

/** The request with a body in memory. */
export async function bounded(request: Request, maxBytes: number): Promise<Request> {
  const { url, method, headers, body: stream } = request;
  if (!stream) return request;
  const tooLarge = () =>
    new HttpError(
      "too_large",
      `the request has more than ${shown(maxBytes)}: make it smaller, and send large files in parts to /write/uploads`,
    );
  if (Number(headers.get("content-length") ?? 0) > maxBytes) throw tooLarge();
  return new Request(url, { method, headers, body: Buffer.from(await readAll(stream, { maxBytes, tooLarge })) });
}

const shown = (bytes: number): string =>
  bytes < 1_000_000 ? `${bytes.toLocaleString("en")} bytes` : `${bytes / 1_000_000} MB`;
