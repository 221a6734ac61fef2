/** Tokens for scripts and shortcuts, which cannot ask by IndieAuth: made by whoever has the state store, shown once, and never renewed. */
import { present } from "../../base/optional.ts";
import type { CodeFor } from "../codes/codes.ts";
import type { SignInContext } from "../context.ts";
import { digestOfSecret, isSecret, newId } from "../kept/secrets.ts";
import { scopesForApp } from "../people/roles.ts";
import type { WriteScope } from "../types.ts";
import { newTokenSecret, parseToken, writeToken } from "./form.ts";
import { type KeptToken, type LastingToken, noteUse, putToken, readLastingToken } from "./kept.ts";
import { endOfLasting, isPast } from "./times.ts";

export interface LastingGrant {
  /** What lists call it. */
  readonly name: string;
  readonly whom: CodeFor;
  readonly scopes: readonly string[];
}

export interface MadeToken {
  readonly id: string;
  /** Shown once; kept as its digest. */
  readonly token: string;
  /** No more than what `whom` may. */
  readonly scopes: readonly WriteScope[];
}

export async function makeLasting(
  { state, newSecret, clock }: Pick<SignInContext, "state" | "newSecret" | "clock">,
  { name, whom: { author, role }, scopes: asked }: LastingGrant,
): Promise<MadeToken> {
  const scopes = scopesForApp(role, asked);
  for (;;) {
    const [id, secret] = [newId(newSecret), newTokenSecret(newSecret)];
    const token: LastingToken = {
      kind: "lasting",
      hash: digestOfSecret(secret),
      client: { id: name },
      ...present({ author }),
      role,
      scopes: [...scopes],
      created: clock.now().toISOString(),
    };
    if (await putToken(state, id, token)) return { id, token: writeToken({ kind: "l", id, secret }), scopes };
  }
}

/** `undefined` where it counts no more, or is none. */
export async function findLasting(
  { state, clock }: Pick<SignInContext, "state" | "clock">,
  text: string,
): Promise<KeptToken<LastingToken> | undefined> {
  const token = parseToken(text, "l");
  const kept = token && (await readLastingToken(state, token.id));
  if (!token || !kept || !isSecret(token.secret, kept.value.hash)) return undefined;
  return isPast(endOfLasting(kept.value), clock.now()) ? undefined : kept;
}

export async function readLasting(context: SignInContext, text: string): Promise<KeptToken<LastingToken> | undefined> {
  const kept = await findLasting(context, text);
  if (kept) await noteUse(context, kept);
  return kept;
}
