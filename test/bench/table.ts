/** Tables of text, for a terminal or in Markdown. */

export type Cells = readonly string[];

/** Columns as wide as their widest cell, aligned left unless `align` says otherwise. */
export function textTable(rows: readonly Cells[], align: readonly ("left" | "right")[] = []): string {
  const widths = widthsOf(rows);
  const line = (cells: Cells) =>
    cells
      .map((cell, i) => {
        const gap = " ".repeat((widths[i] ?? 0) - cell.length);
        return align[i] === "right" ? gap + cell : cell + gap;
      })
      .join("  ")
      .trimEnd();
  return rows.map(line).join("\n");
}

/** A GitHub table; the first row is the head. */
export function markdownTable([head = [], ...rows]: readonly Cells[]): string {
  const line = (cells: Cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

const widthsOf = (rows: readonly Cells[]): readonly number[] =>
  rows.reduce<readonly number[]>((widths, cells) => cells.map((cell, i) => Math.max(widths[i] ?? 0, cell.length)), []);
