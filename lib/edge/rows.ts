/** Rows → the text of a table. */
import type { Table } from "./tables.ts";

export type Row = readonly [name: string, value: string];

/**
 * Names with one value share a line; in an ordered table only those that follow each other. Of two rows with one name the first
 * counts. A row with a control character is left out: no request that is answered can have one.
 */
export function tableOf(rows: readonly Row[], { isOrdered = false } = {}): Table {
  const names = new Set<string>();
  const lines: { readonly value: string; readonly names: string[] }[] = [];
  const byValue = new Map<string, (typeof lines)[number]>();
  for (const [name, value] of rows) {
    if (names.has(name) || CONTROL.test(name + value)) continue;
    names.add(name);
    const same = isOrdered ? lines.at(-1) : byValue.get(value);
    if (same?.value === value) {
      same.names.push(name);
      continue;
    }
    const line = { value, names: [name] };
    lines.push(line);
    byValue.set(value, line);
  }
  return lines.map(({ value, names }) => [value, ...names, ""].join("\t")).join("\n");
}

const CONTROL = /[\u0000-\u001f\u007f]/;
