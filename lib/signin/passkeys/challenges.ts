/** Challenges of passkeys: each was made here, counts for five minutes, and once. */

import { createHmac } from "node:crypto";
import * as v from "valibot";
import { HttpError } from "../../base/http/error.ts";
import type { Store } from "../../stores/store.ts";
import { expiringName, sweepExpired } from "../kept/expiring.ts";
import { readKept, swapKept } from "../kept/objects.ts";
import { areEqual, base64url, digestOfSecret, type NewSecret, newId } from "../kept/secrets.ts";

const SECONDS = 300;
const KEY = "key.json";
const USED = "challenges/";
/** A challenge is a time (seconds since 1970), 16 random bytes, and the message authentication code of both. */
const TIME_BYTES = 4;
const NONCE_BYTES = 16;
const SIGNED_BYTES = TIME_BYTES + NONCE_BYTES;

/** What a challenge is for: one for the code that registers, or for signing in. */
export type ChallengeFor = `code ${string}` | "sign-in";

export interface Challenges {
  make(purpose: ChallengeFor, now: Date): Promise<Uint8Array<ArrayBuffer>>;
  /** Whether it was made here for this, and has not expired. Costs no look into the store. */
  isOurs(challenge: string, purpose: ChallengeFor, now: Date): Promise<boolean>;
  /** Throws where it was used before: a signed answer counts once. */
  use(challenge: string, now: Date): Promise<void>;
}

/**
 * They are not kept but recognised, by a message authentication code: a stranger who asks for a million of them makes nothing
 * grow. What is kept is those that were used, until they expire. They are unpredictable and of 52 bytes
 * (https://www.w3.org/TR/webauthn-3/#sctn-cryptographic-challenges wants 16 at least).
 */
export function openChallenges(state: Store, newSecret: NewSecret): Challenges {
  let known: Promise<string> | undefined;
  const keyOnce = async (): Promise<string> => {
    known ??= readOrMakeKey(state, newSecret);
    return await known.catch((error) => {
      known = undefined;
      throw error;
    });
  };
  const codeOf = async (signed: Uint8Array, purpose: ChallengeFor): Promise<Uint8Array> =>
    createHmac("sha256", await keyOnce())
      .update(signed)
      .update(purpose)
      .digest();

  return {
    async make(purpose, now) {
      const signed = Buffer.alloc(SIGNED_BYTES);
      signed.writeUInt32BE(Math.floor(now.getTime() / 1000) + SECONDS);
      signed.set(newSecret().subarray(0, NONCE_BYTES), TIME_BYTES);
      return new Uint8Array(Buffer.concat([signed, await codeOf(signed, purpose)]));
    },

    async isOurs(challenge, purpose, now) {
      const bytes = Buffer.from(challenge, "base64url");
      const signed = bytes.subarray(0, SIGNED_BYTES);
      if (signed.length < SIGNED_BYTES || base64url(bytes) !== challenge) return false;
      const expected = base64url(await codeOf(signed, purpose));
      return (
        areEqual(base64url(bytes.subarray(SIGNED_BYTES)), expected) && signed.readUInt32BE() * 1000 > now.getTime()
      );
    },

    async use(challenge, now) {
      await sweepExpired(state, USED, now);
      const until = new Date(Buffer.from(challenge, "base64url").readUInt32BE() * 1000);
      const name = USED + expiringName(until, digestOfSecret(challenge));
      if (!(await swapKept(state, name, { by: newId(newSecret) }))) {
        throw new HttpError("forbidden", "this answer of a passkey was used before: sign in again");
      }
    },
  };
}

const KEY_SHAPE = v.object({ key: v.pipe(v.string(), v.minLength(40)) });

/** One key for all instances of a function. Who has it can make challenges, and not sign in without a passkey. */
async function readOrMakeKey(state: Store, newSecret: NewSecret): Promise<string> {
  for (;;) {
    const kept = await readKept(state, KEY, KEY_SHAPE);
    if (kept) return kept.value.key;
    const key = base64url(newSecret());
    if (await swapKept(state, KEY, { key })) return key;
    if (!(await readKept(state, KEY, KEY_SHAPE)))
      throw new Error(`write/${KEY} is damaged: remove it from the state store`);
  }
}
