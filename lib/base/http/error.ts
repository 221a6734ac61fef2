/** Why a request is refused: a code for programs, by which its status is known, and a sentence for people. */

/**
 * Codes of OAuth (RFC 6749, sections 4.1.2.1 and 5.2; RFC 6750, section 3.1) and Micropub (https://www.w3.org/TR/micropub/#error-response)
 * where they have one, else ours. `insufficient_scope` was 401 in Micropub until its editors took over the 403 of RFC 6750
 * (https://github.com/w3c/Micropub/pull/117).
 */
const STATUS = {
  invalid_request: 400,
  invalid_grant: 400,
  invalid_scope: 400,
  unsupported_grant_type: 400,
  unsupported_response_type: 400,
  unauthorized: 401,
  invalid_token: 401,
  forbidden: 403,
  insufficient_scope: 403,
  not_found: 404,
  method_not_allowed: 405,
  other_person: 409,
  changed: 412,
  too_large: 413,
  unsupported_type: 415,
  incomplete: 422,
  too_many: 429,
  server_error: 500,
  /** No fault of the request, as the next: it can be sent again as it is. */
  site_unusable: 503,
  temporarily_unavailable: 503,
} as const;

export type HttpErrorCode = keyof typeof STATUS;

/** With these answers a client has to be told more than the code. */
interface Further {
  readonly headers?: { readonly [name: string]: string };
  /** Further members of the answer. */
  readonly [member: string]: unknown;
}

/** Thrown by what answers a request; nothing was written. The message says what is wrong and how to mend it, and holds no secret. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  readonly code: HttpErrorCode;
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly members: { readonly [name: string]: unknown };

  constructor(code: HttpErrorCode, message: string, { headers = {}, ...members }: Further = {}) {
    super(message);
    this.code = code;
    this.status = STATUS[code];
    this.headers = headers;
    this.members = members;
  }
}

export const invalid = (message: string): HttpError => new HttpError("invalid_request", message);
