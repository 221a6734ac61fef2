/** New tokens for an app whose former ones are about to end (https://indieauth.spec.indieweb.org/#refresh-tokens). */
import { HttpError } from "../../base/http/error.ts";
import type { SignInContext } from "../context.ts";
import { readDevice } from "../people/devices.ts";
import { assertWriter } from "../people/roles.ts";
import { type AppTokens, readRefresh, renewApp, revokeApp } from "../tokens/apps.ts";
import type { AppToken } from "../tokens/kept.ts";
import type { WriteScope } from "../types.ts";
import { writtenClientId } from "./urls.ts";

const wrongRefresh = () =>
  new HttpError("invalid_grant", "the refresh token is wrong, used, expired or revoked: sign in again");

/**
 * A refresh token counts once. One that comes again was stolen, by the first or the second to use it: the app's tokens are revoked
 * (RFC 9700, section 4.14.2). Where only the use was noted meanwhile, the token is read once more.
 */
export async function refresh(context: SignInContext, form: ReadonlyMap<string, string>): Promise<AppTokens> {
  for (;;) {
    const found = await readRefresh(context, form.get("refresh_token") ?? "");
    if (!found || found.app.value.client.id !== writtenClientId(form.get("client_id") ?? "")) throw wrongRefresh();
    const { app, isFormer } = found;
    if (isFormer) {
      await revokeApp(context, app.id);
      context.log(`sign-in: refused: a former refresh token of ${app.id} came again: the app was revoked`);
      throw wrongRefresh();
    }
    const renewed = await renewApp(context, app, await renewableScopes(context, app.value, form.get("scope")));
    if (renewed) return renewed;
  }
}

/** The scopes that are asked for, else those that were granted. Throws where the person who granted them may write no more. */
async function renewableScopes(
  { state, site }: SignInContext,
  granted: AppToken,
  scope: string | undefined,
): Promise<readonly WriteScope[]> {
  const device = await readDevice(state, granted.device);
  if (!device) throw wrongRefresh();
  assertWriter(device.value, await site());
  const asked = scope?.split(/\s+/);
  const scopes = granted.scopes.filter((each) => asked?.includes(each) ?? true);
  if (scopes.length === 0 || (asked && scopes.length !== new Set(asked).size)) {
    throw new HttpError("invalid_scope", `scope may name no other than ${granted.scopes.join(" ")}`);
  }
  return scopes;
}
