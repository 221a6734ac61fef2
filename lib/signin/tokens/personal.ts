/** Tokens for scripts and shortcuts, which cannot ask by IndieAuth: made by whoever has the state store, shown once, and never renewed. */
import { present } from "../../base/optional.ts";
import type { SignInContext } from "../context.ts";
import { digestOfSecret, isSecret, newId } from "../kept/secrets.ts";
import { scopesForApp } from "../people/roles.ts";
import type { Writer, WriteScope } from "../types.ts";
import { newTokenSecret, parseToken, writeToken } from "./form.ts";
import { type KeptToken, noteUse, type PersonalToken, putToken, readPersonalToken } from "./kept.ts";
import { endOfPersonalToken, isPast } from "./times.ts";

export interface NewPersonalToken {
  /** What lists call it. */
  readonly name: string;
  readonly whom: Writer;
  readonly scopes: readonly string[];
}

export interface MadeToken {
  readonly id: string;
  /** Shown once; kept as its digest. */
  readonly token: string;
  /** No more than what `whom` may. */
  readonly scopes: readonly WriteScope[];
}

export async function makePersonalToken(
  { state, newSecret, clock }: Pick<SignInContext, "state" | "newSecret" | "clock">,
  { name, whom: { author, role }, scopes: asked }: NewPersonalToken,
): Promise<MadeToken> {
  const scopes = scopesForApp(role, asked);
  for (;;) {
    const [id, secret] = [newId(newSecret), newTokenSecret(newSecret)];
    const token: PersonalToken = {
      kind: "personal",
      hash: digestOfSecret(secret),
      client: { id: name },
      ...present({ author }),
      role,
      scopes: [...scopes],
      created: clock.now().toISOString(),
    };
    if (await putToken(state, id, token)) return { id, token: writeToken({ kind: "p", id, secret }), scopes };
  }
}

/** `undefined` where it counts no more, or is none. */
export async function findPersonalToken(
  { state, clock }: Pick<SignInContext, "state" | "clock">,
  text: string,
): Promise<KeptToken<PersonalToken> | undefined> {
  const token = parseToken(text, "p");
  const kept = token && (await readPersonalToken(state, token.id));
  if (!token || !kept || !isSecret(token.secret, kept.value.hash)) return undefined;
  return isPast(endOfPersonalToken(kept.value), clock.now()) ? undefined : kept;
}

export async function usePersonalToken(
  context: SignInContext,
  text: string,
): Promise<KeptToken<PersonalToken> | undefined> {
  const kept = await findPersonalToken(context, text);
  if (kept) await noteUse(context, kept);
  return kept;
}
