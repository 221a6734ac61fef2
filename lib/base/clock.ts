/** The time of day and the passing of it, given to whoever needs them, so that tests can tell the time. */

export interface Clock {
  /** The time of day, by which leases expire. */
  now(): Date;
  wait(ms: number): Promise<void>;
}
