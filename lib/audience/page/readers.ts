/** With which services and apps people read, as bars beside their numbers. */
import { type Html, html } from "../../base/html.ts";
import { shorten } from "../../formats/page/text.ts";
import type { Audience } from "../summary/types.ts";
import { cellBar } from "./drawn.ts";
import type { AudienceLocale } from "./locale.ts";
import { highestOf } from "./plot.ts";
import { longTable, numberColumn, type TableColumn, type TableRow, textColumn } from "./table.ts";

/** Of readers: at once, and at all. */
const OPEN = 15;
const MOST = 300;
/** In characters. */
const NAME = 40;

export function readersMarkup({ readers }: Audience, locale: AudienceLocale): Html {
  if (readers.length === 0) return html``;
  const { words, number } = locale;
  const most = Math.max(1, highestOf(readers.map(({ subscribers = 0 }) => subscribers)));
  const rows = readers.map(
    ({ name, subscribers, isEstimate }): TableRow => [
      html`<bdi>${shorten(name, NAME)}</bdi>`,
      subscribers === undefined ? "?" : `${isEstimate ? "~" : ""}${number(subscribers)}`,
      subscribers === undefined ? html`` : cellBar(subscribers / most, isEstimate),
    ],
  );
  const columns: readonly TableColumn[] = [textColumn(words.reader), numberColumn(words.subscribers), textColumn("")];
  return html`<section aria-labelledby="readers" class="readers">
<h2 id="readers">${words.readers}</h2>
<p class="note">${words.readersNote}</p>
${longTable({ columns, rows, label: "readers", open: OPEN, most: MOST }, locale)}</section>
`;
}
