/** Makes one file of what has come, looks what it is, and takes it or removes it again. */
import { answerJson } from "../../../base/http/answers.ts";
import { HttpError } from "../../../base/http/error.ts";
import { headersOf } from "../../../content/facts/mime.ts";
import type { Grant } from "../../../signin/types.ts";
import { readObject, StoreConflict, StoreUnknown } from "../../../stores/store.ts";
import { usableSite } from "../../site.ts";
import type { MicropubInput } from "../../types.ts";
import { mediaUrlOf } from "../place.ts";
import { strippedOf } from "../stripped/stripped.ts";
import { HEAD_BYTES, readType } from "../types/content.ts";
import { servedTypeOf, TYPES } from "../types/kinds.ts";
import { partsFor } from "./parts.ts";
import { type EndedUpload, type OpenUpload, recordsOf } from "./records.ts";

/**
 * May be asked any number of times, by several at once: each step finds what another has done, and all get the same answer. Until
 * the file was looked at, nobody but the one who sends it knows its name.
 */
export async function completeUpload(
  input: MicropubInput,
  id: string,
  open: OpenUpload | undefined,
  grant: Grant,
): Promise<Response> {
  const records = recordsOf(input.state, grant);
  const ended = (await records.ended(id)) ?? (open && (await endOf(input, open)));
  if (ended) {
    // Where a process ended between these two, the file is removed now.
    if (open) await records.end(id, ended);
    if (ended.refused !== undefined) await input.content.delete(ended.key);
    return answerOfEnded(ended);
  }
  // Another complete has refused the file meanwhile, and removed it.
  const late = await records.ended(id);
  if (late) return answerOfEnded(late);
  await records.remove(id);
  throw new HttpError("not_found", GONE);
}

export const GONE = "no upload has this name, or it expired after a day: begin it once more";

function answerOfEnded({ url, type, refused }: EndedUpload): Response {
  if (url === undefined) throw new HttpError("unsupported_type", refused ?? "");
  return answerJson(201, { url, type }, { location: url });
}

/** `undefined` where nothing is left of it. */
async function endOf(input: MicropubInput, open: OpenUpload): Promise<EndedUpload | undefined> {
  const { key, size } = open;
  const failure = await makeFile(input, open);
  const head = await input.content.getPart(key, 0, HEAD_BYTES);
  if (head === undefined) {
    if (failure) throw failure;
    return undefined;
  }
  try {
    const type = TYPES[open.type];
    const found = await readType(head, servedTypeOf(type));
    if (found.container !== type.container) {
      throw new HttpError(
        "unsupported_type",
        `the file is ${servedTypeOf(found)}, and its upload began as ${servedTypeOf(type)}: begin it with its own type`,
      );
    }
    // A video is not read as a whole: the phone strips it before it is sent.
    if (type.kind === "image" && !(await strip(input, open))) return undefined;
    return { key, size, url: mediaUrlOf(await usableSite(input), key), type: servedTypeOf(type) };
  } catch (error) {
    if (error instanceof HttpError && error.code === "unsupported_type") return { key, size, refused: error.message };
    throw error;
  }
}

/** Why it is unknown whether the file was made, where it is. Throws an `HttpError` for a file that is not whole. */
async function makeFile(
  { uploads }: MicropubInput,
  { key, upload, size }: OpenUpload,
): Promise<StoreUnknown | undefined> {
  const received = await uploads.parts({ key, id: upload });
  if (received === undefined) return undefined; // made before, or expired
  const found = partsFor(size, received);
  if ("missing" in found) {
    const { missing } = found;
    throw new HttpError(
      "incomplete",
      `of ${missing.length} parts nothing has come, or not as many bytes as they have: send them, and complete it again`,
      { missing: missing.slice(0, MAX_NAMED) },
    );
  }
  try {
    await uploads.complete({ key, id: upload }, found.parts);
  } catch (error) {
    if (error instanceof StoreUnknown) return error;
    if (!(error instanceof StoreConflict)) throw error;
  }
  return undefined;
}

const MAX_NAMED = 100;

const ATTEMPTS = 4;

/** False where the file is gone. Two requests that do this at once put the same bytes. */
async function strip({ content }: MicropubInput, { key, type }: OpenUpload): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    const object = await readObject(content, key);
    if (!object) return false;
    const stripped = await strippedOf(TYPES[type], object.body);
    if (stripped.length === object.body.length) return true;
    try {
      await content.put(key, stripped, { ...headersOf(key), ifMatch: object.etag, durable: true });
      return true;
    } catch (error) {
      const isLate = error instanceof StoreConflict || error instanceof StoreUnknown;
      if (!isLate || attempt === ATTEMPTS) throw error;
    }
  }
}
