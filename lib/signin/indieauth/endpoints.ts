/** What apps themselves ask: who somebody is, tokens, and what is told of these. */
import { ADDRESSES } from "../../base/writing.ts";
import { readForm } from "../answers/bodies.ts";
import { type Answered, answerJson } from "../answers/json.ts";
import { Refusal } from "../answers/refusal.ts";
import type { SignInContext } from "../context.ts";
import { readDevice } from "../people/devices.ts";
import { personNow } from "../people/roles.ts";
import { type AppTokens, findAccessToken, readRefresh, renewApp, revokeApp } from "../tokens/apps.ts";
import type { AppToken } from "../tokens/kept.ts";
import { ACCESS_SECONDS } from "../tokens/times.ts";
import type { WriteScope } from "../types.ts";
import { type Redeeming, redeemForProfile, redeemForTokens } from "./codes.ts";
import { introspect, revoke, revokeToken } from "./inspection.ts";
import { metadataOf } from "./metadata.ts";
import { profileOf } from "./profiles.ts";
import { parseClientId } from "./urls.ts";

type Form = ReadonlyMap<string, string>;

const ROUTES: { readonly [route: string]: (context: SignInContext, request: Request) => Promise<Response> } = {
  [`GET ${ADDRESSES.metadata}`]: async ({ origin }) => answerJson(200, metadataOf(origin)),
  [`POST ${ADDRESSES.authorization}`]: identify,
  [`POST ${ADDRESSES.token}`]: giveTokens,
  [`POST ${ADDRESSES.introspection}`]: introspect,
  [`POST ${ADDRESSES.revocation}`]: revoke,
};

export async function answerApp(context: SignInContext, request: Request): Promise<Response | undefined> {
  const { pathname } = new URL(request.url);
  return await ROUTES[`${request.method} ${pathname}`]?.(context, request);
}

function redeemingOf(form: Form): Redeeming {
  const [code, client, redirect, verifier] = ["code", "client_id", "redirect_uri", "code_verifier"].map((name) => {
    const value = form.get(name);
    if (value === undefined) throw new Refusal(400, "invalid_request", `${name} is missing`);
    return value;
  });
  return { code: code ?? "", client: clientOf(client), redirect: redirect ?? "", verifier: verifier ?? "" };
}

const clientOf = (text = ""): string => parseClientId(text)?.href ?? text;

/** https://indieauth.spec.indieweb.org/#profile-url-response */
async function identify(context: SignInContext, request: Request): Promise<Response> {
  const form = await readForm(request);
  if ((form.get("grant_type") ?? "authorization_code") !== "authorization_code") throw wrongGrantType();
  const { me, device, scopes } = await redeemForProfile(context, redeemingOf(form));
  const profile = scopes.includes("profile") ? await profileBy(context, device) : {};
  return answerJson(200, { me, ...profile });
}

const wrongGrantType = () =>
  new Refusal(
    400,
    "unsupported_grant_type",
    "grant_type has to be authorization_code, or refresh_token at the token endpoint",
  );

/** https://indieauth.spec.indieweb.org/#access-token-response, and #refresh-tokens */
async function giveTokens(context: SignInContext, request: Request): Promise<Response> {
  const form = await readForm(request);
  // As apps revoked before there was an endpoint for it (https://indieauth.spec.indieweb.org/#token-revocation).
  if (form.get("action") === "revoke") return await revokeToken(context, form);
  switch (form.get("grant_type")) {
    case "authorization_code":
      return await answerTokens(context, await redeemForTokens(context, redeemingOf(form)));
    case "refresh_token":
      return await answerTokens(context, await refresh(context, form));
    default:
      throw wrongGrantType();
  }
}

const wrongRefresh = () =>
  new Refusal(400, "invalid_grant", "the refresh token is wrong, used, expired or revoked: sign in again");

/**
 * Each counts once. One that comes again, at once too, is in two hands, of which nobody knows the right one: both lose it (RFC 9700
 * 4.14.2). What only had its use noted meanwhile is read once more.
 */
async function refresh(context: SignInContext, form: Form): Promise<AppTokens> {
  for (;;) {
    const found = await readRefresh(context, form.get("refresh_token") ?? "");
    if (!found || found.app.value.client.id !== clientOf(form.get("client_id"))) throw wrongRefresh();
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

/** As many as were granted, or those that are asked for. Throws where whoever granted them may write no more. */
async function renewableScopes(
  { state, site }: SignInContext,
  granted: AppToken,
  scope: string | undefined,
): Promise<readonly WriteScope[]> {
  const device = await readDevice(state, granted.device);
  if (!device) throw wrongRefresh();
  personNow(device.value, await site());
  const asked = scope?.split(/\s+/);
  const scopes = granted.scopes.filter((each) => asked?.includes(each) ?? true);
  if (scopes.length === 0 || (asked && scopes.length !== new Set(asked).size)) {
    throw new Refusal(400, "invalid_scope", `scope may name no other than ${granted.scopes.join(" ")}`);
  }
  return scopes;
}

async function answerTokens(context: SignInContext, { id, access, refresh, scopes, me }: AppTokens): Promise<Response> {
  const app = await findAccessToken(context, access);
  const profile = app && scopes.includes("profile") ? await profileBy(context, app.value.device) : {};
  context.log(`sign-in: tokens of ${id} were given to its app`);
  return answerJson(
    200,
    {
      access_token: access,
      token_type: "Bearer",
      scope: scopes.join(" "),
      me,
      expires_in: ACCESS_SECONDS,
      refresh_token: refresh,
      ...profile,
    },
    { pragma: "no-cache" },
  );
}

async function profileBy({ state, site }: SignInContext, id: string): Promise<Answered> {
  const device = await readDevice(state, id);
  if (!device) return {};
  const now = await site();
  return { profile: profileOf(personNow(device.value, now), now) };
}
