/** Runs work on one batch of changes at a time: changes that come meanwhile are gathered for the next. */

/** Content keys that may have changed; `undefined` asks for everything, an empty list only for what is due. */
export type Hints = readonly string[] | undefined;

export interface Gathering {
  /** Works on everything, now. */
  start(): Promise<void>;
  /** Adds a key that may have changed; without one, something is due. */
  enqueue(key?: string): void;
  /** Resolves when the work under way has ended; no more begins. */
  end(): Promise<void>;
}

/** `work` begins `quiet` milliseconds after the first change, or when the work before has ended. */
export function gather(work: (hints: Hints) => Promise<void>, quiet: number): Gathering {
  const keys = new Set<string>();
  let isPending = false;
  let hasEnded = false;
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> | undefined;

  const begin = (hints: Hints): Promise<void> => {
    underWay = work(hints).finally(() => {
      underWay = undefined;
      if (timer === undefined) next();
    });
    return underWay;
  };
  const next = () => {
    timer = undefined;
    if (underWay || !isPending || hasEnded) return;
    const hints = [...keys];
    keys.clear();
    isPending = false;
    void begin(hints);
  };

  return {
    start: () => begin(undefined),
    enqueue(key) {
      if (key !== undefined) keys.add(key);
      isPending = true;
      if (!hasEnded) timer ??= setTimeout(next, quiet);
    },
    async end() {
      hasEnded = true;
      clearTimeout(timer);
      await underWay;
    },
  };
}
