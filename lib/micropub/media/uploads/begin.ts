/** Begins an upload of a file in parts. */
import { answerJson } from "../../../base/http/answers.ts";
import { HttpError } from "../../../base/http/error.ts";
import { headersOf } from "../../../content/facts/mime.ts";
import type { Grant } from "../../../signin/types.ts";
import type { MicropubInput } from "../../types.ts";
import { readJsonBody } from "../body.ts";
import { newPlace } from "../place.ts";
import { assertSize } from "../store.ts";
import { bareTypeOf, type MediaTypeName, TAKEN, TYPES, typeNamed } from "../types/kinds.ts";
import { discardUpload } from "./discard.ts";
import { countOf, PART_BYTES } from "./parts.ts";
import { KEPT_SECONDS, newUploadId, recordsOf } from "./records.ts";

/** As many posts as somebody writes without a network, with a picture each. */
const MAX_OPEN = 50;

export async function beginUpload(input: MicropubInput, request: Request, grant: Grant): Promise<Response> {
  const { state, uploads, clock, newName } = input;
  const { type: claimed, size } = await readJsonBody(request);
  const name = typeIn(claimed);
  const type = TYPES[name];
  if (typeof size !== "number" || !Number.isSafeInteger(size) || size <= 0) {
    throw new HttpError("invalid_request", "size is the number of bytes that the file has: a whole number above 0");
  }
  assertSize(type.kind, size);
  const records = recordsOf(state, grant);
  const open = await records.sweep(clock.now(), (id, record) => discardUpload(input, records, id, record));
  if (open >= MAX_OPEN) {
    throw new HttpError(
      "too_many",
      `${MAX_OPEN} uploads are unfinished: finish or discard one of them, or wait a day until they expire`,
      { headers: { "retry-after": String(KEPT_SECONDS) } },
    );
  }
  const { key, url } = await newPlace(input, type);
  const upload = await uploads.begin(key, headersOf(key));
  const id = newUploadId(clock.now(), newName());
  await records.begin(id, { key, upload: upload.id, type: name, size });
  return answerJson(201, { id, partSize: PART_BYTES, parts: countOf(size), url });
}

function typeIn(claimed: unknown): MediaTypeName {
  const text = typeof claimed === "string" ? claimed : "";
  const name = typeNamed(text);
  if (name) return name;
  const hint = /^image\/hei[cf]/.test(bareTypeOf(text)) ? "; save a HEIC picture as JPEG, and send that" : "";
  throw new HttpError("unsupported_type", `type is that of the file, one of ${TAKEN}${hint}`);
}
