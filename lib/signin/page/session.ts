/** A session of the page: begun by a code or a passkey, shown, and ended. */

import * as v from "valibot";
import { answerEmpty, answerJson } from "../../base/http/answers.ts";
import { HttpError } from "../../base/http/error.ts";
import { checkCode, type KeptCode } from "../codes/codes.ts";
import { creationOptions, registerDevice } from "../passkeys/register.ts";
import { AUTHENTICATION, REGISTRATION } from "../passkeys/responses.ts";
import { requestOptions, verifyDevice } from "../passkeys/verify.ts";
import { type Device, deviceId } from "../people/devices.ts";
import { sessionOf } from "../people/names.ts";
import { assertWriter } from "../people/roles.ts";
import { readJsonBody } from "../requests/bodies.ts";
import { NO_COOKIE, readCookie } from "../requests/cookie.ts";
import { signedInOnPage } from "../tokens/granted.ts";
import { removeToken } from "../tokens/kept.ts";
import { beginSession, readSession, sessionCookie } from "../tokens/sessions.ts";
import type { PageContext } from "./context.ts";

const TYPED = v.pipe(v.string(), v.maxLength(100));
const CODE = v.object({ code: TYPED });
const REGISTER = v.object({
  code: TYPED,
  response: REGISTRATION,
  device: v.exactOptional(v.pipe(v.string(), v.maxLength(200))),
});
const VERIFY = v.object({ response: AUTHENTICATION });

/** Who is signed in on the page; its cookie is renewed for three months. */
export async function showSession(context: PageContext, request: Request): Promise<Response> {
  const { grant } = await signedInOnPage(context, request);
  return answerJson(200, sessionOf(grant, await context.site()), sessionCookie(readCookie(request) ?? ""));
}

export async function signOut(context: PageContext, request: Request): Promise<Response> {
  const session = await readSession(context, readCookie(request) ?? "");
  if (session) await removeToken(context.state, session.id);
  return answerEmpty(NO_COOKIE);
}

async function checkedCode(context: PageContext, request: Request, typed: string): Promise<KeptCode> {
  const { state, clock, failures, names, log } = context;
  failures.assertFew(request);
  try {
    return await checkCode(state, typed, clock.now(), names);
  } catch (error) {
    if (error instanceof HttpError) {
      failures.note(request);
      log("sign-in: refused: a wrong code");
    }
    throw error;
  }
}

export async function tryCode(context: PageContext, request: Request): Promise<Response> {
  const { code } = await readJsonBody(request, CODE);
  const kept = await checkedCode(context, request, code);
  const site = await context.site();
  const person = assertWriter(kept.value, site);
  const { name, role } = sessionOf(person, site);
  return answerJson(200, { options: await creationOptions(context, context.challenges, kept, site), name, role });
}

export async function register(context: PageContext, request: Request): Promise<Response> {
  const { code, response, device: name } = await readJsonBody(request, REGISTER);
  const kept = await checkedCode(context, request, code);
  assertWriter(kept.value, await context.site());
  return await signIn(context, 201, await registerDevice(context, context.challenges, { code: kept, response, name }));
}

/** Options for signing in: of the same kind for everybody, and nothing is kept of them. */
export async function showOptions(context: PageContext, request: Request): Promise<Response> {
  await readJsonBody(request, v.object({}));
  return answerJson(200, { ...(await requestOptions(context, context.challenges)) });
}

/** Has no limit on failures: a passkey's answer cannot be guessed, and so no stranger can make its owner wait. */
export async function verify(context: PageContext, request: Request): Promise<Response> {
  const { response } = await readJsonBody(request, VERIFY);
  const { value } = await verifyDevice(context, context.challenges, response);
  return await signIn(context, 200, value);
}

async function signIn(context: PageContext, status: number, device: Device): Promise<Response> {
  const site = await context.site();
  const session = sessionOf(assertWriter(device, site), site);
  const token = await beginSession(context, deviceId(device.credential));
  context.log(`sign-in: device ${deviceId(device.credential)} signed in`);
  return answerJson(status, session, sessionCookie(token));
}
