/** One-time codes: each lets one device in, once, until it expires or was guessed at too often. */

import * as v from "valibot";
import { HttpError } from "../../base/http/error.ts";
import { present } from "../../base/optional.ts";
import type { Store } from "../../stores/store.ts";
import { type KeptObject, listKeptObjects, readKept, removeKept, swapKept } from "../kept/objects.ts";
import { digestOfSecret, isSecret, type NewSecret } from "../kept/secrets.ts";
import { AUTHOR, INSTANT, ROLE } from "../kept/shapes.ts";
import type { Writer } from "../types.ts";
import { newCodeText, parseCode, type WrittenCode } from "./form.ts";

export const CODES = "codes/";

/** After so many wrong secrets a code is of no use any more. Ten guesses at 75 bits find nothing. */
const MAX_WRONG = 10;

const CODE = v.object({
  hash: v.string(),
  author: v.exactOptional(AUTHOR),
  role: ROLE,
  expires: INSTANT,
  wrong: v.number(),
  /** By whom: the device that it let in. */
  used: v.exactOptional(v.string()),
});

export type KeptCode = KeptObject<v.InferOutput<typeof CODE>> & { readonly name: string };

export interface MadeCode {
  /** Shown once; kept as its digest. */
  readonly code: string;
  readonly expires: Date;
}

interface Making {
  readonly state: Store;
  readonly newSecret: NewSecret;
  readonly now: Date;
  readonly seconds: number;
}

/** Expired codes go first, so that they never pile up. */
export async function makeCode(
  { author, role }: Writer,
  { state, newSecret, now, seconds }: Making,
): Promise<MadeCode> {
  for (const { name, value } of await listKeptObjects(state, CODES, CODE)) {
    if (new Date(value.expires) <= now) await removeKept(state, name);
  }
  const expires = new Date(now.getTime() + seconds * 1000);
  for (;;) {
    const code = newCodeText(newSecret());
    const { name = "", secret = "" } = parseCode(code) ?? {};
    const kept = {
      hash: digestOfSecret(secret),
      ...present({ author }),
      role,
      expires: expires.toISOString(),
      wrong: 0,
    };
    if (await swapKept(state, keyOf(name), kept)) return { code, expires };
  }
}

const keyOf = (name: string): string => `${CODES}${name}.json`;

/** Tells nobody whether a code of this name exists. */
const wrongCode = () =>
  new HttpError(
    "forbidden",
    "this code is wrong, used or expired: type it again, or make a new one, on a device that is signed in or with `dripfeed tokens --code`",
  );

/** The code as it is kept, if it may be used now. A wrong secret counts against it; a wrong name writes nothing. */
export async function checkCode(
  state: Store,
  typed: string,
  now: Date,
  names: { has(name: string): Promise<boolean> },
): Promise<KeptCode> {
  const written = parseCode(typed);
  if (!written || !(await names.has(written.name))) throw wrongCode();
  for (;;) {
    const kept = await readKept(state, keyOf(written.name), CODE);
    if (!kept || kept.value.used !== undefined || kept.value.wrong >= MAX_WRONG || new Date(kept.value.expires) <= now)
      throw wrongCode();
    if (isSecret(written.secret, kept.value.hash)) return { ...kept, name: written.name };
    // Where another guess came between, it is counted anew: else many at once would count as one.
    if (await countWrong(state, written, kept)) throw wrongCode();
  }
}

const countWrong = (
  state: Store,
  { name }: WrittenCode,
  kept: KeptObject<v.InferOutput<typeof CODE>>,
): Promise<boolean> => swapKept(state, keyOf(name), { ...kept.value, wrong: kept.value.wrong + 1 }, kept);

/** Where a code is used twice at once, one device is let in, and the other is refused. */
export async function useCode(state: Store, code: KeptCode, device: string): Promise<void> {
  if (!(await swapKept(state, keyOf(code.name), { ...code.value, used: device }, code))) throw wrongCode();
}
