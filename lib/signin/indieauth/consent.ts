/** A person decides what an app may do: what the page at the authorization endpoint asks and tells. */

import * as v from "valibot";
import { answerJson } from "../../base/http/answers.ts";
import { HttpError } from "../../base/http/error.ts";
import { present } from "../../base/optional.ts";
import { ADDRESSES } from "../../base/writing.ts";
import type { SignInContext } from "../context.ts";
import { forLog } from "../forlog.ts";
import { scopesForApp } from "../people/roles.ts";
import { readJsonBody } from "../requests/bodies.ts";
import { assertFromUs } from "../requests/sameorigin.ts";
import { signedInOnPage } from "../tokens/granted.ts";
import { makeAuthorizationCode } from "./codes.ts";
import { issuerOf } from "./metadata.ts";
import { meOf } from "./profiles.ts";
import { readAuthorizationRequest } from "./request.ts";
import { withQuery } from "./urls.ts";

const REQUEST = `${ADDRESSES.authorization}/request`;
const DECIDE = `${ADDRESSES.authorization}/decide`;

const DECISION = v.object({
  query: v.string(),
  scopes: v.exactOptional(v.array(v.string())),
  denied: v.exactOptional(v.boolean()),
});

export async function answerConsent(context: SignInContext, request: Request): Promise<Response | undefined> {
  const url = new URL(request.url);
  const route = `${request.method} ${url.pathname}`;
  if (route !== `GET ${REQUEST}` && route !== `POST ${DECIDE}`) return undefined;
  assertFromUs(request, context.origin);
  return route === `GET ${REQUEST}` ? await show(context, request, url.search) : await decide(context, request);
}

/** Only for somebody who is signed in: nobody else makes this server ask an app's. */
async function show(context: SignInContext, request: Request, query: string): Promise<Response> {
  const { grant } = await signedInOnPage(context, request);
  const asked = await readAuthorizationRequest(context, query);
  const { name, logo } = asked.facts;
  return answerJson(200, {
    client: { id: asked.client, ...present({ name, logo }), redirect: asked.redirect },
    scopes: scopesForApp(grant.role, asked.scopes),
    me: meOf(grant, await context.site(), context.origin, asked.me),
  });
}

/** The request is read anew: what was shown is what is agreed to. */
async function decide(context: SignInContext, request: Request): Promise<Response> {
  const { grant, device } = await signedInOnPage(context, request);
  const { query, scopes, denied } = await readJsonBody(request, DECISION);
  const asked = await readAuthorizationRequest(context, query);
  const iss = issuerOf(context.origin);
  const { client, redirect, state, challenge } = asked;
  if (denied) {
    return answerJson(200, { redirect: withQuery(redirect, { error: "access_denied", state, iss }) });
  }
  const offered = scopesForApp(grant.role, asked.scopes);
  const agreed = offered.filter((scope) => scopes?.includes(scope));
  if (!scopes || agreed.length !== new Set(scopes).size) {
    throw new HttpError("invalid_scope", "scopes has to list some of those that the app asked for and you may grant");
  }
  const me = meOf(grant, await context.site(), context.origin, asked.me);
  const app = { id: client, name: asked.facts.name };
  const code = await makeAuthorizationCode(context, { device, client: app, me, scopes: agreed, redirect, challenge });
  context.log(`sign-in: ${forLog(client)} was granted ${agreed.join(" ") || "no scope"} by ${grant.id}`);
  return answerJson(200, { redirect: withQuery(redirect, { code, state, iss }) });
}
