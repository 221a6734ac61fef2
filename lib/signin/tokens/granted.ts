/** Who a request is from: by a bearer token in its header or its form, or by the page's cookie. */
import { bearerError } from "../../base/http/bearer.ts";
import { HttpError } from "../../base/http/error.ts";
import type { SignInContext } from "../context.ts";
import { type Device, readDevice } from "../people/devices.ts";
import { assertWriter, SCOPES_OF, scopesForApp } from "../people/roles.ts";
import { assertForAuthor } from "../requests/author.ts";
import { tokensInForm } from "../requests/bodies.ts";
import { readCookie } from "../requests/cookie.ts";
import { assertFromUs } from "../requests/sameorigin.ts";
import type { Grant, Writer, WriteScope } from "../types.ts";
import { useAccessToken } from "./apps.ts";
import { usePersonalToken } from "./personal.ts";
import { readSession } from "./sessions.ts";

export interface SignedIn {
  readonly grant: Grant;
  /** That the person signed in with, or granted the app by; a script's token is of none. */
  readonly device?: string;
}

const unauthorized = () =>
  bearerError(
    "unauthorized",
    "sign in first, or send an access token: apps get one by IndieAuth, and `dripfeed tokens --app` makes one for a script",
  );

const invalidToken = () =>
  bearerError(
    "invalid_token",
    "this access token is wrong, expired or revoked: connect the app again, or make one for a script with `dripfeed tokens --app`",
  );

interface SignedInByDevice extends SignedIn {
  readonly device: string;
}

/** Throws for a request that may do nothing. Its body can still be read. */
export async function signedIn(context: SignInContext, request: Request): Promise<SignedIn> {
  const header = request.headers.get("authorization");
  const inForm = await tokensInForm(request);
  if ((header === null ? 0 : 1) + inForm.length > 1) {
    // RFC 6750, section 2: clients MUST NOT use more than one method to transmit the token in each request.
    throw new HttpError("invalid_request", "send the access token once: in the Authorization header, or in the form");
  }
  const [token = header === null ? undefined : /^Bearer +([\w.~+/-]+=*) *$/i.exec(header)?.[1]] = inForm;
  if (token !== undefined) return await byToken(context, token);
  if (header !== null) throw invalidToken();
  return await signedInOnPage(context, request);
}

/** By the cookie alone: what an app may not do. */
export async function signedInOnPage(context: SignInContext, request: Request): Promise<SignedInByDevice> {
  const cookie = readCookie(request);
  if (cookie === undefined) throw unauthorized();
  assertFromUs(request, context.origin);
  const session = await readSession(context, cookie);
  if (!session) throw unauthorized();
  const { device } = session.value;
  const signedIn = await signedInBy(context, device, device, unauthorized, ({ role }) => SCOPES_OF[role]);
  assertForAuthor(request, signedIn.grant);
  return signedIn;
}

async function byToken(context: SignInContext, token: string): Promise<SignedIn> {
  const personal = await usePersonalToken(context, token);
  if (personal) return { grant: await grantNow(context, personal.value, personal.id, personal.value.scopes) };
  const app = await useAccessToken(context, token);
  if (!app) throw invalidToken();
  const { device, access } = app.value;
  return await signedInBy(context, device, app.id, invalidToken, ({ role }) => scopesForApp(role, access.scopes));
}

/** Role and author are those that the device has now, not those that it had when the token was made. */
async function signedInBy(
  context: SignInContext,
  device: string,
  id: string,
  refusal: () => HttpError,
  scopesOf: (person: Device) => readonly WriteScope[],
): Promise<SignedInByDevice> {
  const kept = await readDevice(context.state, device);
  if (!kept) throw refusal();
  return { grant: await grantNow(context, kept.value, id, scopesOf(kept.value)), device };
}

async function grantNow(
  { site }: SignInContext,
  person: Writer,
  id: string,
  scopes: readonly WriteScope[],
): Promise<Grant> {
  const { author, role } = assertWriter(person, await site());
  return { ...(author === undefined ? {} : { author }), role, scopes, id };
}
