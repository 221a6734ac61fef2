/** Simulated time: it passes only while every task waits, so that years go by in seconds, the same way each time. */
import { setImmediate as turn } from "node:timers/promises";
import type { Clock } from "../../lib/base/clock.ts";
import type { ObjectInfo, Store } from "../../lib/stores/store.ts";

export interface SimulatedTime extends Clock {
  /** Lets time pass until the work is done. */
  until<T>(work: Promise<T>): Promise<T>;
  /** The store, each of whose operations takes as long as `cost` says. */
  timed(store: Store, cost: () => number): Store;
}

interface Waiting {
  readonly at: number;
  readonly go: () => void;
}

export function simulatedTime(start: Date): SimulatedTime {
  let time = start.getTime();
  /** The earliest last; of two at one moment the one that waits longer. */
  const waiting: Waiting[] = [];
  /** Operations that take real time. */
  let running = 0;

  const wait = (ms: number) =>
    new Promise<void>((go) => {
      const at = time + Math.max(ms, 0);
      const before = waiting.findIndex((each) => each.at <= at);
      waiting.splice(before < 0 ? waiting.length : before, 0, { at, go });
    });

  async function operate<T>(cost: () => number, run: () => Promise<T>): Promise<T> {
    await wait(cost());
    running += 1;
    try {
      return await run();
    } finally {
      running -= 1;
    }
  }

  return {
    now: () => new Date(time),
    wait,
    async until(work) {
      let isOver = false;
      const over = () => {
        isOver = true;
      };
      work.then(over, over);
      while (!isOver) {
        await turn();
        if (isOver || running > 0) continue;
        const next = waiting.pop();
        if (!next) continue;
        time = Math.max(time, next.at);
        next.go();
      }
      return work;
    },
    timed: (store, cost) => ({
      name: store.name,
      async *list(prefix) {
        yield* await operate(cost, () => listed(store, prefix));
      },
      get: (key, known) => operate(cost, () => store.get(key, known)),
      getPart: (...args) => operate(cost, () => store.getPart(...args)),
      put: (key, body, options) => operate(cost, () => store.put(key, body, options)),
      delete: (key) => operate(cost, () => store.delete(key)),
    }),
  };
}

async function listed(store: Store, prefix: string): Promise<readonly ObjectInfo[]> {
  const all: ObjectInfo[] = [];
  for await (const info of store.list(prefix)) all.push(info);
  return all;
}
