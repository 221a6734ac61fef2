/** A site whose people sign in: requests as their page and their apps send them. */
import { createHash, randomBytes } from "node:crypto";
import type { ClientDocument } from "../../lib/signin/clients/types.ts";
import { openSignIn, type SignIn, type SignInInput } from "../../lib/signin/signin.ts";
import type { Grant, Role } from "../../lib/signin/types.ts";
import { parseSite } from "../../lib/site/site.ts";
import type { Site } from "../../lib/site/types.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import type { Store } from "../../lib/stores/store.ts";
import { answering } from "./answering.ts";
import { type Assertion, type Authenticator, authenticator, type Forgery } from "./authenticator.ts";
import { SITE, testClock } from "./world.ts";

export const ORIGIN = "https://feeds.example.com";
export const APP = "https://app.example.org/";

export const AUTHORS = `${SITE}authors:
  ada: { name: Ada Lovelace, url: https://ada.example.com/ }
  bo: { name: Bo }
`;

export function siteOf(text: string): Site {
  const parsed = parseSite(Buffer.from(text), "content", 2026);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.site;
}

/** What it refuses is an answer, too: what the one who asked is told. */
export interface AnsweringSignIn extends Omit<SignIn, "granted"> {
  granted(request: Request): Promise<Grant | Response>;
}

export function openAnsweringSignIn(input: SignInInput): AnsweringSignIn {
  const signIn = openSignIn(input);
  return {
    ...signIn,
    granted: (request) => answering(() => signIn.granted(request)),
    answer: (request) => answering(() => signIn.answer(request)),
  };
}

export interface SignInWorld {
  readonly signIn: AnsweringSignIn;
  readonly state: Store;
  readonly clock: ReturnType<typeof testClock>;
  readonly lines: string[];
  /** Replaces site.yaml. */
  setSite(text: string): void;
  /** Another process on the same store. */
  another(): AnsweringSignIn;
}

export interface Worlds {
  readonly site?: string;
  readonly state?: Store;
  readonly documents?: { readonly [client: string]: ClientDocument };
}

export function signInWorld({ site: text = AUTHORS, state = memoryStore(), documents = {} }: Worlds = {}): SignInWorld {
  const clock = testClock();
  const lines: string[] = [];
  let site = siteOf(text);
  const another = () =>
    openAnsweringSignIn({
      state,
      site: async () => site,
      clock,
      newSecret: () => new Uint8Array(randomBytes(32)),
      origin: ORIGIN,
      fetchClient: async ({ href }) => documents[href],
      log: (line) => lines.push(line),
    });
  return {
    ...{ signIn: another(), another, state, clock, lines },
    setSite(next) {
      site = siteOf(next);
    },
  };
}

export type SentHeaders = { readonly [name: string]: string | undefined };

const OWN_PAGE: SentHeaders = { origin: ORIGIN, "sec-fetch-site": "same-origin" };

export function requestOf(method: string, path: string, headers: SentHeaders = {}, body?: string): Request {
  const said = Object.entries(headers).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return new Request(new URL(path, ORIGIN), {
    method,
    headers: said,
    ...(body === undefined ? {} : { body }),
  });
}

/** As the page asks: JSON, from our own origin, with its cookie. */
export function pageRequest(
  method: string,
  path: string,
  {
    cookie,
    body,
    headers = {},
  }: { readonly cookie?: string | undefined; readonly body?: unknown; readonly headers?: SentHeaders } = {},
): Request {
  const all = {
    ...OWN_PAGE,
    cookie,
    ...(body === undefined ? {} : { "content-type": "application/json" }),
    ...headers,
  };
  return requestOf(method, path, all, body === undefined ? undefined : JSON.stringify(body));
}

/** As an app asks. */
export const formRequest = (
  path: string,
  form: { readonly [name: string]: string },
  headers: SentHeaders = {},
): Request =>
  requestOf(
    "POST",
    path,
    { "content-type": "application/x-www-form-urlencoded", ...headers },
    new URLSearchParams(form).toString(),
  );

export async function answered(signIn: Pick<SignIn, "answer">, request: Request): Promise<Response> {
  const response = await signIn.answer(request);
  if (!response) throw new Error(`nobody answers ${request.method} ${request.url}`);
  return response;
}

/** What answers say, taken together: a test asks for what the answer at hand has. */
export interface Said {
  readonly error: string;
  readonly error_description: string;
  readonly redirect: string;
  readonly code: string;
  readonly url: string;
  readonly qr: { readonly side: number; readonly path: string };
  readonly expires: string;
  readonly access_token: string;
  readonly refresh_token: string;
  readonly scope: string;
  readonly scopes: readonly string[];
  readonly me: string;
  readonly issuer: string;
  readonly name: string;
  readonly client: object;
  readonly challenge: string;
  readonly rpId: string;
  readonly allowCredentials: unknown;
  readonly options: {
    readonly rp: { readonly id: string };
    readonly user: { readonly id: string };
    readonly challenge: string;
  };
  readonly devices: readonly SaidAccess[];
  readonly tokens: readonly SaidAccess[];
}

