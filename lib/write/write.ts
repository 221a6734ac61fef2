/**
 * Writing from a phone: a request below `/write/` → the part that answers it. What holds for all of them is here: methods, the size
 * of a body, who it is from, headers, failures, and one line of the log.
 */
import type { Clock } from "../base/clock.ts";
import { present } from "../base/optional.ts";
import { WRITING } from "../base/writing.ts";
import type { Grant } from "../signin/types.ts";
import { StoreError } from "../stores/store.ts";
import { failed, notAllowed, notFound, refusalFor, tooLarge } from "./answers.ts";
import { bounded } from "./body.ts";
import { preflight, protect } from "./headers.ts";
import { methodsOf, type Route, routeOf, shownPath, type WritingMethod } from "./routes.ts";
import type { AnswerWriting, WritingLine } from "./types.ts";

/** What answers only those who may. */
export interface AnswersGranted {
  answer(request: Request, grant: Grant): Promise<Response | undefined>;
}

export interface AnswersSignIn {
  answer(request: Request): Promise<Response | undefined>;
  /** Who the request is from, or why it is refused. */
  granted(request: Request): Promise<Grant | Response>;
}

/** Each part is loaded by the first request that needs it: who only opens the page does not wait for the others. */
export interface WritingInput {
  /** `https://feeds.example.com`. Only its requests come here. */
  readonly origin: string;
  readonly page: () => Promise<AnswerWriting>;
  readonly signIn: () => Promise<AnswersSignIn>;
  readonly micropub: () => Promise<AnswersGranted>;
  readonly media: () => Promise<AnswersGranted>;
  readonly clock: Clock;
  /** A fresh random name, for a failure. */
  readonly newName: () => string;
  readonly log: (line: WritingLine) => void;
}

/** What became of a request, besides its answer. */
interface Outcome {
  readonly response: Response;
  readonly grant?: Grant;
  readonly failure?: WritingLine["failure"];
}

export function openWriting(input: WritingInput): AnswerWriting {
  const { origin, clock, log } = input;
  const isSecure = origin.startsWith("https:");
  return async (request) => {
    const begin = clock.now().getTime();
    const { pathname: path } = new URL(request.url);
    const route = routeOf(path);
    if (!route) return undefined;
    const { response: given, grant, failure } = await outcomeOf(request, path, route, input);
    const headers = new Headers(given.headers);
    const { method } = request;
    const { status } = given;
    protect(headers, { status, route, isSecure });
    log({
      ...{ method, path: shownPath(path, route), status, took: clock.now().getTime() - begin },
      ...present({ who: grant?.id, failure }),
      isRefused: isRefused(request, route, status),
    });
    if (method === "HEAD") await given.body?.cancel();
    return new Response(method === "HEAD" ? null : given.body, { status, headers });
  };
}

/** Somebody tried to prove who they are, and could not. To ask without any proof is how a page or an app begins. */
function isRefused({ method, headers }: Request, { methods }: Route, status: number): boolean {
  if (![400, 401, 403, 429].includes(status)) return false;
  if (headers.has("authorization")) return status !== 400;
  return method === "POST" && methods.POST === "signIn";
}

/** Never rejects. */
async function outcomeOf(request: Request, path: string, route: Route, input: WritingInput): Promise<Outcome> {
  try {
    return await answered(request, path, route, input);
  } catch (error) {
    const id = input.newName();
    return { response: refusalFor(request, failed(id, error)), failure: { id, ...described(error) } };
  }
}

/** A store's message names keys. Any other may quote what was sent, of which nothing is logged: where it was thrown says enough. */
function described(error: unknown): { readonly name: string; readonly where: string } {
  if (!(error instanceof Error)) return { name: typeof error, where: "" };
  const frames = (error.stack ?? "")
    .replace(error.message, () => "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line));
  return { name: error.name, where: error instanceof StoreError ? error.message : frames.slice(0, 5).join(" ").trim() };
}

async function answered(request: Request, path: string, route: Route, input: WritingInput): Promise<Outcome> {
  const refused = (refusal: Parameters<typeof refusalFor>[1]) => ({ response: refusalFor(request, refusal) });
  if (request.method === "OPTIONS") return { response: new Response(null, { status: 204, headers: preflight(route) }) };
  const method = (request.method === "HEAD" ? "GET" : request.method) as WritingMethod;
  const part = Object.hasOwn(route.methods, method) ? route.methods[method] : undefined;
  if (part === undefined) {
    const isKnown = path === route.path || route.path !== WRITING;
    return refused(isKnown ? notAllowed(request.method, methodsOf(route).join(", ")) : notFound(path));
  }
  const asked =
    method === "PUT" ? request : await bounded(request.method === "HEAD" ? asGet(request) : request, route.limit);
  if (!asked) return refused(tooLarge(route.limit));
  if (part === "page" || part === "signIn") {
    const response = part === "page" ? await (await input.page())(asked) : await (await input.signIn()).answer(asked);
    return response ? { response } : refused(notFound(path));
  }
  const grant = await (await input.signIn()).granted(asked);
  if (grant instanceof Response) return { response: grant };
  const response = await (await input[part]()).answer(asked, grant);
  return response ? { response, grant } : { ...refused(notFound(path)), grant };
}

/** Answered as GET, and sent without the body (RFC 9110 §9.3.2). */
const asGet = ({ url, headers }: Request): Request => new Request(url, { headers });
