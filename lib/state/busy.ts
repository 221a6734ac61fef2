/** Whether another run is writing: what a lease in the head says about that. */
import type { Clock } from "../base/clock.ts";
import type { CurrentHead } from "./head.ts";
import { LEASE_MS } from "./lease.ts";

/** Who holds a lease, besides the run: a process that has ended is not waited for. */
export interface Holder {
  readonly name: string;
  /** Certainly, the process of this name has ended, or is this one, which has no other run. In doubt it has not. */
  hasEnded(name: string): boolean;
}

/** Until when another run is writing; `undefined` when none is. */
export function busyUntil({ value: head }: CurrentHead, clock: Clock, holder?: Holder): Date | undefined {
  const { lease } = head;
  const until = lease && new Date(lease.until);
  if (!until || !(until > clock.now())) return undefined;
  return lease.holder !== undefined && holder?.hasEnded(lease.holder) ? undefined : until;
}

/** No lease ends so late but by a wrong clock, of the run that took it or of this one. */
export const isMisdated = (until: Date, clock: Clock): boolean =>
  until.getTime() - clock.now().getTime() > 2 * LEASE_MS;
