/** Revocation: an app, or a script, ends its own token (https://indieauth.spec.indieweb.org/#token-revocation, RFC 7009). */
import { answerJson } from "../../base/http/answers.ts";
import type { SignInContext } from "../context.ts";
import { readForm } from "../requests/bodies.ts";
import { findAccessToken, readRefresh, revokeApp } from "../tokens/apps.ts";
import { findPersonalToken } from "../tokens/personal.ts";

export async function revoke(context: SignInContext, request: Request): Promise<Response> {
  return await revokeToken(context, await readForm(request));
}

/** Who has a token may revoke it, with all that was granted with it (RFC 7009, section 2.1). No token at all is answered alike (2.2). */
export async function revokeToken(context: SignInContext, form: ReadonlyMap<string, string>): Promise<Response> {
  const token = form.get("token") ?? "";
  const app =
    (await findAccessToken(context, token)) ??
    (await readRefresh(context, token))?.app ??
    (await findPersonalToken(context, token));
  if (app) {
    await revokeApp(context, app.id);
    context.log(`sign-in: ${app.id} was revoked by its app`);
  }
  return answerJson(200, {});
}
