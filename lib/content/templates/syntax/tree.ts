/** Constructs → tree: each closing construct belongs to the nearest open one of its name. */
import type { ConstructNode, PlacedConstruct } from "../types.ts";

/** Deeper than anyone writes: tags below it are removed, their content stays. */
const DEEPEST = 24;

const MOST_COLONS = 50;

export function treeOf(constructs: readonly PlacedConstruct[]): readonly ConstructNode[] {
  const partners = partnersOf(constructs);
  const roots: ConstructNode[] = [];
  const open: { readonly node: ConstructNode & { children: ConstructNode[] }; readonly end: number }[] = [];
  constructs.forEach((construct, index) => {
    const partner = partners[index];
    if (open.at(-1)?.end === index) {
      open.pop();
      return;
    }
    const siblings = open.at(-1)?.node.children ?? roots;
    const close = partner !== undefined && partner > index ? constructs[partner] : undefined;
    if (partner !== undefined && (!close || open.length >= DEEPEST)) {
      siblings.push({ construct: { ...construct, family: "fixed", role: "whole", rest: "" }, children: [] });
      return;
    }
    const node = { construct, ...(close && { close }), children: [] };
    siblings.push(node);
    if (partner !== undefined) open.push({ node, end: partner });
  });
  return roots;
}

/** By the index of an opening construct the index of its closing one, and the other way round. */
function partnersOf(constructs: readonly PlacedConstruct[]): readonly (number | undefined)[] {
  const partners: (number | undefined)[] = new Array(constructs.length);
  const stack: { readonly index: number; readonly key: string }[] = [];
  const waiting = new Map<string, number>();
  const wait = (key: string, by: number) => waiting.set(key, (waiting.get(key) ?? 0) + by);
  constructs.forEach(({ family, role, name }, index) => {
    const key = family === "container" && role === "close" ? containerOf(name) : `${family} ${name}`;
    if (role === "open") {
      stack.push({ index, key });
      wait(key, 1);
      return;
    }
    // `{{< / >}}` ends whatever is open.
    const isNameless = family === "shortcode" && name === "";
    if (role === "whole" || (!isNameless && !waiting.get(key))) return;
    for (let last = stack.pop(); last; last = stack.pop()) {
      wait(last.key, -1);
      if (last.key !== key && !isNameless) continue;
      partners[last.index] = index;
      partners[index] = last.index;
      return;
    }
  });
  return partners;

  /** The container that these colons close: one of as many colons, or else of the most below that. */
  function containerOf(colons: string): string {
    let length = Math.min(colons.length, MOST_COLONS);
    while (length > 3 && !waiting.get(`container ${colons.slice(0, length)}`)) length -= 1;
    return `container ${colons.slice(0, length)}`;
  }
}
