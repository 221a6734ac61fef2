/** What the formats share of an item. */
import type { Item } from "../model.ts";

/** Serialises an item once, however many channels carry it. */
export function onceEach(serialise: (item: Item) => string): (item: Item) => string {
  const written = new WeakMap<Item, string>();
  return (item) => {
    const known = written.get(item);
    if (known !== undefined) return known;
    const text = serialise(item);
    written.set(item, text);
    return text;
  };
}

/** Tags and the parts of category paths, each once. */
export function categoryNames({ tags, categories }: Item["facts"]): readonly string[] {
  return [...new Set([...categories.flat(), ...tags])];
}
