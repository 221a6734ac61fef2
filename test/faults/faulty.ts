/** Three stores of which one operation, chosen by the test, goes wrong in one of the ways in which stores fail. */
import { type Store, StoreConflict, StoreError, StoreUnknown } from "../../lib/stores/store.ts";
import type { Stores } from "../support/world.ts";

/** A `swap` is a conditional put. */
export type Operation = "list" | "get" | "put" | "swap" | "delete";

interface Call {
  readonly operation: Operation;
  /** Performs the operation. */
  run(): Promise<unknown>;
  /** The error for a lost reply: of a swap the outcome is unknown. */
  lost(why: string): StoreError;
  failed(why: string): StoreError;
  conflict(): StoreError;
  /** Performs the operation when so many more have begun; without a number, at `completeAll`. */
  later(operations?: number): void;
}

export interface Mishap {
  /** Which operations are counted and affected. */
  readonly on: readonly Operation[];
  affect(call: Call, meanwhile: () => Promise<void>): Promise<unknown>;
  /** How many operations in a row are affected; one by default. */
  readonly times?: number;
  /** The process is killed at the operation: all later ones fail. */
  readonly isFatal?: true;
}

const ALL: readonly Operation[] = ["list", "get", "put", "swap", "delete"];
const WRITES: readonly Operation[] = ["put", "swap", "delete"];

async function throwing(error: StoreError): Promise<never> {
  throw error;
}

export const MISHAPS = {
  "fails before it takes effect": { on: ALL, affect: (call) => throwing(call.failed("it failed")) },
  "takes effect and loses its reply": {
    on: WRITES,
    async affect(call) {
      await call.run().catch(() => undefined);
      throw call.lost("no reply");
    },
  },
  "takes no effect and loses its reply": { on: ["swap"], affect: (call) => throwing(call.lost("no reply")) },
  "is refused with a 409 although its condition holds": { on: ["swap"], affect: (call) => throwing(call.conflict()) },
  "is throttled, and the next two are": {
    on: ALL,
    times: 3,
    affect: (call) => throwing(call.lost("SlowDown: Please reduce your request rate.")),
  },
  "is throttled, and the next hundred are": {
    on: ALL,
    times: 100,
    affect: (call) => throwing(call.lost("SlowDown: Please reduce your request rate.")),
  },
  "takes effect twice, because it was sent again": {
    on: WRITES,
    async affect(call) {
      await call.run();
      // The condition of the second fails because of the first: the S3 store reports an unknown outcome.
      return call.run().catch(() => throwing(call.lost("412 after a retry")));
    },
  },
  "loses its reply and takes effect after the next operation": {
    on: WRITES,
    affect(call) {
      call.later(1);
      return throwing(call.lost("no reply"));
    },
  },
  "loses its reply and takes effect five operations later": {
    on: WRITES,
    affect(call) {
      call.later(5);
      return throwing(call.lost("no reply"));
    },
  },
  "is the last of a process that is killed, and takes no effect": {
    on: ALL,
    isFatal: true,
    affect: (call) => throwing(call.failed("crashed")),
  },
  "is the last of a process that is killed, and takes effect": {
    on: WRITES,
    isFatal: true,
    async affect(call) {
      await call.run().catch(() => undefined);
      throw call.failed("crashed");
    },
  },
  "is the last of a process that is killed, and takes effect when the next run has committed": {
    on: WRITES,
    isFatal: true,
    affect(call) {
      call.later();
      return throwing(call.failed("crashed"));
    },
  },
  "is delayed, while another run takes over and commits": {
    on: ALL,
    async affect(call, meanwhile) {
      await meanwhile();
      return call.run();
    },
  },
} as const satisfies { readonly [name: string]: Mishap };

export interface Faulty {
  readonly stores: Stores;
  /** Whether any operation was affected. */
  readonly wasAffected: () => boolean;
  /** Performs every operation that is still delayed. */
  completeAll(): Promise<void>;
}

/** The `n`th operation that the mishap concerns, counted from 0 over all three stores, goes wrong. */
export function faulty(stores: Stores, mishap: Mishap, n: number, meanwhile = async () => {}): Faulty {
  let counted = 0;
  let wasAffected = false;
  let isDead = false;
  let delayed: { readonly run: () => Promise<unknown>; left: number }[] = [];

  async function complete(isDue: (each: { left: number }) => boolean): Promise<void> {
    const due = delayed.filter(isDue);
    delayed = delayed.filter((each) => !isDue(each));
    for (const { run } of due) await run().catch(() => undefined); // its caller has had an error already
  }

  async function perform<T>(store: Store, operation: Operation, key: string, run: () => Promise<T>): Promise<T> {
    const reported = operation === "swap" ? "put" : operation;
    const failed = (why: string) => new StoreError(store.name, reported, key, why);
    if (isDead) throw failed("crashed");
    for (const each of delayed) each.left -= 1;
    await complete(({ left }) => left < 0);
    if (!mishap.on.includes(operation)) return run();
    const isAffected = counted >= n && counted < n + (mishap.times ?? 1);
    counted += 1;
    if (!isAffected) return run();
    wasAffected = true;
    isDead = mishap.isFatal === true;
    const call: Call = {
      operation,
      run,
      failed,
      lost: (why) => (operation === "swap" ? new StoreUnknown(store.name, reported, key, why) : failed(why)),
      conflict: () => new StoreConflict(store.name, reported, key, "409"),
      later: (operations = Number.POSITIVE_INFINITY) => delayed.push({ run, left: operations }),
    };
    return (await mishap.affect(call, meanwhile)) as T;
  }

  const wrap = (store: Store): Store => ({
    name: store.name,
    async *list(prefix) {
      await perform(store, "list", prefix, async () => undefined);
      yield* store.list(prefix);
    },
    get: (...args) => perform(store, "get", args[0], () => store.get(...args)),
    getPart: (...args) => perform(store, "get", args[0], () => store.getPart(...args)),
    put(key, body, options) {
      const isSwap = options.ifMatch !== undefined || options.ifAbsent === true;
      return perform(store, isSwap ? "swap" : "put", key, () => store.put(key, body, options));
    },
    delete: (...args) => perform(store, "delete", args[0], () => store.delete(...args)),
  });
  return {
    stores: { content: wrap(stores.content), public: wrap(stores.public), state: wrap(stores.state) },
    wasAffected: () => wasAffected,
    completeAll: () => complete(() => true),
  };
}

/** The mishap on these operations only. */
export const only = (mishap: Mishap, on: readonly Operation[]): Mishap => ({ ...mishap, on });
