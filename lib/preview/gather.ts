/** One thing at a time: what comes while it is done is gathered for the next. */

/** `undefined`: everything is to be looked at. No keys: only time went by. */
export type Keys = readonly string[] | undefined;

export interface Gathering {
  /** Does the work on everything, now. */
  start(): Promise<void>;
  /** Something may have changed. */
  enqueue(key?: string): void;
  /** Nothing begins after this, and what is under way has ended. */
  end(): Promise<void>;
}

/** `work` is given each key once, `quiet` milliseconds after the first of them, or when it is done with those before. */
export function gather(work: (keys: Keys) => Promise<void>, quiet: number): Gathering {
  const keys = new Set<string>();
  let hasRung = false;
  let hasEnded = false;
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> | undefined;

  const begin = (given: Keys): Promise<void> => {
    underWay = work(given).finally(() => {
      underWay = undefined;
      if (timer === undefined) next();
    });
    return underWay;
  };
  const next = () => {
    timer = undefined;
    if (underWay || !hasRung || hasEnded) return;
    const given = [...keys];
    keys.clear();
    hasRung = false;
    void begin(given);
  };

  return {
    start: () => begin(undefined),
    enqueue(key) {
      if (key !== undefined) keys.add(key);
      hasRung = true;
      if (!hasEnded) timer ??= setTimeout(next, quiet);
    },
    async end() {
      hasEnded = true;
      clearTimeout(timer);
      await underWay;
    },
  };
}
