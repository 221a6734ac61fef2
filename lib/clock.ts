/** The clock of the machine, which entry points pass in. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "./base/clock.ts";

export const systemClock: Clock = { now: () => new Date(), wait: (ms) => sleep(ms) };
