/** Tokens as they are kept: whom they are of, and the digests of their secrets. */
import * as v from "valibot";
import type { Store } from "../../stores/store.ts";
import type { SignInContext } from "../context.ts";
import { type KeptObject, listKeptObjects, readKept, removeKept, swapKept } from "../kept/objects.ts";
import { AUTHOR, INSTANT, ROLE, SCOPE } from "../kept/shapes.ts";
import { isWorthNoting } from "./times.ts";

const TOKENS = "tokens/";

const SESSION = v.object({
  kind: v.literal("session"),
  hash: v.string(),
  device: v.string(),
  created: INSTANT,
  used: INSTANT,
});

/** What an app was granted: its tokens, the former ones too, are one object, so that they end together. */
const APP = v.object({
  kind: v.literal("app"),
  /** By which it was granted: with the device, it ends. */
  device: v.string(),
  client: v.object({ id: v.string(), name: v.exactOptional(v.string()) }),
  me: v.string(),
  scopes: v.array(SCOPE),
  created: INSTANT,
  used: v.exactOptional(INSTANT),
  access: v.object({ hash: v.string(), scopes: v.array(SCOPE), issued: INSTANT, expires: INSTANT }),
  refresh: v.object({ hash: v.string(), expires: INSTANT, former: v.array(v.string()) }),
});

/** A token for a script or a shortcut. It belongs to no device, and so names its author and role itself. */
const PERSONAL = v.object({
  kind: v.literal("personal"),
  hash: v.string(),
  client: v.object({ id: v.string() }),
  author: v.exactOptional(AUTHOR),
  role: ROLE,
  scopes: v.array(SCOPE),
  created: INSTANT,
  used: v.exactOptional(INSTANT),
});

const TOKEN = v.variant("kind", [SESSION, APP, PERSONAL]);

export type SessionToken = v.InferOutput<typeof SESSION>;
export type AppToken = v.InferOutput<typeof APP>;
export type PersonalToken = v.InferOutput<typeof PERSONAL>;
export type AnyToken = v.InferOutput<typeof TOKEN>;

export type KeptToken<T extends AnyToken = AnyToken> = KeptObject<T> & {
  readonly id: string;
};

const ID = /^[0-9a-z]{16}$/;

const keyOf = (id: string): string => `${TOKENS}${id}.json`;

async function readToken(state: Store, id: string): Promise<KeptToken | undefined> {
  const kept = ID.test(id) ? await readKept(state, keyOf(id), TOKEN) : undefined;
  return kept && { ...kept, id };
}

export async function readSessionToken(state: Store, id: string): Promise<KeptToken<SessionToken> | undefined> {
  const kept = await readToken(state, id);
  return kept?.value.kind === "session" ? { ...kept, value: kept.value } : undefined;
}

export async function readAppToken(state: Store, id: string): Promise<KeptToken<AppToken> | undefined> {
  const kept = await readToken(state, id);
  return kept?.value.kind === "app" ? { ...kept, value: kept.value } : undefined;
}

export async function readPersonalToken(state: Store, id: string): Promise<KeptToken<PersonalToken> | undefined> {
  const kept = await readToken(state, id);
  return kept?.value.kind === "personal" ? { ...kept, value: kept.value } : undefined;
}

/** `false`: somebody else has changed it, and nothing was written. */
export const putToken = (
  state: Store,
  id: string,
  token: AnyToken,
  former?: { readonly etag: string },
): Promise<boolean> => swapKept(state, keyOf(id), token, former);

/** Notes the use of a token, once a day (`isWorthNoting`). A request succeeds even if that fails. */
export async function noteUse({ state, clock }: SignInContext, { id, value, etag }: KeptToken): Promise<void> {
  const now = clock.now();
  if (!isWorthNoting(value.used, now)) return;
  await putToken(state, id, { ...value, used: now.toISOString() }, { etag }).catch(() => false);
}

export const removeToken = (state: Store, id: string): Promise<void> => removeKept(state, keyOf(id));

export async function listTokens(state: Store): Promise<readonly KeptToken[]> {
  const listed = await listKeptObjects(state, TOKENS, TOKEN);
  return listed.map(({ name, ...kept }) => ({ ...kept, id: name.slice(TOKENS.length, -".json".length) }));
}
