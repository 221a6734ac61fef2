/** Who and what has access: devices and apps, listed and revoked. */
import { present } from "../../base/optional.ts";
import type { Store } from "../../stores/store.ts";
import {
  type AppToken,
  type KeptToken,
  listTokens,
  type PersonalToken,
  readAppToken,
  readPersonalToken,
  removeToken,
} from "../tokens/kept.ts";
import { endOfPersonalToken, isPast, isSessionOver } from "../tokens/times.ts";
import type { Role } from "../types.ts";
import { type KeptDevice, listDevices, readDevice, removeDevice } from "./devices.ts";

export interface ListedDevice {
  readonly id: string;
  readonly name: string;
  readonly author?: string;
  readonly role: Role;
  readonly created: string;
  readonly used?: string;
}

export interface ListedApp {
  readonly id: string;
  readonly client: { readonly id: string; readonly name?: string };
  /** That it was granted by; what was made for a script is of none. */
  readonly device?: string;
  readonly author?: string;
  readonly role: Role;
  readonly scopes: readonly string[];
  readonly created: string;
  readonly used?: string;
  /** When it can be renewed no more; of a script's, if it is not used until then. */
  readonly expires: string;
}

export interface AccessList {
  readonly devices: readonly ListedDevice[];
  readonly tokens: readonly ListedApp[];
}

/** Newest first, without secrets. Tokens that have expired, or lost their device, are removed on the way. */
export async function listAccess(state: Store, now: Date): Promise<AccessList> {
  // Tokens first: of each the device was there before, so that none of a device that is just let in looks lost.
  const tokens = await listTokens(state);
  const devices = await listDevices(state);
  const byId = new Map(devices.map((device) => [device.id, device]));
  const apps: ListedApp[] = [];
  for (const token of tokens) {
    const { id, value } = token;
    const device = value.kind === "personal" ? undefined : byId.get(value.device);
    if (isOver(token, now) || (value.kind !== "personal" && !device)) await removeToken(state, id);
    else if (value.kind === "personal") apps.push(personalOf(id, value));
    else if (value.kind === "app" && device) apps.push(appOf(id, value, device));
  }
  return { devices: devices.map(deviceOf).toSorted(newestFirst), tokens: apps.toSorted(newestFirst) };
}

function isOver({ value }: KeptToken, now: Date): boolean {
  if (value.kind === "session") return isSessionOver(value, now);
  if (value.kind === "personal") return isPast(endOfPersonalToken(value), now);
  return isPast(value.refresh.expires, now) && isPast(value.access.expires, now);
}

const newestFirst = (a: { readonly created: string }, b: { readonly created: string }): number =>
  a.created < b.created ? 1 : a.created > b.created ? -1 : 0;

const deviceOf = ({ id, value }: KeptDevice): ListedDevice => {
  const { name, author, role, created, used } = value;
  return { id, name, ...present({ author }), role, created, ...present({ used }) };
};

const appOf = (id: string, app: AppToken, { value: { author, role } }: KeptDevice): ListedApp => {
  const { client, device, scopes, created, used, refresh } = app;
  return {
    id,
    client,
    device,
    ...present({ author }),
    role,
    scopes,
    created,
    ...present({ used }),
    expires: refresh.expires,
  };
};

function personalOf(id: string, token: PersonalToken): ListedApp {
  const { client, author, role, scopes, created, used } = token;
  const expires = endOfPersonalToken(token);
  return { id, client, ...present({ author }), role, scopes, created, ...present({ used }), expires };
}

export type Revocable = {
  readonly kind: "device" | "app";
  readonly id: string;
  readonly author?: string;
  readonly role: Role;
};

/** The device or app with this id, and whose it is. */
export async function findAccess(state: Store, id: string): Promise<Revocable | undefined> {
  const personal = await readPersonalToken(state, id);
  if (personal) {
    const { author, role } = personal.value;
    return { kind: "app", id, ...present({ author }), role };
  }
  const app = await readAppToken(state, id);
  const device = await readDevice(state, app?.value.device ?? id);
  if (!device) return undefined;
  const { author, role } = device.value;
  return { kind: app ? "app" : "device", id, ...present({ author }), role };
}

/** With a device end its sessions and the apps that were granted by it: they count no more as soon as it is removed. */
export async function revokeAccess(state: Store, { kind, id }: Revocable): Promise<void> {
  if (kind === "app") return await removeToken(state, id);
  await removeDevice(state, id);
  for (const { id: token, value } of await listTokens(state)) {
    if (value.kind !== "personal" && value.device === id) await removeToken(state, token);
  }
}
