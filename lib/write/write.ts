/**
 * Writing from a phone: a request below `/write/` → the part that answers it. What holds for all of them is here: methods, the size
 * of a body, who it is from, headers, failures, and one line of the log.
 */
import type { Clock } from "../base/clock.ts";
import { HttpError } from "../base/http/error.ts";
import { present } from "../base/optional.ts";
import { WRITING } from "../base/writing.ts";
import type { Grant } from "../signin/types.ts";
import { StoreError } from "../stores/store.ts";
import { errorFor, failed, notAllowed, notFound } from "./answers.ts";
import { bounded } from "./body.ts";
import { preflight, protect } from "./headers.ts";
import { methodsOf, type Route, routeOf, shownPath, type WritingMethod } from "./routes.ts";
import type { AnswerWriting, WritingLine } from "./types.ts";

/** What answers only those who may. What is refused is thrown, as an `HttpError`, by this and by sign-in. */
export interface AnswersGranted {
  answer(request: Request, grant: Grant): Promise<Response | undefined>;
}

export interface AnswersSignIn {
  answer(request: Request): Promise<Response | undefined>;
  /** Who the request is from. */
  granted(request: Request): Promise<Grant>;
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
interface Outcome extends Pick<WritingLine, "error" | "failure"> {
  readonly response: Response;
  readonly grant?: Grant;
}

export function openWriting(input: WritingInput): AnswerWriting {
  const { origin, clock, log } = input;
  const isSecure = origin.startsWith("https:");
  return async (request) => {
    const begin = clock.now().getTime();
    const { pathname: path } = new URL(request.url);
    const route = routeOf(path);
    if (!route) return undefined;
    const outcome = await outcomeOf(request, input, () => answered(request, path, route, input));
    const { response: given, grant, error, failure } = outcome;
    const headers = new Headers(given.headers);
    const { method } = request;
    const { status } = given;
    protect(headers, { status, route, isSecure });
    log({
      ...{ method, path: shownPath(path, route), status, took: clock.now().getTime() - begin },
      ...present({ who: grant?.id, error, failure }),
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
async function outcomeOf(request: Request, { newName }: WritingInput, work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HttpError) return { response: errorFor(request, error), error: error.code };
    const id = newName();
    const told = failed(id, error);
    return { response: errorFor(request, told), error: told.code, failure: { id, ...described(error) } };
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
  if (request.method === "OPTIONS") return { response: new Response(null, { status: 204, headers: preflight(route) }) };
  const method = (request.method === "HEAD" ? "GET" : request.method) as WritingMethod;
  const part = Object.hasOwn(route.methods, method) ? route.methods[method] : undefined;
  if (part === undefined) {
    const isKnown = path === route.path || route.path !== WRITING;
    throw isKnown ? notAllowed(request.method, methodsOf(route).join(", ")) : notFound(path);
  }
  const asked =
    method === "PUT" ? request : await bounded(request.method === "HEAD" ? asGet(request) : request, route.limit);
  const there = (response: Response | undefined): Outcome => {
    if (!response) throw notFound(path);
    return { response };
  };
  if (part === "page") return there(await (await input.page())(asked));
  if (part === "signIn") return there(await (await input.signIn()).answer(asked));
  const grant = await (await input.signIn()).granted(asked);
  // The log names whom even an error is told.
  const outcome = await outcomeOf(request, input, async () => there(await (await input[part]()).answer(asked, grant)));
  return { ...outcome, grant };
}

/** Answered as GET, and sent without the body (RFC 9110 §9.3.2). */
const asGet = ({ url, headers }: Request): Request => new Request(url, { headers });
