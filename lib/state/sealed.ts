/**
 * Sealed objects: each begins with a digest of its key and of all that follows. So one that was altered, cut, or put in the
 * place of another is known as damaged before anything in it is used.
 */
import { digest, digestOf } from "../base/digest.ts";
import type { TypeGuard } from "./guards.ts";
import { NewerState, StateError } from "./objects.ts";

/** What stands before and after the digest. This never changes, or a later format could not be told from damage. */
interface Seal {
  readonly before: string;
  readonly after: string;
}

/** The digest is the first field of the object, so that it stays JSON. */
const JSON_SEAL: Seal = { before: '{"digest":"', after: '",' };
/** It has a line of its own. */
const LINE_SEAL: Seal = { before: "dripfeed ", after: "\n" };
const DIGEST_LENGTH = 22;
/** Of the head, intents and what is being announced. A newer one is refused. */
const FORMAT = 1;

const decoder = new TextDecoder();

const lengthOf = ({ before, after }: Seal): number => before.length + DIGEST_LENGTH + after.length;
const sealOf = ({ before, after }: Seal, key: string, rest: Uint8Array): string =>
  before + digest(key, digestOf(rest)) + after;

/** `value` has fields. `indent`: for people to read. */
export function sealJson(key: string, value: object, indent?: number): Uint8Array {
  const text = JSON.stringify(value, null, indent);
  const length = lengthOf(JSON_SEAL);
  const bytes = Buffer.allocUnsafeSlow(length - 1 + Buffer.byteLength(text));
  bytes.write(text, length - 1); // the seal replaces the brace
  bytes.write(sealOf(JSON_SEAL, key, bytes.subarray(length)));
  return bytes;
}

/** The seal that `sealJson` gave. */
export const sealIn = (bytes: Uint8Array): string => latin1(bytes.subarray(0, lengthOf(JSON_SEAL)));

/** `parts`: of one object, in their order. A catalog is large, and copied once. */
export function sealBytes(key: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = lengthOf(LINE_SEAL);
  const bytes = Buffer.concat([new Uint8Array(length), ...parts]);
  bytes.write(sealOf(LINE_SEAL, key, bytes.subarray(length)), "latin1");
  return bytes;
}

/** What was sealed by `sealBytes`. Throws where it is not that any more. */
export const openBytes = (key: string, bytes: Uint8Array): Uint8Array => open(LINE_SEAL, key, bytes);

/** What was sealed by `sealJson`. Throws where it is not that any more. */
export function openJson(key: string, bytes: Uint8Array): unknown {
  open(JSON_SEAL, key, bytes);
  const { digest: _, ...value } = JSON.parse(decoder.decode(bytes));
  return value;
}

function open(seal: Seal, key: string, bytes: Uint8Array): Uint8Array {
  const length = lengthOf(seal);
  const rest = bytes.subarray(length);
  const written = latin1(bytes.subarray(0, length));
  if (written !== sealOf(seal, key, rest)) throw new Error("it is not what was written under this name");
  return rest;
}

const latin1 = ({ buffer, byteOffset, length }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, length).toString("latin1");

/** A sealed object with a format, of this shape. Throws `StateError` when it is damaged or newer. */
export function decodeJson<T>(key: string, bytes: Uint8Array, isShape: TypeGuard<T>): T {
  return decode(key, () => {
    const value = unsealed(bytes) ?? openJson(key, bytes);
    assertFormat(key, value instanceof Object && "format" in value ? value.format : undefined, FORMAT);
    if (!isShape(value)) throw new Error("its fields are not those that it should have");
    return value;
  });
}

/** An object of a newer format that has no digest: a newer Dripfeed may do without, and damage does not look so. */
function unsealed(bytes: Uint8Array): { readonly format: number } | undefined {
  const text = decoder.decode(bytes);
  const format = /^\s*\{\s*"format":\s*(\d{1,9})\b/.exec(text)?.[1];
  return text.includes('"digest"') || !(Number(format) > FORMAT) ? undefined : { format: Number(format) };
}

/** Throws unless `format` is a number up to `newest`. Only what is sealed says so: any other may be damage. */
export function assertFormat(key: string, format: unknown, newest: number): void {
  if (typeof format !== "number" || !(format >= 1)) throw new Error("it names no format");
  if (format > newest) throw new NewerState(`${key} was written by a newer Dripfeed (format ${format}); use that one`);
}

/** Whatever `work` throws becomes a `StateError` about the object. */
export function decode<T>(key: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof StateError) throw error;
    throw new StateError(`${key} is damaged: ${(error as Error).message}; bring back a copy of the state store`);
  }
}
