/** Objects whose names say when they expire, so that they can be removed without being read. */
import type { Store } from "../../stores/store.ts";
import { namesOfKept, removeKept } from "./objects.ts";

const MINUTE = 60_000;
/** Minutes since 1970 have eight digits from 1989 to 2160. */
const DIGITS = 8;

/** Whole minutes, rounded up. */
export const expiringName = (expires: Date, id: string): string =>
  `${String(Math.ceil(expires.getTime() / MINUTE)).padStart(DIGITS, "0")}-${id}`;

/** Removes what expired before `now`. Called when a person has signed in or agreed, so that no stranger can make the server do it. */
export async function sweepExpired(state: Store, folder: string, now: Date): Promise<void> {
  const minutes = Math.floor(now.getTime() / MINUTE);
  for (const name of await namesOfKept(state, folder)) {
    const until = Number(name.slice(folder.length, folder.length + DIGITS));
    if (until < minutes) await removeKept(state, name);
  }
}
