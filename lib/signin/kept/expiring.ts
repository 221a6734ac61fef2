/** Objects that say in their name until when they count, so that they are removed without being read. */
import type { Store } from "../../stores/store.ts";
import { namesOfKept, removeKept } from "./objects.ts";

const MINUTE = 60_000;
/** Minutes since 1970 have eight digits from 1989 to 2160. */
const DIGITS = 8;

/** Whole minutes, rounded up. */
export const expiringName = (expires: Date, id: string): string =>
  `${String(Math.ceil(expires.getTime() / MINUTE)).padStart(DIGITS, "0")}-${id}`;

/** Removes what expired before `now`: when something is written, since then a person is there to wait, and nobody else can make it happen. */
export async function sweepExpired(state: Store, folder: string, now: Date): Promise<void> {
  const minutes = Math.floor(now.getTime() / MINUTE);
  for (const name of await namesOfKept(state, folder)) {
    const until = Number(name.slice(folder.length, folder.length + DIGITS));
    if (until < minutes) await removeKept(state, name);
  }
}
