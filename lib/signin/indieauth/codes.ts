/** Codes of authorization: what a person agreed to, for the app to redeem once, within ten minutes. */

import { createHash } from "node:crypto";
import * as v from "valibot";
import { HttpError } from "../../base/http/error.ts";
import { present } from "../../base/optional.ts";
import type { SignInContext } from "../context.ts";
import { expiringName, sweepExpired } from "../kept/expiring.ts";
import { type KeptObject, readKept, swapKept } from "../kept/objects.ts";
import { areEqual, digestOfSecret, isSecret, newId } from "../kept/secrets.ts";
import { INSTANT, SCOPE } from "../kept/shapes.ts";
import { readDevice } from "../people/devices.ts";
import { personNow } from "../people/roles.ts";
import { said } from "../said.ts";
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

export interface Redeeming {
  readonly code: string;
  readonly client: string;
  readonly redirect: string;
  readonly verifier: string;
}

const wrongCode = () =>
  new HttpError("invalid_grant", "the code is wrong, used or expired, or was made for another app: sign in again");

/** Whether what an app sends is what it was given the code for (RFC 7636 4.6). */
const isOfApp = (code: AuthorizationCode, { client, redirect, verifier }: Redeeming): boolean =>
  code.client.id === client &&
  code.redirect === redirect &&
  /^[\w.~-]{43,128}$/.test(verifier) &&
  areEqual(createHash("sha256").update(verifier).digest("base64url"), code.challenge);

interface Redeemable extends KeptObject<AuthorizationCode> {
  readonly name: string;
}

/**
 * A code that comes again is in two hands: what was made by it ends (RFC 6749 4.1.2). Whoever has a code without its verifier, or for
 * another app, gets nothing, and leaves it to the app.
 */
async function readRedeemable(context: SignInContext, redeeming: Redeeming): Promise<Redeemable> {
  const { state, clock, log } = context;
  const written = parseToken(redeeming.code, "c");
  const name = `${GRANTS}${written?.id}.json`;
  const kept = written && (await readKept(state, name, CODE));
  if (!written || !kept || !isSecret(written.secret, kept.value.hash)) throw wrongCode();
  const { redeemed, expires } = kept.value;
  if (redeemed !== undefined) {
    await revokeApp(context, redeemed);
    log(`sign-in: refused: a code for ${said(kept.value.client.id)} came again: what it granted was revoked`);
    throw wrongCode();
  }
  if (isPast(expires, clock.now()) || !isOfApp(kept.value, redeeming)) throw wrongCode();
  await assertStillIn(context, kept.value.device);
  return { ...kept, name };
}

/** A device that was revoked meanwhile says for nobody any more who they are. */
async function assertStillIn({ state, site }: SignInContext, device: string): Promise<void> {
  const kept = await readDevice(state, device);
  if (!kept) throw wrongCode();
  personNow(kept.value, await site());
}

/** Tokens, for a code that names a scope. They are there before the code is used up, so that one that comes again finds them to end. */
export async function redeemForTokens(context: SignInContext, redeeming: Redeeming): Promise<AppTokens> {
  const code = await readRedeemable(context, redeeming);
  if (code.value.scopes.length === 0) {
    throw new HttpError(
      "invalid_grant",
      "the code was asked for without a scope: it says who somebody is, at the authorization endpoint",
    );
  }
  const tokens = await grantApp(context, code.value);
  await useUp(context, code, redeeming, tokens.id);
  return tokens;
}

export type Identified = Pick<AuthorizationCode, "me" | "device" | "scopes">;

/** Who somebody is, and nothing else: the id is of no app. */
export async function redeemForProfile(context: SignInContext, redeeming: Redeeming): Promise<Identified> {
  const code = await readRedeemable(context, redeeming);
  await useUp(context, code, redeeming, newId(context.newSecret));
  return code.value;
}

/** Of two that come at once neither keeps anything. */
async function useUp(
  context: SignInContext,
  { name, ...code }: Redeemable,
  redeeming: Redeeming,
  redeemed: string,
): Promise<void> {
  if (await swapKept(context.state, name, { ...code.value, redeemed }, code)) return;
  await revokeApp(context, redeemed);
  await readRedeemable(context, redeeming);
  throw wrongCode();
}
