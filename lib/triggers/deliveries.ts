/** What was delivered already: a mark in the state store for each delivery, so that one that comes again rings once. */
import { createHash } from "node:crypto";
import { type Store, StoreConflict } from "../stores/store.ts";

export interface Deliveries {
  /** Is it the first time? Where nobody can tell, it is: a trigger too many costs a look. */
  take(id: string): Promise<boolean>;
  /** It could not be answered: it may come again. */
  giveBack(id: string): Promise<void>;
}

export function deliveriesIn(state: Store, log: (line: string) => void): Deliveries {
  // An id is whatever somebody sends.
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
    async giveBack(id) {
      await state.delete(keyOf(id)).catch((error: Error) => log(`still noted as delivered: ${error.message}`));
    },
  };
}
