/** Constructs → tree: each closing construct belongs to the nearest open one of its name. */
import type { ConstructNode, PlacedConstruct } from "../types.ts";

/** Deeper than anyone writes: tags below it are removed, their content stays. */
export const DEEPEST = 24;

const MOST_COLONS = 50;

/** `end` is that of the text. */
export function treeOf(constructs: readonly PlacedConstruct[], end: number): readonly ConstructNode[] {
  const { closes, used } = closesOf(constructs, end);
  const roots: ConstructNode[] = [];
  const open: (ConstructNode & { readonly close: PlacedConstruct; readonly children: ConstructNode[] })[] = [];
  for (const construct of constructs) {
    while ((open.at(-1)?.close.end ?? Number.POSITIVE_INFINITY) <= construct.start) open.pop();
    if (open.at(-1)?.close === construct) {
      open.pop();
      continue;
    }
    const siblings = open.at(-1)?.children ?? roots;
    const close = closes.get(construct);
    const isDeep = close !== undefined && open.length >= DEEPEST;
    if (used.has(construct) || isDeep) {
      const family = isDeep ? "deep" : "fixed";
      siblings.push({ construct: { ...construct, family, role: "whole", rest: "" }, children: [] });
      continue;
    }
    const children: ConstructNode[] = [];
    siblings.push({ construct, children, ...(close && { close }) });
    if (close) open.push({ construct, close, children });
  }
  return roots;
}

/** By the opening construct the closing one, which is written, or stands where a container ends that has none; those that are written. */
function closesOf(constructs: readonly PlacedConstruct[], end: number) {
  const closes = new Map<PlacedConstruct, PlacedConstruct>();
  const used = new Set<PlacedConstruct>();
  const stack: { readonly opening: PlacedConstruct; readonly key: string }[] = [];
  const waiting = new Map<string, number>();
  const wait = (key: string, by: number) => waiting.set(key, (waiting.get(key) ?? 0) + by);
  for (const construct of constructs) {
    const { family, role, name, start } = construct;
    while (blockEnd(stack.at(-1)?.opening) < start) drop(start);
    const key = family === "container" && role === "close" ? containerOf(name) : `${family} ${name}`;
    if (role === "open") {
      stack.push({ opening: construct, key });
      wait(key, 1);
      continue;
    }
    // `{{< / >}}` ends whatever is open.
    const isNameless = family === "shortcode" && name === "";
    if (role === "whole" || (!isNameless && !waiting.get(key))) continue;
    while (stack.length > 0 && !isNameless && stack.at(-1)?.key !== key) drop(start);
    const last = stack.at(-1);
    drop(start);
    if (!last || blockEnd(last.opening) < start) continue;
    closes.set(last.opening, construct);
    used.add(construct);
  }
  while (stack.length > 0) drop(end);
  return { closes, used };

  /** What is open and not closed before `until`: a container ends there, or with the quotation or list item that it stands in. */
  function drop(until: number): void {
    const last = stack.pop();
    if (!last) return;
    wait(last.key, -1);
    if (!isContainer(last.opening)) return;
    const at = Math.min(until, blockEnd(last.opening));
    closes.set(last.opening, { ...last.opening, role: "close", rest: "", start: at, end: at });
  }

  /** The container that these colons close: one of as many colons, or else of the most below that. */
  function containerOf(colons: string): string {
    let length = Math.min(colons.length, MOST_COLONS);
    while (length > 3 && !waiting.get(`container ${colons.slice(0, length)}`)) length -= 1;
    return `container ${colons.slice(0, length)}`;
  }
}

const isContainer = ({ family, name }: PlacedConstruct): boolean => family === "container" && name.length > 2;

/** Of other constructs than containers the generators know no blocks. */
const blockEnd = (opening: PlacedConstruct | undefined): number =>
  opening && isContainer(opening)
    ? Math.min(opening.line.quote?.end ?? NOWHERE, opening.line.item?.end ?? NOWHERE)
    : NOWHERE;

const NOWHERE = Number.POSITIVE_INFINITY;
