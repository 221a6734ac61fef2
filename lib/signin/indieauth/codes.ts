/** Authorization codes: what a person agreed to, which the app redeems once, within ten minutes. */

import { createHash } from "node:crypto";
import * as v from "valibot";
import { HttpError } from "../../base/http/error.ts";
import { present } from "../../base/optional.ts";
import type { SignInContext } from "../context.ts";
import { forLog } from "../forlog.ts";
import { expiringName, sweepExpired } from "../kept/expiring.ts";
import { type KeptObject, readKept, swapKept } from "../kept/objects.ts";
import { areEqual, digestOfSecret, isSecret, newId } from "../kept/secrets.ts";
import { INSTANT, SCOPE } from "../kept/shapes.ts";
import { readDevice } from "../people/devices.ts";
import { assertWriter } from "../people/roles.ts";
import { type AppGrant, type AppTokens, grantApp, revokeApp } from "../tokens/apps.ts";
import { newTokenSecret, parseToken, writeToken } from "../tokens/form.ts";
import { isPast } from "../tokens/times.ts";

const GRANTS = "grants/";
/** "A maximum lifetime of 10 minutes is recommended" (https://indieauth.spec.indieweb.org/#authorization-response). */
const SECONDS = 600;
/** A code is kept for a day, so that one that comes again is known as such. */
const KEPT_SECONDS = 24 * 60 * 60;

const CODE = v.object({
  hash: v.string(),
  device: v.string(),
  client: v.object({ id: v.string(), name: v.exactOptional(v.string()) }),
  redirect: v.string(),
  challenge: v.string(),
  me: v.string(),
  scopes: v.array(SCOPE),
  expires: INSTANT,
  /** What was made by it: the id of an app; or nothing but the address of a person, told this once. */
  redeemed: v.exactOptional(v.string()),
});

type AuthorizationCode = v.InferOutput<typeof CODE>;

export interface Agreement extends AppGrant {
  readonly redirect: string;
  readonly challenge: string;
}

export async function makeAuthorizationCode(context: SignInContext, agreed: Agreement): Promise<string> {
  const { state, newSecret, clock } = context;
  const now = clock.now();
  await sweepExpired(state, GRANTS, now);
  const { device, client, redirect, challenge, me, scopes } = agreed;
  for (;;) {
    const id = expiringName(new Date(now.getTime() + KEPT_SECONDS * 1000), newId(newSecret));
    const secret = newTokenSecret(newSecret);
    const code: AuthorizationCode = {
      ...{ hash: digestOfSecret(secret), device, client: { id: client.id, ...present({ name: client.name }) } },
      ...{ redirect, challenge, me, scopes: [...scopes] },
      expires: new Date(now.getTime() + SECONDS * 1000).toISOString(),
    };
    if (await swapKept(state, `${GRANTS}${id}.json`, code)) return writeToken({ kind: "c", id, secret });
  }
}

export interface TokenRequest {
  readonly code: string;
  readonly client: string;
  readonly redirect: string;
  readonly verifier: string;
}

const wrongCode = () =>
  new HttpError("invalid_grant", "the code is wrong, used or expired, or was made for another app: sign in again");

/** Whether the code was given to this app, for this address, by this verifier (RFC 7636, section 4.6). */
const isOfApp = (code: AuthorizationCode, { client, redirect, verifier }: TokenRequest): boolean =>
  code.client.id === client &&
  code.redirect === redirect &&
  /^[\w.~-]{43,128}$/.test(verifier) &&
  areEqual(createHash("sha256").update(verifier).digest("base64url"), code.challenge);

interface Redeemable extends KeptObject<AuthorizationCode> {
  readonly name: string;
}

/**
 * A code that comes again was stolen: the tokens that were given for it are revoked (RFC 6749, section 4.1.2). Who has a code without
 * its verifier, or for another app, gets nothing, and the app can still redeem it.
 */
async function readRedeemable(context: SignInContext, request: TokenRequest): Promise<Redeemable> {
  const { state, clock, log } = context;
  const written = parseToken(request.code, "c");
  const name = `${GRANTS}${written?.id}.json`;
  const kept = written && (await readKept(state, name, CODE));
  if (!written || !kept || !isSecret(written.secret, kept.value.hash)) throw wrongCode();
  const { redeemed, expires } = kept.value;
  if (redeemed !== undefined) {
    await revokeApp(context, redeemed);
    log(`sign-in: refused: a code for ${forLog(kept.value.client.id)} came again: what it granted was revoked`);
    throw wrongCode();
  }
  if (isPast(expires, clock.now()) || !isOfApp(kept.value, request)) throw wrongCode();
  await assertStillIn(context, kept.value.device);
  return { ...kept, name };
}

/** Throws where the device that granted it was revoked meanwhile. */
async function assertStillIn({ state, site }: SignInContext, device: string): Promise<void> {
  const kept = await readDevice(state, device);
  if (!kept) throw wrongCode();
  assertWriter(kept.value, await site());
}

/** Tokens for a code with a scope. They are kept before the code is used up, so that they can be revoked if the code comes again. */
export async function redeemForTokens(context: SignInContext, request: TokenRequest): Promise<AppTokens> {
  const code = await readRedeemable(context, request);
  if (code.value.scopes.length === 0) {
    throw new HttpError(
      "invalid_grant",
      "the code was asked for without a scope: it says who somebody is, at the authorization endpoint",
    );
  }
  const tokens = await grantApp(context, code.value);
  await useUp(context, code, request, tokens.id);
  return tokens;
}

export type Identified = Pick<AuthorizationCode, "me" | "device" | "scopes">;

/** Tells who somebody is, and gives no tokens: the code is marked with an id that is of no app. */
export async function redeemForProfile(context: SignInContext, request: TokenRequest): Promise<Identified> {
  const code = await readRedeemable(context, request);
  await useUp(context, code, request, newId(context.newSecret));
  return code.value;
}

/** Where a code is redeemed twice at once, neither request keeps its tokens. */
async function useUp(
  context: SignInContext,
  { name, ...code }: Redeemable,
  request: TokenRequest,
  redeemed: string,
): Promise<void> {
  if (await swapKept(context.state, name, { ...code.value, redeemed }, code)) return;
  await revokeApp(context, redeemed);
  await readRedeemable(context, request);
  throw wrongCode();
}
