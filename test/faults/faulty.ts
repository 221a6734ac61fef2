/** Three stores on which one operation goes wrong, in each way in which a store can, at a moment of the test's choosing. */
import { type Store, StoreConflict, StoreError, StoreUnknown } from "../../lib/stores/store.ts";
import type { Stores } from "../support/world.ts";

/** A `swap` is a put with a condition. */
export type Operation = "list" | "get" | "put" | "swap" | "delete";

interface Call {
  readonly operation: Operation;
  /** Lets it take place. */
  run(): Promise<unknown>;
  /** What the store says of it: that it failed, or for a swap that nobody knows. */
  lost(why: string): StoreError;
  failed(why: string): StoreError;
  conflict(): StoreError;
  /** Lets it take place when so many more operations have begun; without a number, when the test says so. */
  later(operations?: number): void;
}

export interface Mishap {
  /** Which operations are counted, and hit. */
  readonly on: readonly Operation[];
  strike(call: Call, meanwhile: () => Promise<void>): Promise<unknown>;
  /** How many in a row are hit; one, if it does not say. */
  readonly times?: number;
  /** After the last that is hit nothing answers any more: the process is dead. */
  readonly deadly?: true;
}

const ALL: readonly Operation[] = ["list", "get", "put", "swap", "delete"];
const WRITES: readonly Operation[] = ["put", "swap", "delete"];

async function throwing(error: StoreError): Promise<never> {
  throw error;
}

export const MISHAPS = {
  "fails before it takes effect": { on: ALL, strike: (call) => throwing(call.failed("it failed")) },
  "takes effect and loses its reply": {
    on: WRITES,
    async strike(call) {
      await call.run().catch(() => undefined);
      throw call.lost("no reply");
    },
  },
  "takes no effect and loses its reply": { on: ["swap"], strike: (call) => throwing(call.lost("no reply")) },
  "is refused for no reason but haste (409)": { on: ["swap"], strike: (call) => throwing(call.conflict()) },
  "is throttled, and the next two are": {
    on: ALL,
    times: 3,
    strike: (call) => throwing(call.lost("SlowDown: Please reduce your request rate.")),
  },
  "is throttled, and the next hundred are": {
    on: ALL,
    times: 100,
    strike: (call) => throwing(call.lost("SlowDown: Please reduce your request rate.")),
  },
  "takes place twice, because it was sent again": {
    on: WRITES,
    async strike(call) {
      await call.run();
      // The condition of the second fails on the first: the S3 store says that nobody knows.
      return call.run().catch(() => throwing(call.lost("412 after a retry")));
    },
  },
  "loses its reply and takes effect after the next operation": {
    on: WRITES,
    strike(call) {
      call.later(1);
      return throwing(call.lost("no reply"));
    },
  },
  "loses its reply and takes effect five operations later": {
    on: WRITES,
    strike(call) {
      call.later(5);
      return throwing(call.lost("no reply"));
    },
  },
  "is the last of a process that dies, and takes no effect": {
    on: ALL,
    deadly: true,
    strike: (call) => throwing(call.failed("crashed")),
  },
  "is the last of a process that dies, and takes effect": {
    on: WRITES,
    deadly: true,
    async strike(call) {
      await call.run().catch(() => undefined);
      throw call.failed("crashed");
    },
  },
  "is the last of a process that dies, and takes effect when the next run has committed": {
    on: WRITES,
    deadly: true,
    strike(call) {
      call.later();
      return throwing(call.failed("crashed"));
    },
  },
  "is overslept, while another run takes over and commits": {
    on: ALL,
    async strike(call, meanwhile) {
      await meanwhile();
      return call.run();
    },
  },
} as const satisfies { readonly [name: string]: Mishap };

export interface Faulty {
  readonly stores: Stores;
  /** Was any operation hit? */
  readonly isStruck: () => boolean;
  /** Lets everything take place that is still on its way. */
  land(): Promise<void>;
}

/** The `n`th operation that the mishap is `on`, counted from 0 over all three stores, goes wrong. */
export function faulty(stores: Stores, mishap: Mishap, n: number, meanwhile = async () => {}): Faulty {
  let counted = 0;
  let isStruck = false;
  let isDead = false;
  let onTheWay: { readonly run: () => Promise<unknown>; left: number }[] = [];

  async function land(isDue: (each: { left: number }) => boolean): Promise<void> {
    const due = onTheWay.filter(isDue);
    onTheWay = onTheWay.filter((each) => !isDue(each));
    for (const { run } of due) await run().catch(() => undefined); // nobody hears what becomes of it
  }

  async function meet<T>(store: Store, operation: Operation, key: string, run: () => Promise<T>): Promise<T> {
    const told = operation === "swap" ? "put" : operation;
    const failed = (why: string) => new StoreError(store.name, told, key, why);
    if (isDead) throw failed("crashed");
    for (const each of onTheWay) each.left -= 1;
    await land(({ left }) => left < 0);
    if (!mishap.on.includes(operation)) return run();
    const isHit = counted >= n && counted < n + (mishap.times ?? 1);
    counted += 1;
    if (!isHit) return run();
    isStruck = true;
    isDead = mishap.deadly === true;
    const call: Call = {
      ...{ operation, run, failed },
      lost: (why) => (operation === "swap" ? new StoreUnknown(store.name, told, key, why) : failed(why)),
      conflict: () => new StoreConflict(store.name, told, key, "409"),
      later: (operations = Number.POSITIVE_INFINITY) => onTheWay.push({ run, left: operations }),
    };
    return (await mishap.strike(call, meanwhile)) as T;
  }

  const wrap = (store: Store): Store => ({
    name: store.name,
    async *list(prefix) {
      await meet(store, "list", prefix, async () => undefined);
      yield* store.list(prefix);
    },
    get: (key, known) => meet(store, "get", key, () => store.get(key, known)),
    put(key, body, options) {
      const isSwap = options.ifMatch !== undefined || options.ifAbsent === true;
      return meet(store, isSwap ? "swap" : "put", key, () => store.put(key, body, options));
    },
    delete: (key) => meet(store, "delete", key, () => store.delete(key)),
  });
  return {
    stores: { content: wrap(stores.content), public: wrap(stores.public), state: wrap(stores.state) },
    isStruck: () => isStruck,
    land: () => land(() => true),
  };
}

/** The mishap, on fewer operations. */
export const only = (mishap: Mishap, on: readonly Operation[]): Mishap => ({ ...mishap, on });
