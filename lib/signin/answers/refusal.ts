/** Why a request is refused: the error that becomes an answer as OAuth and Micropub want it. */
import { type Answered, answerJson } from "./json.ts";

/** `code` is the `error` of RFC 6749 (5.2) and Micropub (3.8), or one of ours; the message says what to do about it, and holds no secret. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  readonly code: string;
  readonly headers: { readonly [name: string]: string };
  /** What else the answer says. */
  readonly more: Answered;

  constructor(
    status: number,
    code: string,
    description: string,
    { headers = {}, ...more }: { readonly headers?: { readonly [name: string]: string } } & Answered = {},
  ) {
    super(description);
    this.status = status;
    this.code = code;
    this.headers = headers;
    this.more = more;
  }
}

const answerRefusal = ({ status, code, message, headers, more }: Refusal): Response =>
  answerJson(status, { error: code, error_description: message, ...more }, headers);

/** What `work` answers, or why it refused. Any other error is the caller's. */
export async function answering<T>(work: () => Promise<T>): Promise<T | Response> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) return answerRefusal(error);
    throw error;
  }
}
