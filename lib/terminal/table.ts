/** Rows in columns, which are as wide as a terminal shows them. */
import { columns, visible } from "./text.ts";

/** Longer lists are cut. */
export const MAX_ROWS = 40;

/** Each row begins with two spaces; its last cell is not padded. */
export async function table(rows: readonly (readonly string[])[]): Promise<readonly string[]> {
  const shown = await Promise.all(
    rows.map((cells) => Promise.all(cells.map(visible).map(async (text) => ({ text, width: await columns(text) })))),
  );
  const widths: number[] = [];
  for (const cells of shown) {
    for (const [i, { width }] of cells.entries()) widths[i] = Math.max(widths[i] ?? 0, width);
  }
  return shown.map((cells) =>
    cells
      .map(({ text, width }, i) => `  ${text}${" ".repeat(i < cells.length - 1 ? (widths[i] ?? 0) - width : 0)}`)
      .join("")
      .trimEnd(),
  );
}

/** The first of many rows, and how many more there are. */
export async function longTable(rows: readonly (readonly string[])[], rest = ""): Promise<readonly string[]> {
  const more = rows.length - MAX_ROWS;
  return [...(await table(rows.slice(0, MAX_ROWS))), ...(more > 0 ? [`  … and ${more} more${rest}`] : [])];
}
