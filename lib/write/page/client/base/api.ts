/** Asks the server: JSON both ways, and two kinds of failure, since only one of them is worth another try. */
import { hearTime } from "./clock.ts";

type Addresses = typeof import("../../../../base/writing.ts");

const BASE: Addresses["WRITING"] = "/write/";
const AUTHOR_HEADER: Addresses["AUTHOR_HEADER"] = "dripfeed-author";
/** A phone that lost its network without noticing would wait for ever. */
const PATIENCE = 60_000;

/** Nobody answered: the same may be asked again. */
export class NoAnswer extends Error {}

/** The server answered, and not with what was asked for. */
export class Refusal extends Error {
  // Declared alone, so that the page is short: the constructor makes them.
  declare readonly status: number;
  declare readonly code: string;
  /** Seconds until it may be asked again. */
  declare readonly after: number | undefined;
  constructor(status: number, code: string, description: string, after?: number) {
    super(description);
    this.status = status;
    this.code = code;
    this.after = after;
  }
}

export interface ApiQuestion {
  readonly method?: "GET" | "POST" | "DELETE";
  readonly json?: unknown;
  readonly form?: FormData;
  readonly headers?: { readonly [name: string]: string };
  /** Whose post it is for: the server refuses it where somebody else is signed in by now. */
  readonly by?: string;
}

export interface ApiAnswer<Body> {
  readonly body: Body;
  readonly header: (name: string) => string | undefined;
}

/** `path` is below `/write/`. Throws `NoAnswer` or `Refusal`. */
export async function ask<Body>(path: string, question: ApiQuestion = {}): Promise<ApiAnswer<Body>> {
  const { json, form, headers, by, method = json === undefined && !form ? "GET" : "POST" } = question;
  let response: Response;
  let text: string;
  try {
    response = await fetch(BASE + path, {
      method,
      headers: { accept: "application/json", ...(json === undefined ? {} : JSON_TYPE), ...byHeader(by), ...headers },
      body: form ?? (json === undefined ? null : JSON.stringify(json)),
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(form ? 5 * PATIENCE : PATIENCE),
    });
    text = await response.text();
    hearTime(response.headers.get("date"));
  } catch {
    throw new NoAnswer();
  }
  const body = parsed(text);
  if (!response.ok) {
    const { error = "", error_description: description = "" } = (body ?? {}) as Fault;
    const after = Number(response.headers.get("retry-after") ?? Number.NaN);
    throw new Refusal(response.status, error, description, Number.isFinite(after) ? after : undefined);
  }
  // A hotel's network, or a CDN that has a page of its own for errors, says that all is well.
  if (body === undefined && text !== "") throw new NoAnswer();
  return { body: body as Body, header: (name) => response.headers.get(name) ?? undefined };
}

const JSON_TYPE = { "content-type": "application/json" };

/** Empty for an owner who is no author of the site. */
export const byHeader = (by: string | undefined): { readonly [name: string]: string } =>
  by === undefined ? {} : { [AUTHOR_HEADER]: encodeURIComponent(by) };

interface Fault {
  readonly error?: string;
  readonly error_description?: string;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether it may go well later, without anybody doing anything. */
export const isPassing = (error: unknown): boolean =>
  error instanceof NoAnswer ||
  isOfAnother(error) ||
  (error instanceof Refusal && (error.status >= 500 || error.status === 429));

/** The session is not that of the person whose post it is. */
export const isOfAnother = (error: unknown): boolean => error instanceof Refusal && error.code === "other_person";

export const isSignedOut = (error: unknown): boolean => error instanceof Refusal && error.status === 401;

/** There is nothing at the address: not yet, or no longer. */
export const isGone = (error: unknown): error is Refusal =>
  error instanceof Refusal && (error.status === 404 || error.status === 410);
