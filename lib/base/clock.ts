/** The time of day, and waiting: passed in, so that tests decide what time it is. */

export interface Clock {
  /** The time of day, by which leases expire. */
  now(): Date;
  wait(ms: number): Promise<void>;
}
