/** Rows in columns, which are as wide as a terminal shows them. */
import { columns, visible } from "./text.ts";

/** Longer lists are cut. */
export const MAX_ROWS = 40;

/** Each row begins with two spaces; columns are aligned left, but for those that are named `right`. */
export async function table(
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): Promise<readonly string[]> {
  const shown = await Promise.all(
    rows.map((cells) => Promise.all(cells.map(visible).map(async (text) => ({ text, width: await columns(text) })))),
  );
  const widths: number[] = [];
  for (const cells of shown) {
    for (const [i, { width }] of cells.entries()) widths[i] = Math.max(widths[i] ?? 0, width);
  }
  return shown.map((cells) =>
    cells
      .map(({ text, width }, i) => {
        const gap = " ".repeat((widths[i] ?? 0) - width);
        return right.includes(i) ? `  ${gap}${text}` : `  ${text}${gap}`;
      })
      .join("")
      .trimEnd(),
  );
}

/** The first of many rows, and how many more there are. */
export async function longTable(
  rows: readonly (readonly string[])[],
  rest = "",
  right: readonly number[] = [],
): Promise<readonly string[]> {
  const more = rows.length - MAX_ROWS;
  return [...(await table(rows.slice(0, MAX_ROWS), right)), ...(more > 0 ? [`  … and ${more} more${rest}`] : [])];
}
