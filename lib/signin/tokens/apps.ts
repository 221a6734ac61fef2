/** What apps are granted: access for a month, renewed by a token that counts once. */
import { present } from "../../base/optional.ts";
import type { SignInContext } from "../context.ts";
import { digestOfSecret, isSecret, newId } from "../kept/secrets.ts";
import type { WriteScope } from "../types.ts";
import { newTokenSecret, parseToken, writeToken } from "./form.ts";
import { type AppToken, type KeptToken, noteUse, putToken, readAppToken, removeToken } from "./kept.ts";
import { ACCESS_SECONDS, after, isPast, REFRESH_SECONDS } from "./times.ts";

export interface AppGrant {
  readonly device: string;
  readonly client: { readonly id: string; readonly name?: string | undefined };
  readonly me: string;
  readonly scopes: readonly WriteScope[];
}

export interface AppTokens {
  readonly id: string;
  readonly access: string;
  readonly refresh: string;
  readonly scopes: readonly WriteScope[];
  readonly me: string;
}

/** How many former refresh tokens are remembered: when one of them comes again, it or the newer one was stolen. */
const MOST_FORMER = 50;

interface Pair {
  readonly access: string;
  readonly refresh: string;
}

const newPair = ({ newSecret }: SignInContext): Pair => ({
  access: newTokenSecret(newSecret),
  refresh: newTokenSecret(newSecret),
});

function keptPair({ access, refresh }: Pair, scopes: readonly WriteScope[], former: readonly string[], now: Date) {
  return {
    access: {
      hash: digestOfSecret(access),
      scopes: [...scopes],
      issued: now.toISOString(),
      expires: after(now, ACCESS_SECONDS),
    },
    refresh: {
      hash: digestOfSecret(refresh),
      expires: after(now, REFRESH_SECONDS),
      former: former.slice(-MOST_FORMER),
    },
  };
}

const written = (
  id: string,
  { access, refresh }: Pair,
  { me }: { readonly me: string },
  scopes: readonly WriteScope[],
): AppTokens => ({
  id,
  access: writeToken({ kind: "a", id, secret: access }),
  refresh: writeToken({ kind: "r", id, secret: refresh }),
  scopes,
  me,
});

export async function grantApp(context: SignInContext, { device, client, me, scopes }: AppGrant): Promise<AppTokens> {
  const now = context.clock.now();
  for (;;) {
    const [id, pair] = [newId(context.newSecret), newPair(context)];
    const app: AppToken = {
      kind: "app",
      device,
      client: { id: client.id, ...present({ name: client.name }) },
      me,
      scopes: [...scopes],
      created: now.toISOString(),
      ...keptPair(pair, scopes, [], now),
    };
    if (await putToken(context.state, id, app)) return written(id, pair, app, scopes);
  }
}

/** The app that an access token is of, if it counts. */
export async function useAccessToken(context: SignInContext, text: string): Promise<KeptToken<AppToken> | undefined> {
  const app = await findAccessToken(context, text);
  if (app) await noteUse(context, app);
  return app;
}

/** The same, without noting a use. */
export async function findAccessToken(
  { state, clock }: SignInContext,
  text: string,
): Promise<KeptToken<AppToken> | undefined> {
  const token = parseToken(text, "a");
  const kept = token && (await readAppToken(state, token.id));
  if (!token || !kept || !isSecret(token.secret, kept.value.access.hash)) return undefined;
  return isPast(kept.value.access.expires, clock.now()) ? undefined : kept;
}

/** The app that a refresh token is of; `former`: it was used before. */
export async function readRefresh(
  { state, clock }: SignInContext,
  text: string,
): Promise<{ readonly app: KeptToken<AppToken>; readonly isFormer: boolean } | undefined> {
  const token = parseToken(text, "r");
  const app = token && (await readAppToken(state, token.id));
  if (!token || !app) return undefined;
  const { hash, former, expires } = app.value.refresh;
  if (former.some((each) => isSecret(token.secret, each))) return { app, isFormer: true };
  return isSecret(token.secret, hash) && !isPast(expires, clock.now()) ? { app, isFormer: false } : undefined;
}

/** New tokens in place of the former ones; nothing where another request came first. `scopes`: as many as before, or fewer. */
export async function renewApp(
  context: SignInContext,
  { id, value, etag }: KeptToken<AppToken>,
  scopes: readonly WriteScope[],
): Promise<AppTokens | undefined> {
  const pair = newPair(context);
  const former = [...value.refresh.former, value.refresh.hash];
  const next = { ...value, ...keptPair(pair, scopes, former, context.clock.now()) };
  return (await putToken(context.state, id, next, { etag })) ? written(id, pair, value, scopes) : undefined;
}

export const revokeApp = ({ state }: SignInContext, id: string): Promise<void> => removeToken(state, id);
