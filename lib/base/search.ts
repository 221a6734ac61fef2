/** Search in lists that are in order. */

/** The place of the first item of which it holds, as of all that follow it; by binary search. */
export function placeOf<Item>(items: readonly Item[], holds: (item: Item) => boolean, start = 0): number {
  let [low, high] = [start, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(items[middle] as Item)) high = middle;
    else low = middle + 1;
  }
  return low;
}
