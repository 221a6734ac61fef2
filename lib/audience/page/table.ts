/** Tables of the author's page: numbers to the right, a name at the start of each row, and long ones folded away. */
import { type Html, html } from "../../base/html.ts";
import type { AudienceLocale } from "./locale.ts";

export interface TableColumn {
  /** Empty above what has no text: bars. */
  readonly title: string;
  readonly isNumber: boolean;
}

export const textColumn = (title: string): TableColumn => ({ title, isNumber: false });
export const numberColumn = (title: string): TableColumn => ({ title, isNumber: true });

/** A row has a cell for each column; the first one names it. */
export type TableRow = readonly (string | Html)[];

/** It scrolls by itself where it is too wide, with the keyboard as well; `label` is the id of what names it. */
export function table(columns: readonly TableColumn[], rows: readonly TableRow[], label: string): Html {
  // Most cells are numbers, so that these are what the style sheet takes a cell for.
  const kindOf = (i: number) => (columns[i]?.isNumber ? html`` : html` class="text"`);
  const head = columns.map(({ title }, i) =>
    title === "" ? html`<td></td>` : html`<th scope="col"${kindOf(i)}>${title}</th>`,
  );
  const body = rows.map(([name = "", ...cells]) => {
    const rest = cells.map((cell, i) => html`<td${kindOf(i + 1)}>${cell}</td>`);
    return html`<tr><th scope="row">${name}</th>${rest}</tr>\n`;
  });
  return html`<div class="scroll" role="group" tabindex="0" aria-labelledby="${label}"><table>
<thead><tr>${head}</tr></thead>
<tbody>
${body}</tbody>
</table></div>
`;
}

/** Folded away behind its name. `id` is the page's own for that name. */
export const folded = (
  id: string,
  name: string,
  content: Html,
): Html => html`<details><summary><span id="${id}">${name}</span></summary>
${content}</details>
`;

export interface LongTable {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
  /** The id of what names it. */
  readonly label: string;
  /** Of rows that stand open, and of all that are on the page. */
  readonly open: number;
  readonly most: number;
}

/** Its first rows; the others folded away, up to a limit that is told. */
export function longTable({ columns, rows, label, open, most }: LongTable, { words, number }: AudienceLocale): Html {
  const folding = rows.slice(open, most);
  const left = Math.max(0, rows.length - most);
  const others = html`${table(columns, folding, `${label}-rest`)}${leftOut(left, { words, number })}`;
  return html`${table(columns, rows.slice(0, open), label)}${
    folding.length > 0
      ? folded(`${label}-rest`, words.rest(rows.length - open, number(rows.length - open)), others)
      : ""
  }`;
}

/** That some are not on the page. */
export const leftOut = (count: number, { words, number }: Pick<AudienceLocale, "words" | "number">): Html =>
  count > 0 ? html`<p class="note">${words.leftOut(count, number(count))}</p>\n` : html``;
