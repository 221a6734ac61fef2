/** Introspection: whether a token counts, and for what (https://indieauth.spec.indieweb.org/#access-token-verification, RFC 7662). */
import { answerJson } from "../../base/http/answers.ts";
import { bearerError } from "../../base/http/bearer.ts";
import { present } from "../../base/optional.ts";
import type { SignInContext } from "../context.ts";
import { readDevice } from "../people/devices.ts";
import { isOwn, scopesForApp, writerNow } from "../people/roles.ts";
import { readForm } from "../requests/bodies.ts";
import { findAccessToken } from "../tokens/apps.ts";
import { signedIn } from "../tokens/granted.ts";
import { findPersonalToken } from "../tokens/personal.ts";
import { endOfPersonalToken } from "../tokens/times.ts";
import type { Grant, Writer, WriteScope } from "../types.ts";
import { meOf } from "./profiles.ts";

/**
 * Whoever asks shows a token of their own, which may be the one that is asked about; of others' tokens an owner is told alone
 * (https://indieauth.spec.indieweb.org/#access-token-verification-request wants some authorization).
 */
export async function introspect(context: SignInContext, request: Request): Promise<Response> {
  if (!request.headers.has("authorization")) {
    throw bearerError("unauthorized", "send an access token in the Authorization header");
  }
  const { grant } = await signedIn(context, request);
  const form = await readForm(request);
  return answerJson(200, (await activeToken(context, form.get("token") ?? "", grant)) ?? { active: false });
}

/** https://indieauth.spec.indieweb.org/#access-token-verification-response */
async function activeToken(context: SignInContext, text: string, asking: Grant): Promise<object | undefined> {
  const token = (await appToken(context, text)) ?? (await personalToken(context, text));
  if (!token || !isOwn(token.of, asking)) return undefined;
  const site = await context.site();
  const person = writerNow(token.of, site);
  if (!person) return undefined;
  const { me = meOf(person, site, context.origin, undefined), client, scopes, issued, expires } = token;
  return {
    ...{ active: true, me, ...present({ client_id: client }), scope: scopes.join(" ") },
    ...{ exp: secondsOf(expires), iat: secondsOf(issued) },
  };
}

interface FoundToken {
  readonly of: Writer;
  readonly me?: string;
  /** An address: what was made for a script is of no app, and has a name instead. */
  readonly client?: string;
  readonly scopes: readonly WriteScope[];
  readonly issued: string;
  readonly expires: string;
}

async function appToken(context: SignInContext, text: string): Promise<FoundToken | undefined> {
  const app = await findAccessToken(context, text);
  const device = app && (await readDevice(context.state, app.value.device));
  if (!app || !device) return undefined;
  const { me, client, access } = app.value;
  const { issued, expires } = access;
  const scopes = scopesForApp(device.value.role, access.scopes);
  return { of: device.value, me, client: client.id, scopes, issued, expires };
}

async function personalToken(context: SignInContext, text: string): Promise<FoundToken | undefined> {
  const personal = await findPersonalToken(context, text);
  if (!personal) return undefined;
  const { scopes, created } = personal.value;
  return { of: personal.value, scopes, issued: created, expires: endOfPersonalToken(personal.value) };
}

const secondsOf = (instant: string): number => Math.floor(new Date(instant).getTime() / 1000);
