/** Devices: the passkeys by which people sign in, and what each person is. */

import { createHash } from "node:crypto";
import * as v from "valibot";
import type { Store } from "../../stores/store.ts";
import {
  type KeptObject,
  type Listed,
  listKeptObjects,
  namesOfKept,
  readKept,
  removeKept,
  swapKept,
} from "../kept/objects.ts";
import { base32 } from "../kept/secrets.ts";
import { AUTHOR, INSTANT, ROLE } from "../kept/shapes.ts";

const DEVICES = "devices/";

const DEVICE = v.object({
  /** Credential id, as base64url. */
  credential: v.string(),
  /** COSE key, as base64url. */
  publicKey: v.string(),
  counter: v.number(),
  transports: v.array(v.string()),
  /** User handle, as base64url: random, and of this passkey alone, so that no authenticator takes it for another's successor. */
  user: v.string(),
  author: v.exactOptional(AUTHOR),
  role: ROLE,
  name: v.string(),
  created: INSTANT,
  used: v.exactOptional(INSTANT),
});

export type Device = v.InferOutput<typeof DEVICE>;

export type KeptDevice = KeptObject<Device> & { readonly id: string };

/** The id of a device: a digest of its credential's id, which the authenticator chooses, of any length. */
export const deviceId = (credential: string): string =>
  base32(createHash("sha256").update(credential).digest(), 26).toLowerCase();

const ID = /^[0-9a-z]{26}$/;

const keyOf = (id: string): string => `${DEVICES}${id}.json`;

export async function readDevice(state: Store, id: string): Promise<KeptDevice | undefined> {
  const kept = ID.test(id) ? await readKept(state, keyOf(id), DEVICE) : undefined;
  return kept && { ...kept, id };
}

/** `false`: the credential is registered already, or was changed meanwhile, and nothing was written. */
export const putDevice = (state: Store, device: Device, former?: KeptDevice): Promise<boolean> =>
  swapKept(state, keyOf(deviceId(device.credential)), device, former);

export const removeDevice = (state: Store, id: string): Promise<void> => removeKept(state, keyOf(id));

export const hasDevice = async (state: Store): Promise<boolean> => (await namesOfKept(state, DEVICES)).length > 0;

export async function listDevices(state: Store): Promise<readonly KeptDevice[]> {
  const listed = await listKeptObjects(state, DEVICES, DEVICE);
  return listed.map(({ name, ...kept }: Listed<Device>) => ({
    ...kept,
    id: name.slice(DEVICES.length, -".json".length),
  }));
}
