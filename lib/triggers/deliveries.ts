/** Marks in the state store for webhook deliveries already accepted, so that a repeated delivery enqueues no second trigger. */
import { createHash } from "node:crypto";
import { type Store, StoreConflict } from "../stores/store.ts";

export interface Deliveries {
  /** `true` for the first delivery of this id, and where the store fails: one trigger too many only costs a scan. */
  take(id: string): Promise<boolean>;
  /** Removes the mark of a delivery that failed, so that the sender may repeat it. */
  release(id: string): Promise<void>;
}

export function deliveriesIn(state: Store, log: (line: string) => void): Deliveries {
  // Hashed, since an id is any text that the sender chose.
  const keyOf = (id: string) => `deliveries/${createHash("sha256").update(id).digest("hex")}`;
  return {
    async take(id) {
      try {
        await state.put(keyOf(id), new Uint8Array(), { contentType: "text/plain", ifAbsent: true });
        return true;
      } catch (error) {
        if (error instanceof StoreConflict) return false;
        log(`not noted as delivered: ${(error as Error).message}`);
        return true;
      }
    },
    async release(id) {
      await state.delete(keyOf(id)).catch((error: Error) => log(`still noted as delivered: ${error.message}`));
    },
  };
}
