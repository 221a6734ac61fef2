/** Answers what is asked of uploads: `/write/uploads`, and all below it. */
import { answerEmpty, answerJson } from "../../../base/http/answers.ts";
import { HttpError } from "../../../base/http/error.ts";
import { present } from "../../../base/optional.ts";
import { ADDRESSES } from "../../../base/writing.ts";
import type { Grant } from "../../../signin/types.ts";
import { TooLarge } from "../../../stores/uploads.ts";
import type { MicropubInput } from "../../types.ts";
import { readJsonBody } from "../body.ts";
import { beginUpload } from "./begin.ts";
import { completeUpload, GONE } from "./complete.ts";
import { discardUpload } from "./discard.ts";
import { countOf, PART_BYTES, sizeOf } from "./parts.ts";
import { type EndedUpload, expiryOf, isExpired, isUploadId, type OpenUpload, recordsOf } from "./records.ts";

/** An address is of use for an hour; one of AWS's for as long as the function's own credentials are, which may be less. */
const ADDRESS_SECONDS = 60 * 60;

/** The path is below that of uploads. Throws an `HttpError`. */
export async function answerUploads(input: MicropubInput, request: Request, grant: Grant): Promise<Response> {
  const { method, url } = request;
  const [id = "", what = "", number = "", ...more] = new URL(url).pathname
    .slice(ADDRESSES.uploads.length)
    .split("/")
    .slice(1);
  const route = `${method} ${id === "" ? "" : "id"}/${what}${number === "" ? "" : "/n"}`;
  if (more.length > 0) throw new HttpError("not_found", GONE);
  if (route === "POST /") return beginUpload(input, request, grant);
  if (!isUploadId(id)) throw new HttpError("not_found", GONE);
  const records = recordsOf(input.state, grant);
  const record = await records.open(id);
  const open = record && !isExpired(id, input.clock.now()) ? record : undefined;
  if (record && !open) await discardUpload(input, records, id, record);
  if (route === "POST id/complete") return completeUpload(input, id, open, grant);
  if (route === "GET id/" && !open) {
    const ended = await records.ended(id);
    if (ended) return answerJson(200, describedEnd(id, ended));
  }
  if (!open) throw new HttpError("not_found", GONE);
  switch (route) {
    case "GET id/":
      return answerJson(200, await described(input, id, open));
    case "POST id/addresses":
      return answerJson(200, await addressed(input, id, open, request));
    case "PUT id/parts/n":
      return putPart(input, open, Number(number), request);
    case "DELETE id/":
      await discardUpload(input, records, id, open);
      return answerEmpty();
    default:
      throw new HttpError("not_found", `nothing is at this address for ${method}`);
  }
}

/** Throws an `HttpError` where the store has given it up. */
async function described({ uploads, content }: MicropubInput, id: string, { key, upload, size }: OpenUpload) {
  const received = await uploads.parts({ key, id: upload });
  if (received) {
    return { ...shapeOf(id, size), received: received.map(({ number, size: bytes }) => ({ number, size: bytes })) };
  }
  // A process ended when it had made the file of the parts.
  if (await content.getPart(key, 0, 1)) return describedEnd(id, { key, size });
  throw new HttpError("not_found", GONE);
}

/** The upload is complete: a client that missed the answer completes it again, and gets the same. */
function describedEnd(id: string, { size, url, type }: EndedUpload) {
  const received = Array.from({ length: countOf(size) }, (_, i) => ({ number: i + 1, size: sizeOf(i + 1, size) }));
  return { ...shapeOf(id, size), received, ...present({ url, type }) };
}

const shapeOf = (id: string, size: number) => ({
  ...{ id, size, partSize: PART_BYTES, parts: countOf(size) },
  expires: instantOfSeconds(expiryOf(id)),
});

async function addressed(input: MicropubInput, id: string, { key, upload, size }: OpenUpload, request: Request) {
  const { uploads, clock, origin } = input;
  const { parts } = await readJsonBody(request);
  const isNumber = (part: unknown): part is number =>
    Number.isInteger(part) && 1 <= Number(part) && Number(part) <= countOf(size);
  if (!Array.isArray(parts) || parts.length === 0 || parts.length > countOf(size) || !parts.every(isNumber)) {
    throw new HttpError("invalid_request", `parts is a list of numbers from 1 to ${countOf(size)}`);
  }
  const { taking } = uploads;
  const now = Math.floor(clock.now().getTime() / 1000);
  const expires = Math.min(now + ADDRESS_SECONDS, expiryOf(id));
  const addressOf = (part: number) =>
    "addressOf" in taking
      ? taking.addressOf({ key, id: upload }, part, sizeOf(part, size), expires - now)
      : new URL(`${ADDRESSES.uploads}/${id}/parts/${part}`, origin).href;
  const addresses = await Promise.all(parts.map(async (part) => [part, await addressOf(part)] as const));
  return { addresses: Object.fromEntries(addresses), expires: instantOfSeconds(expires) };
}

/** Of a store that takes parts itself there is no such address. */
async function putPart(
  { uploads }: MicropubInput,
  open: OpenUpload,
  part: number,
  request: Request,
): Promise<Response> {
  const { taking } = uploads;
  if (!("put" in taking) || !Number.isInteger(part) || part < 1 || part > countOf(open.size)) {
    throw new HttpError("not_found", "no part of this upload goes here: ask for the addresses of its parts");
  }
  const size = sizeOf(part, open.size);
  try {
    await taking.put({ key: open.key, id: open.upload }, part, request.body ?? new Blob([]).stream(), size);
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    throw new HttpError("too_large", `this part has ${size} bytes: send no more`);
  }
  return answerEmpty();
}

const instantOfSeconds = (seconds: number): string => new Date(seconds * 1000).toISOString();
