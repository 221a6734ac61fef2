/** What requests are answered: JSON, and errors that say what is wrong and how to mend it. */
import type { Problem } from "../model.ts";

/** Codes of Micropub (its section 3.8, https://www.w3.org/TR/micropub/#error-response) and, where it has none, our own. */
const STATUS = {
  invalid_request: 400,
  insufficient_scope: 403,
  forbidden: 403,
  not_found: 404,
  changed: 412,
  too_large: 413,
  unsupported_type: 415,
  /** No fault of the request: it can be sent again as it is. */
  site_unusable: 503,
} as const;

export type MicropubErrorCode = keyof typeof STATUS;

/** A request that is refused, with nothing written. Its message is for people. */
export class MicropubError extends Error {
  override readonly name = "MicropubError";
  readonly code: MicropubErrorCode;
  /** Those of the post that would have been written. */
  readonly problems: readonly Problem[];

  constructor(code: MicropubErrorCode, message: string, problems: readonly Problem[] = []) {
    super(message);
    this.code = code;
    this.problems = problems;
  }
}

export const invalid = (message: string): MicropubError => new MicropubError("invalid_request", message);

export function json(status: number, value: unknown, headers: { readonly [name: string]: string } = {}): Response {
  const fixed = { "content-type": "application/json", "cache-control": "no-store" };
  return new Response(JSON.stringify(value), { status, headers: { ...fixed, ...headers } });
}

export function refusal({ code, message, problems }: MicropubError): Response {
  const told = problems.map(shownProblem);
  return json(STATUS[code], {
    error: code,
    error_description: message,
    ...(told.length > 0 && { problems: told }),
  });
}

/** Without its file, which is that of the post. */
export const shownProblem = ({ file: _, ...problem }: Problem): Omit<Problem, "file"> => problem;
