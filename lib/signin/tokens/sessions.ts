/** Sessions of the page: begun by a passkey, carried by a cookie, ended by signing out, by three months without use, or with the device. */

import type { SignInContext } from "../context.ts";
import { digestOfSecret, isSecret, newId } from "../kept/secrets.ts";
import { cookieOf } from "../requests/cookie.ts";
import { newTokenSecret, parseToken, writeToken } from "./form.ts";
import { type KeptToken, noteUse, putToken, readSessionToken, type SessionToken } from "./kept.ts";
import { isSessionOver, SESSION_SECONDS } from "./times.ts";

/** The token, for the cookie alone. */
export async function beginSession({ state, newSecret, clock }: SignInContext, device: string): Promise<string> {
  const now = clock.now().toISOString();
  for (;;) {
    const [id, secret] = [newId(newSecret), newTokenSecret(newSecret)];
    const session: SessionToken = { kind: "session", hash: digestOfSecret(secret), device, created: now, used: now };
    if (await putToken(state, id, session)) return writeToken({ kind: "s", id, secret });
  }
}

export const sessionCookie = (token: string): { readonly "set-cookie": string } => cookieOf(token, SESSION_SECONDS);

/** The session that a cookie's token is of, if it counts. */
export async function readSession(context: SignInContext, text: string): Promise<KeptToken<SessionToken> | undefined> {
  const token = parseToken(text, "s");
  const kept = token && (await readSessionToken(context.state, token.id));
  if (!token || !kept || !isSecret(token.secret, kept.value.hash)) return undefined;
  if (isSessionOver(kept.value, context.clock.now())) return undefined;
  await noteUse(context, kept);
  return kept;
}