export interface SaidAccess {
  readonly id: string;
  readonly author?: string;
  readonly role: Role;
  readonly current?: boolean;
}

export const jsonOf = async (response: Response): Promise<Said> => (await response.json()) as Said;

/** What a browser keeps of an answer and sends again. */
export function cookieIn(response: Response): string {
  const [pair = ""] = (response.headers.get("set-cookie") ?? "").split(";");
  return pair;
}

/** The options for a code, and the answer of a passkey to them. */
export async function registration(
  signIn: Pick<SignIn, "answer">,
  code: string,
  {
    passkey = authenticator(ORIGIN),
    forgery = {},
  }: { readonly passkey?: Authenticator; readonly forgery?: Forgery } = {},
): Promise<{ readonly passkey: Authenticator; readonly request: () => Request }> {
  const answer = await answered(signIn, pageRequest("POST", "/write/session/code", { body: { code } }));
  if (answer.status !== 200) throw new Error(`the code: ${answer.status} ${await answer.text()}`);
  const { options } = await jsonOf(answer);
  const response = passkey.create(options, forgery);
  return {
    passkey,
    request: () => pageRequest("POST", "/write/session/register", { body: { code, response, device: "Pixel" } }),
  };
}

export interface Person {
  readonly passkey: Authenticator;
  readonly cookie: string;
}

/** Lets a device in, as a person does it. */
export async function letIn(
  { signIn }: SignInWorld,
  role: Role = "owner",
  author?: string,
  passkey?: Authenticator,
): Promise<Person> {
  const { code } = await signIn.newCode({ role, seconds: 3600, ...(author === undefined ? {} : { author }) });
  const made = await registration(signIn, code, passkey ? { passkey } : {});
  const response = await answered(signIn, made.request());
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
  return { passkey: made.passkey, cookie: cookieIn(response) };
}

export async function assertion(
  signIn: Pick<SignIn, "answer">,
  passkey: Authenticator,
  forgery: Forgery = {},
): Promise<Assertion> {
  const options = await jsonOf(await answered(signIn, pageRequest("POST", "/write/session/options", { body: {} })));
  return passkey.get(options, forgery);
}

export const verifyRequest = (response: Assertion): Request =>
  pageRequest("POST", "/write/session/verify", { body: { response } });

export const VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
export const challengeOf = (verifier: string): string => createHash("sha256").update(verifier).digest("base64url");

/** A query of authorization that is right; `undefined` leaves a part out. */
export function authorizationQuery(parts: { readonly [name: string]: string | undefined } = {}): string {
  const all: { readonly [name: string]: string | undefined } = {
    response_type: "code",
    client_id: APP,
    redirect_uri: `${APP}redirect`,
    state: "state of the app",
    code_challenge: challengeOf(VERIFIER),
    code_challenge_method: "S256",
    scope: "create update media profile",
    ...parts,
  };
  const said = Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return new URLSearchParams(said).toString();
}

/** The parameters with which the browser is led back to the app. */
export async function agreed(
  signIn: Pick<SignIn, "answer">,
  cookie: string,
  {
    scopes = ["create", "update", "media", "profile"],
    query = authorizationQuery(),
  }: { readonly scopes?: readonly string[]; readonly query?: string } = {},
): Promise<URLSearchParams> {
  const response = await answered(
    signIn,
    pageRequest("POST", "/write/auth/decide", { cookie, body: { query, scopes } }),
  );
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  return new URL((await jsonOf(response)).redirect).searchParams;
}

export const redeemForm = (code: string, changed: { readonly [name: string]: string } = {}) => ({
  grant_type: "authorization_code",
  code,
  client_id: APP,
  redirect_uri: `${APP}redirect`,
  code_verifier: VERIFIER,
  ...changed,
});

/** Tokens of an app that a person connected. */
export async function connectApp(
  signIn: Pick<SignIn, "answer">,
  cookie: string,
  scopes?: readonly string[],
): Promise<Said> {
  const code = (await agreed(signIn, cookie, scopes ? { scopes } : {})).get("code") ?? "";
  return await jsonOf(await answered(signIn, formRequest("/write/token", redeemForm(code))));
}

export const bearer = (token: string, method = "GET"): Request =>
  requestOf(method, "/write/micropub", { authorization: `Bearer ${token}` });

/** A store in which somebody else does something, once, just before the next object is put. */
export function interruptedStore(): { readonly state: Store; interrupt(work: () => Promise<unknown>): void } {
  const plain = memoryStore();
  let next: (() => Promise<unknown>) | undefined;
  const state: Store = {
    ...plain,
    async put(...words) {
      const work = next;
      next = undefined;
      await work?.();
      return await plain.put(...words);
    },
  };
  return {
    state,
    interrupt(work) {
      next = work;
    },
  };
}

/** Every object below `write/`: its key, and its bytes as text. */
export async function keptTexts(state: Store): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for await (const { key } of state.list("")) {
    const object = await state.get(key);
    if (object && object !== "unchanged") texts.set(key, Buffer.from(object.body).toString("utf8"));
  }
  return texts;
}
