/** The endpoints that apps ask themselves: for a profile, for tokens, for introspection and revocation. */
import { answerJson } from "../../base/http/answers.ts";
import { HttpError } from "../../base/http/error.ts";
import { ADDRESSES } from "../../base/writing.ts";
import type { SignInContext } from "../context.ts";
import { readDevice } from "../people/devices.ts";
import { assertWriter } from "../people/roles.ts";
import { readForm } from "../requests/bodies.ts";
import { type AppTokens, findAccessToken } from "../tokens/apps.ts";
import { ACCESS_SECONDS } from "../tokens/times.ts";
import { redeemForProfile, redeemForTokens, type TokenRequest } from "./codes.ts";
import { introspect } from "./introspection.ts";
import { metadataOf } from "./metadata.ts";
import { profileOf } from "./profiles.ts";
import { refresh } from "./refresh.ts";
import { revoke, revokeToken } from "./revocation.ts";
import { writtenClientId } from "./urls.ts";

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

function tokenRequestOf(form: Form): TokenRequest {
  const needed = (name: string): string => {
    const value = form.get(name);
    if (value === undefined) throw new HttpError("invalid_request", `${name} is missing`);
    return value;
  };
  return {
    code: needed("code"),
    client: writtenClientId(needed("client_id")),
    redirect: needed("redirect_uri"),
    verifier: needed("code_verifier"),
  };
}

/** https://indieauth.spec.indieweb.org/#profile-url-response */
async function identify(context: SignInContext, request: Request): Promise<Response> {
  const form = await readForm(request);
  if ((form.get("grant_type") ?? "authorization_code") !== "authorization_code") throw wrongGrantType();
  const { me, device, scopes } = await redeemForProfile(context, tokenRequestOf(form));
  const profile = scopes.includes("profile") ? await profileBy(context, device) : {};
  return answerJson(200, { me, ...profile });
}

const wrongGrantType = () =>
  new HttpError(
    "unsupported_grant_type",
    "grant_type has to be authorization_code, or refresh_token at the token endpoint",
  );

/** https://indieauth.spec.indieweb.org/#access-token-response */
async function giveTokens(context: SignInContext, request: Request): Promise<Response> {
  const form = await readForm(request);
  // As apps revoked before there was an endpoint for it (https://indieauth.spec.indieweb.org/#token-revocation).
  if (form.get("action") === "revoke") return await revokeToken(context, form);
  switch (form.get("grant_type")) {
    case "authorization_code":
      return await answerTokens(context, await redeemForTokens(context, tokenRequestOf(form)));
    case "refresh_token":
      return await answerTokens(context, await refresh(context, form));
    default:
      throw wrongGrantType();
  }
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

async function profileBy({ state, site }: SignInContext, id: string): Promise<object> {
  const device = await readDevice(state, id);
  if (!device) return {};
  const now = await site();
  return { profile: profileOf(assertWriter(device.value, now), now) };
}
