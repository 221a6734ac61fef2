/** Many requests, a few at once. */
import pMap from "p-map";

const AT_ONCE = 32;

/** Up to this number of keys one request for each is cheaper than a listing. */
export const FEW_KEYS = 30;

/**
 * Whether to list a store of so many objects rather than to ask for each of the keys. S3 lists 1,000 keys a request, one after the
 * other, for the price of 12.5 gets (https://aws.amazon.com/s3/pricing/: $0.005 and $0.0004 a thousand); gets go 32 at once. A
 * fortieth of the objects is between what costs the same, an eightieth, and what takes as long, some eighth.
 */
export const isListingBetter = (keys: number, objects: number): boolean => keys > Math.max(FEW_KEYS, objects / 40);

/** After a failure no new work starts; what has started is awaited, then the first failure is thrown. */
export async function forEachAtOnce<T>(
  items: Iterable<T>,
  work: (item: T) => Promise<void>,
  atOnce = AT_ONCE,
): Promise<void> {
  let failure: { readonly error: unknown } | undefined;
  const attempt = async (item: T) => {
    if (failure) return;
    try {
      await work(item);
    } catch (error) {
      failure ??= { error };
    }
  };
  await pMap(items, attempt, { concurrency: atOnce });
  if (failure) throw failure.error;
}

/** Does the work once all work before it has ended, whether it failed or not. */
export type Alone = <T>(work: () => Promise<T>) => Promise<T>;

export function oneAtATime(): Alone {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next;
    return next;
  };
}
