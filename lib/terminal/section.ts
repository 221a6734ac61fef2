/** A table below its heading, with what to do about it. */
import { longTable } from "./table.ts";
import type { Paint } from "./text.ts";

export interface Section {
  readonly heading: string;
  /** The names of the columns, of which the first are `numbers`. */
  readonly columns: readonly string[];
  readonly numbers: number;
  readonly rows: readonly (readonly string[])[];
  readonly fix?: string;
  readonly note?: string;
}

/** Nothing where there are no rows. A long table is cut. */
export async function section(
  paint: Paint,
  { heading, columns, numbers, rows, fix, note }: Section,
): Promise<readonly string[]> {
  if (rows.length === 0) return [];
  const right = Array.from({ length: numbers }, (_, i) => i);
  const [names = "", ...lines] = await longTable([columns, ...rows], "; --json shows all", right);
  return [
    "",
    paint("bold", `${heading} (${rows.length})`),
    paint("dim", names),
    ...lines,
    ...(note === undefined ? [] : [`  ${paint("dim", note)}`]),
    ...(fix === undefined ? [] : [`  ${paint("cyan", "fix:")} ${fix}`]),
  ];
}
