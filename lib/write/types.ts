/** What answers requests below `/write/`. */
import type { HttpErrorCode } from "../base/http/error.ts";

/** With the types of the Fetch standard, so that a function, a local server and a test ask alike. `undefined`: the address is not of writing. */
export type AnswerWriting = (request: Request) => Promise<Response | undefined>;

/** A request in the log: nothing of what was sent, no query, no body. */
export interface WritingLine {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Milliseconds. */
  readonly took: number;
  /** Names what was granted. */
  readonly who?: string;
  /** Somebody tried to prove who they are, and could not. */
  readonly isRefused: boolean;
  /** Why nothing came of it, as the answer says it. */
  readonly error?: HttpErrorCode;
  /** Of what was no error of the request; `id` is in the answer, too. */
  readonly failure?: { readonly id: string; readonly name: string; readonly where: string };
}
