/** What a request is told where it is refused: what the parts throw, as the answer that becomes of it. */
import { answerError } from "../../lib/base/http/answers.ts";
import { HttpError } from "../../lib/base/http/error.ts";

export async function answering<T>(work: () => Promise<T>): Promise<T | Response> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HttpError) return answerError(error);
    throw error;
  }
}
