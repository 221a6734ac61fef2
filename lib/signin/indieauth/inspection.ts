/** Whether a token counts, and that it ends (https://indieauth.spec.indieweb.org/#access-token-verification, #token-revocation). */
import { answerJson } from "../../base/http/answers.ts";
import { bearerError } from "../../base/http/bearer.ts";
import { present } from "../../base/optional.ts";
import type { CodeFor } from "../codes/codes.ts";
import type { SignInContext } from "../context.ts";
import { readDevice } from "../people/devices.ts";
import { findPerson, isOwn, scopesForApp } from "../people/roles.ts";
import { readForm } from "../requests/bodies.ts";
import { findAccessToken, readRefresh, revokeApp } from "../tokens/apps.ts";
import { signedIn } from "../tokens/granted.ts";
import { findLasting } from "../tokens/lasting.ts";
import { endOfLasting } from "../tokens/times.ts";
import type { Grant, Role, WriteScope } from "../types.ts";
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
  const token = (await appToken(context, text)) ?? (await lastingToken(context, text));
  if (!token || !isOwn(token.of, asking)) return undefined;
  const site = await context.site();
  const person = findPerson(token.of, site);
  if (!person) return undefined;
  const { me = meOf(person, site, context.origin, undefined), client, scopesOf, issued, expires } = token;
  return {
    ...{ active: true, me, ...present({ client_id: client }), scope: scopesOf(person.role).join(" ") },
    ...{ exp: secondsOf(expires), iat: secondsOf(issued) },
  };
}

interface FoundToken {
  readonly of: CodeFor;
  readonly me?: string;
  /** An address: what was made for a script is of no app, and has a name instead. */
  readonly client?: string;
  scopesOf(role: Role): readonly WriteScope[];
  readonly issued: string;
  readonly expires: string;
}

async function appToken(context: SignInContext, text: string): Promise<FoundToken | undefined> {
  const app = await findAccessToken(context, text);
  const device = app && (await readDevice(context.state, app.value.device));
  if (!app || !device) return undefined;
  const { me, client, access } = app.value;
  const { issued, expires, scopes } = access;
  return { of: device.value, me, client: client.id, scopesOf: (role) => scopesForApp(role, scopes), issued, expires };
}

async function lastingToken(context: SignInContext, text: string): Promise<FoundToken | undefined> {
  const lasting = await findLasting(context, text);
  if (!lasting) return undefined;
  const { scopes, created } = lasting.value;
  return { of: lasting.value, scopesOf: () => scopes, issued: created, expires: endOfLasting(lasting.value) };
}

const secondsOf = (instant: string): number => Math.floor(new Date(instant).getTime() / 1000);

export async function revoke(context: SignInContext, request: Request): Promise<Response> {
  return await revokeToken(context, await readForm(request));
}

/** Who has a token may revoke it, with all that was granted with it (RFC 7009, section 2.1). No token at all is answered alike (2.2). */
export async function revokeToken(context: SignInContext, form: ReadonlyMap<string, string>): Promise<Response> {
  const token = form.get("token") ?? "";
  const app =
    (await findAccessToken(context, token)) ??
    (await readRefresh(context, token))?.app ??
    (await findLasting(context, token));
  if (app) {
    await revokeApp(context, app.id);
    context.log(`sign-in: ${app.id} was revoked by its app`);
  }
  return answerJson(200, {});
}
