/** Whether a token counts, and that it ends (https://indieauth.spec.indieweb.org/#access-token-verification, #token-revocation). */
import { answerJson } from "../../base/http/answers.ts";
import { bearerError } from "../../base/http/bearer.ts";
import { HttpError } from "../../base/http/error.ts";
import type { SignInContext } from "../context.ts";
import { readDevice } from "../people/devices.ts";
import { isOwn, personNow, scopesForApp } from "../people/roles.ts";
import { readForm } from "../requests/bodies.ts";
import { findAccessToken, readRefresh, revokeApp } from "../tokens/apps.ts";
import { signedIn } from "../tokens/granted.ts";
import { findLasting } from "../tokens/lasting.ts";
import type { Grant } from "../types.ts";

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

async function activeToken(context: SignInContext, token: string, asking: Grant): Promise<object | undefined> {
  const app = await findAccessToken(context, token);
  const device = app && (await readDevice(context.state, app.value.device));
  if (!app || !device || !isOwn(device.value, asking)) return undefined;
  try {
    const { role } = personNow(device.value, await context.site());
    const { me, client, access } = app.value;
    return {
      active: true,
      me,
      client_id: client.id,
      scope: scopesForApp(role, access.scopes).join(" "),
      exp: secondsOf(access.expires),
      iat: secondsOf(access.issued),
    };
  } catch (error) {
    if (error instanceof HttpError) return undefined;
    throw error;
  }
}

const secondsOf = (instant: string): number => Math.floor(new Date(instant).getTime() / 1000);

export async function revoke(context: SignInContext, request: Request): Promise<Response> {
  return await revokeToken(context, await readForm(request));
}

/** Whoever has a token may end it, and all that was granted with it (RFC 7009 2.1). What is no token is as good as ended. */
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
