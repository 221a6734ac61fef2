/** Bodies of requests: read up to a limit, whatever their length is said to be. */

import { readAll } from "../../base/bytes.ts";
import { HttpError } from "../../base/http/error.ts";
import { objectOf, parseJson } from "../../base/json.ts";
import { DIRECT_BYTES } from "../../base/writing.ts";
import type { MediaFile } from "./store.ts";

/** Of what is no file. */
const JSON_BYTES = 20_000;

/** Throws an `HttpError`. */
export async function readJsonBody(request: Request): Promise<{ readonly [name: string]: unknown }> {
  const bytes = await bodyOf(
    request,
    JSON_BYTES,
    () => `the request has more than ${JSON_BYTES} bytes: send only what is asked for`,
  );
  const fields = objectOf(parseJson(new TextDecoder().decode(bytes)));
  if (fields) return fields;
  throw new HttpError(
    "invalid_request",
    'the request is no JSON object: send one, such as {"type":"video/mp4","size":1000}',
  );
}

/** The part `file` of a form (Micropub, section 3.6.3). Throws an `HttpError`. */
export async function readFileBody(request: Request, uploads: string): Promise<MediaFile> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^multipart\/form-data\s*;/i.test(type)) {
    throw new HttpError("invalid_request", "the request is no form: send multipart/form-data with one part named file");
  }
  const bytes = await bodyOf(
    request,
    DIRECT_BYTES,
    () =>
      `the request has more than ${DIRECT_BYTES / 1_000_000} MB: send the file in parts (POST ${uploads}), or a smaller one`,
  );
  const file = await formOf(bytes, type).then((form) => form.get("file"));
  if (!(file instanceof File)) {
    throw new HttpError("invalid_request", "the form has no file: send it in a part named file, with a filename");
  }
  return { name: file.name, type: file.type, bytes: new Uint8Array(await file.arrayBuffer()) };
}

async function formOf(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<FormData> {
  try {
    return await new Response(bytes, { headers: { "content-type": type } }).formData();
  } catch {
    throw new HttpError("invalid_request", "the form is cut short or damaged: send it once more");
  }
}

/** The length that is said spares reading what is too long anyway. */
async function bodyOf(request: Request, maxBytes: number, why: () => string): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () => new HttpError("too_large", why());
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge();
  const bytes = await readAll(request.body ?? [], { maxBytes, tooLarge });
  return new Uint8Array(bytes);
}
