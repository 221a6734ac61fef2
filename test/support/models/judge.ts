/** What is wrong with a request and its answer, each with the service and the operation. */
import { problemsOfAnswer } from "./answer.ts";
import type { WireAnswer, WireRequest } from "./exchange.ts";
import { readRequest } from "./request.ts";

/** Without an answer, of the request alone. */
export function problemsOf(request: WireRequest, answer?: WireAnswer): readonly string[] {
  try {
    const read = readRequest(request);
    if (!read) return [];
    const what = `${read.model.metadata.serviceId} ${read.operation.name}`;
    // What is so of one item of a list is often so of all.
    const once = (problems: readonly string[]) => problems.map((each) => each.replace(/\[\d+\]/g, "[]"));
    const asked = once(read.problems).map((problem) => `${what}, asked: ${problem}`);
    if (!answer || answer.headers["not-aws"] !== undefined) return asked;
    return [
      ...asked,
      ...once(problemsOfAnswer(read, answer)).map((problem) => `${what}, answered ${answer.status}: ${problem}`),
    ];
  } catch (error) {
    return [`${request.method} ${request.path}: ${(error as Error).message}`];
  }
}
