/** A file → the media of the site: in one request if it is small, else in parts, of which none is sent twice. */
import { ask, byHeader, isGone, NoAnswer, Refusal } from "../base/api.ts";

/** One request to a function takes 6 MB, in which bytes are written as text (AWS Lambda quotas). */
const MAX_AT_ONCE = 3_000_000;
/** Without any progress for so long, a part is begun again. */
const STALLED = 45_000;

export interface BegunUpload {
  readonly id: string;
  readonly partSize: number;
  readonly parts: number;
}

interface SmallFile {
  readonly blob: Blob;
  /** Whose post it is for. */
  readonly by: string;
  readonly name: string;
  readonly type: string;
}

export interface FileToSend extends SmallFile {
  readonly begun?: BegunUpload | undefined;
  /** Kept before the first part is sent. */
  readonly keep: (begun: BegunUpload) => Promise<void>;
  /** From 0 to 1. */
  readonly progress: (done: number) => void;
  /** Whether its author has taken it back. */
  readonly isMeant: () => Promise<boolean>;
}

/** The address at which the file is served; nothing, if it was taken back. */
export async function upload(input: FileToSend): Promise<string | undefined> {
  return input.blob.size > MAX_AT_ONCE ? inParts(input) : uploadAtOnce(input);
}

export async function uploadAtOnce({ blob, by, name, type }: SmallFile): Promise<string> {
  const form = new FormData();
  form.append("file", new File([blob], name, { type }));
  const { body } = await ask<{ readonly url: string }>("media", { form, by });
  return body.url;
}

interface Arrived {
  readonly partSize: number;
  readonly parts: number;
  readonly received: readonly { readonly number: number; readonly size: number }[];
}

async function inParts(input: FileToSend): Promise<string | undefined> {
  const { blob, by, progress, isMeant } = input;
  const begun = input.begun ?? (await begin(input));
  const { partSize, parts, received } = (await known(ask<Arrived>(`uploads/${begun.id}`))).body;
  const sizeOf = (number: number) => Math.min(partSize, blob.size - (number - 1) * partSize);
  const there = new Set(received.filter(({ number, size }) => size === sizeOf(number)).map(({ number }) => number));
  let sent = [...there].reduce((sum, number) => sum + sizeOf(number), 0);
  for (let number = 1; number <= parts; number++) {
    if (there.has(number)) continue;
    if (!(await isMeant())) return undefined;
    const before = sent;
    const address = await addressOf(begun.id, number, by);
    const part = blob.slice((number - 1) * partSize, number * partSize);
    await putPart({ address, part, by }, (bytes) => progress((before + bytes) / blob.size));
    sent += part.size;
    progress(sent / blob.size);
  }
  const { body } = await known(ask<{ readonly url: string }>(`uploads/${begun.id}/complete`, { json: {}, by }));
  return body.url;
}

async function begin({ blob, by, name, type, keep }: FileToSend): Promise<BegunUpload> {
  const { body } = await ask<BegunUpload>("uploads", { json: { type, size: blob.size, name }, by });
  const begun = { id: body.id, partSize: body.partSize, parts: body.parts };
  await keep(begun);
  return begun;
}

/** The server knows nothing of the upload, since it expired, or ended while nobody heard of it: it is to be begun anew. */
export class Expired extends Error {}

async function known<Value>(asked: Promise<Value>): Promise<Value> {
  try {
    return await asked;
  } catch (error) {
    if (isGone(error)) throw new Expired();
    // Parts are missing that were said to be there: the next try asks which.
    if (error instanceof Refusal && error.code === "incomplete") throw new NoAnswer();
    throw error;
  }
}

async function addressOf(id: string, number: number, by: string): Promise<string> {
  const asked = await ask<{ readonly addresses: { readonly [number: string]: string } }>(`uploads/${id}/addresses`, {
    json: { parts: [number] },
    by,
  });
  const address = asked.body.addresses[number];
  if (address === undefined) throw new NoAnswer();
  return address;
}

interface PartToPut {
  readonly address: string;
  readonly part: Blob;
  readonly by: string;
}

/** By `XMLHttpRequest`, which alone tells how much has been sent. */
function putPart({ address, part, by }: PartToPut, sent: (bytes: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let watch = 0;
    const isMoving = () => {
      clearTimeout(watch);
      watch = setTimeout(() => request.abort(), STALLED);
    };
    request.upload.onprogress = ({ loaded }) => {
      isMoving();
      sent(loaded);
    };
    request.onloadend = () => {
      clearTimeout(watch);
      const { status } = request;
      if (status >= 200 && status < 300) resolve();
      // An address that expired, or a server that is busy: the next try has a new address.
      else if (status === 401) reject(new Refusal(401, "unauthorized", ""));
      else reject(status === 409 ? new Refusal(409, "other_person", "") : new NoAnswer());
    };
    request.open("PUT", address);
    // A bucket takes a part by its address alone, and a header more would have to be allowed there.
    if (new URL(address).origin === location.origin)
      for (const [name, value] of Object.entries(byHeader(by))) request.setRequestHeader(name, value);
    isMoving();
    request.send(part);
  });
}
