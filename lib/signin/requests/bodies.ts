/** Bodies of requests: JSON and forms of a known shape, up to a size that sign-in never needs. */

import * as v from "valibot";
import { readAll } from "../../base/bytes.ts";
import { HttpError } from "../../base/http/error.ts";
import { parseJson } from "../../base/json.ts";

/** An answer of a passkey with an attestation of some certificates has a few thousand. */
const MAX_BYTES = 65_536;

const typeOf = (request: Request): string =>
  (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";

async function textOfBody(request: Request, maxBytes: number): Promise<string> {
  const tooLarge = () => new HttpError("too_large", `the request is larger than ${maxBytes} bytes`);
  if (!request.body) return "";
  return new TextDecoder().decode(await readAll(request.body, { maxBytes, tooLarge }));
}

/** JSON alone: no form of another site can send it without asking first (https://fetch.spec.whatwg.org/#cors-safelisted-request-header). */
export async function readJsonBody<S extends v.GenericSchema>(request: Request, shape: S): Promise<v.InferOutput<S>> {
  if (typeOf(request) !== "application/json") {
    throw new HttpError("unsupported_type", "send the request as application/json");
  }
  const result = v.safeParse(shape, parseJson(await textOfBody(request, MAX_BYTES)));
  if (result.success) return result.output;
  const [issue] = result.issues;
  const where = v.getDotPath(issue) ?? "the body";
  throw new HttpError("invalid_request", `${where}: ${issue.message}`);
}

const isForm = (request: Request): boolean => typeOf(request) === "application/x-www-form-urlencoded";

/** Throws for anything but a form, and for a name that comes twice (RFC 6749, section 3.2). */
export async function readForm(request: Request): Promise<ReadonlyMap<string, string>> {
  if (!isForm(request)) {
    throw new HttpError("unsupported_type", "send the request as application/x-www-form-urlencoded");
  }
  return uniqueOf(new URLSearchParams(await textOfBody(request, MAX_BYTES)));
}

/** Each name once; an empty value counts as none (RFC 6749, section 3.1). */
export function uniqueOf(parameters: URLSearchParams): ReadonlyMap<string, string> {
  const unique = new Map<string, string>();
  for (const [name, value] of parameters) {
    if (unique.has(name)) throw new HttpError("invalid_request", `${name.slice(0, 40)} is there more than once`);
    unique.set(name, value);
  }
  for (const [name, value] of unique) if (value === "") unique.delete(name);
  return unique;
}

/** The access tokens in a form (RFC 6750, section 2.2), whose body can still be read afterwards. Throws for a form that is too long. */
export async function tokensInForm(request: Request): Promise<readonly string[]> {
  if (!isForm(request) || !request.body) return [];
  try {
    return new URLSearchParams(await textOfBody(request.clone(), MAX_FORM)).getAll("access_token");
  } catch (error) {
    if (error instanceof HttpError) throw error;
    throw new HttpError("invalid_request", "the body of the request cannot be read: send it again");
  }
}

/** A post, with its text, as a form. */
const MAX_FORM = 6_000_000;
