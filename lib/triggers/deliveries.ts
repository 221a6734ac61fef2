/** How often a webhook's body may trigger a run: a recorded request can be sent again by anyone, under another id, for ever. */
import { createHash } from "node:crypto";
import { type Store, StoreConflict, StoreUnknown } from "../stores/store.ts";

/**
 * Time is cut into slots of five minutes. In each a body triggers one run at once, and one at the slot's end, if it came again:
 * that one begins after every delivery of the slot, so what any of them was sent for is seen. Its delay is one that a queue takes
 * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html: up to 15 minutes).
 */
export const SLOT_MS = 5 * 60 * 1000;

/** Instances of a function agree on the time to far less than that. */
const MARGIN_SECONDS = 1;

/** A delivery that is to be enqueued. */
export interface Delivery {
  /** Seconds. */
  readonly delay: number;
  /** Removes the mark where it could not be enqueued, so that the sender may repeat it. */
  release(): Promise<void>;
}

export interface Deliveries {
  /**
   * Nothing where a trigger for the same body is still to come, or is just being enqueued: should that fail, its sender is told so and
   * repeats it, and else the daily run makes up for all of them. Where the store fails the delivery counts: one trigger too many
   * only costs a scan. Where it is unknown who made a mark, the first waits for the slot's end, where those of all are one run.
   */
  take(body: Uint8Array, now: Date, log: (line: string) => void): Promise<Delivery | undefined>;
}

/**
 * Marks in the state store, each an empty object that a lifecycle rule removes. The body's digest names them, since of all that
 * a request says the body alone is signed. What this process has seen taken in this slot it does not ask the store again.
 */
export function deliveriesIn(state: Store): Deliveries {
  const taken = new Set<string>();
  let slotOfTaken = 0;

  const isTaken = async (mark: string, ifUnknown: boolean, log: (line: string) => void): Promise<boolean> => {
    if (taken.has(mark)) return true;
    try {
      await state.put(mark, new Uint8Array(), { contentType: "text/plain", ifAbsent: true });
      return false;
    } catch (error) {
      if (error instanceof StoreConflict) return true;
      log(`not noted as delivered: ${(error as Error).message}`);
      return error instanceof StoreUnknown && ifUnknown;
    } finally {
      taken.add(mark);
    }
  };

  return {
    async take(body, now, log) {
      const deliveryOf = (mark: string, delay: number): Delivery => ({
        delay,
        async release() {
          taken.delete(mark);
          await state.delete(mark).catch((error: Error) => log(`still noted as delivered: ${error.message}`));
        },
      });
      const slot = Math.floor(now.getTime() / SLOT_MS);
      if (slot !== slotOfTaken) taken.clear();
      slotOfTaken = slot;
      const digest = createHash("sha256").update(body).digest("hex");
      const first = `deliveries/${digest}-${slot}-first`;
      if (!(await isTaken(first, true, log))) return deliveryOf(first, 0);
      const left = Math.ceil(((slot + 1) * SLOT_MS - now.getTime()) / 1000);
      const last = `deliveries/${digest}-${slot}-last`;
      return (await isTaken(last, false, log)) ? undefined : deliveryOf(last, left + MARGIN_SECONDS);
    },
  };
}
