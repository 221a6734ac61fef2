/** What answers requests below `/write/`. */

/** By the Fetch standard's own types, so that a function, a local server and a test ask alike. `undefined`: the address is another's. */
export type AnswerWriting = (request: Request) => Promise<Response | undefined>;
