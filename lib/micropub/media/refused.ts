/** Why something is not taken, as an answer says it: a code, and a sentence with how to mend it. */

type MediaRefusalCode =
  | "invalid_request"
  | "insufficient_scope"
  | "not_found"
  | "method_not_allowed"
  | "too_large"
  | "unsupported_type"
  | "incomplete"
  | "too_many"
  | "unavailable";

/** Codes of Micropub (its section 3.8) and OAuth where one fits, else ours; the status of each. */
const STATUS: { readonly [code in MediaRefusalCode]: number } = {
  invalid_request: 400,
  // As RFC 6750, section 3.1, has it.
  insufficient_scope: 403,
  not_found: 404,
  method_not_allowed: 405,
  too_large: 413,
  unsupported_type: 415,
  incomplete: 422,
  too_many: 429,
  unavailable: 503,
};

/** The message is for people. */
export class MediaRefused extends Error {
  override readonly name = "MediaRefused";
  readonly code: MediaRefusalCode;
  readonly more: { readonly [field: string]: unknown };
  readonly headers: { readonly [name: string]: string };

  constructor(
    code: MediaRefusalCode,
    message: string,
    {
      more = {},
      headers = {},
    }: { readonly more?: MediaRefused["more"]; readonly headers?: MediaRefused["headers"] } = {},
  ) {
    super(message);
    this.code = code;
    this.more = more;
    this.headers = headers;
  }
}

export const answerOf = ({ code, message, more, headers }: MediaRefused): Response =>
  Response.json({ error: code, error_description: message, ...more }, { status: STATUS[code], headers });
