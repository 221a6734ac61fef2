/**
 * Set up for each test file: what HTTP servers of its process are asked in AWS's name, and what they answer, is held against AWS's models,
 * and what clients of it ask of servers elsewhere. A test in which something is wrong fails. An answer that no service of AWS would give
 * has a header `not-aws`, with what gives it.
 */
import { subscribe } from "node:diagnostics_channel";
import type { ClientRequest, IncomingMessage, ServerResponse } from "node:http";
import { afterEach } from "vitest";
import { serviceOf, type WireAnswer, type WireRequest } from "./exchange.ts";

/** What is longer is no document of a service, but the body of an object. */
const MAX_BYTES = 4 * 1024 * 1024;

const found = new Set<string>();
/** The models are loaded by the first request for AWS, since most test files have none. */
let judging: Promise<void> = Promise.resolve();

/** What was found wrong since it was last asked for. */
export async function wrongSoFar(): Promise<readonly string[]> {
  await judging;
  const taken = [...found].toSorted();
  found.clear();
  return taken;
}

/** Called for each request in AWS's name that a server of this process answers. */
type Listener = (request: WireRequest, answer: WireAnswer) => void;
const listeners = new Set<Listener>();

export const onAnswer = (listener: Listener): void => void listeners.add(listener);

function judge(request: WireRequest, answer?: WireAnswer): void {
  judging = judging.then(async () => {
    const { problemsOf } = await import("./judge.ts");
    for (const problem of problemsOf(request, answer)) found.add(problem);
  });
}

const textOf = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString("utf8");

function collector() {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return {
    text: () => textOf(chunks),
    add(chunk: unknown, encoding?: unknown): void {
      if (bytes > MAX_BYTES || (typeof chunk !== "string" && !(chunk instanceof Uint8Array))) return;
      const each =
        typeof chunk === "string" ? Buffer.from(chunk, encoding === "latin1" ? "latin1" : "utf8") : Buffer.from(chunk);
      bytes += each.length;
      chunks.push(each);
    },
  };
}

interface Begun {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

subscribe("http.server.request.start", (message) => {
  const { request, response } = message as Begun;
  if (serviceOf(request) === undefined) return;
  const asked = collector();
  const answered = collector();
  const { push } = request;
  request.push = (chunk: unknown, encoding?: BufferEncoding) => {
    asked.add(chunk, encoding);
    return push.call(request, chunk, encoding);
  };
  const { writeHead, write, end } = response;
  let headers: WireAnswer["headers"] = {};
  // Each has several signatures, all of which are passed on as they are.
  response.writeHead = ((...args: Parameters<typeof writeHead>) => {
    const given = args.findLast((each) => typeof each === "object" && each !== null);
    headers = Object.fromEntries(Object.entries(given ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
    return Reflect.apply(writeHead, response, args);
  }) as typeof writeHead;
  response.write = ((...args: Parameters<typeof write>) => {
    answered.add(args[0], args[1]);
    return Reflect.apply(write, response, args);
  }) as typeof write;
  response.end = ((...args: Parameters<typeof end>) => {
    answered.add(args[0], args[1]);
    const { method = "", url: path = "" } = request;
    const ended = Reflect.apply(end, response, args);
    const exchange = [
      { method, path, headers: request.headers, body: asked.text() },
      { status: response.statusCode, headers: { ...response.getHeaders(), ...headers }, body: answered.text() },
    ] as const;
    for (const listener of listeners) listener(...exchange);
    judge(...exchange);
    return ended;
  }) as typeof end;
});

subscribe("http.client.request.created", (message) => {
  const { request } = message as { readonly request: ClientRequest };
  const asked = collector();
  const { write, end } = request;
  request.write = ((...args: Parameters<typeof write>) => {
    asked.add(args[0], args[1]);
    return Reflect.apply(write, request, args);
  }) as typeof write;
  request.end = ((...args: Parameters<typeof end>) => {
    asked.add(args[0], args[1]);
    const { method, path } = request;
    const headers = request.getHeaders();
    if (serviceOf({ headers }) !== undefined) judge({ method, path, headers, body: asked.text() });
    return Reflect.apply(end, request, args);
  }) as typeof end;
});

afterEach(async () => {
  const wrong = await wrongSoFar();
  if (wrong.length > 0) throw new Error(`AWS's models say otherwise:\n${wrong.join("\n")}`);
});
