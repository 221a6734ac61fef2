/** What an author can do about what was counted: one table for each kind of thing, and none where there is nothing. */
import { type Html, html } from "../../base/html.ts";
import { readableEscapes } from "../../base/text.ts";
import { shorten } from "../../formats/page/text.ts";
import type { Audience } from "../summary/types.ts";
import type { AudienceLocale } from "./locale.ts";
import { longTable, numberColumn, type TableColumn, type TableRow, textColumn } from "./table.ts";

/** Of rows: at once, and at all. */
const OPEN = 10;
const MOST = 200;
/** In characters. */
const TITLE = 80;
const ADDRESS = 120;
const NAME = 40;

export function toDoMarkup(audience: Audience, locale: AudienceLocale): Html {
  const parts = [unread, missing, former, wasteful, doubtful].flatMap((part) => {
    const found = part(audience, locale);
    return found.rows.length === 0 ? [] : partMarkup(found, locale);
  });
  const { words } = locale;
  const unconditional = audience.isUnconditional ? html`<p>${words.unconditional}</p>\n` : "";
  const nothing = parts.length === 0 && !audience.isUnconditional ? html`<p>${words.nothingToDo}</p>\n` : "";
  return html`<section aria-labelledby="to-do">
<h2 id="to-do">${words.toDo}</h2>
${parts}${unconditional}${nothing}</section>
`;
}

interface Part {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
}

function partMarkup({ id, title, note, columns, rows }: Part, locale: AudienceLocale): Html {
  return html`<h3 id="${id}">${title}</h3>
<p class="note">${note}</p>
${longTable({ columns, rows, label: id, open: OPEN, most: MOST }, locale)}`;
}

function unread({ unread }: Audience, { words, title }: AudienceLocale): Part {
  const rows = unread.map(
    (channel): TableRow => [
      html`<a href="${channel.url}">${title({ text: channel.title, characters: TITLE, otherwise: channel.key })}</a>`,
    ],
  );
  return {
    ...{ id: "unread", title: words.unread, note: words.unreadNote },
    ...{ columns: [textColumn(words.channel)], rows },
  };
}

function missing({ missing }: Audience, { words, number }: AudienceLocale): Part {
  const rows = missing.map(
    ({ address, subscribers, requests, isServed }): TableRow => [
      html`${addressMarkup(address)}${isServed ? html` <span class="note">${words.served}</span>` : ""}`,
      ...[number(subscribers), number(requests)],
    ],
  );
  const columns = [textColumn(words.address), numberColumn(words.subscribers), numberColumn(words.requests)];
  return { id: "missing", title: words.missing, note: words.missingNote, columns, rows };
}

function former({ former }: Audience, { words, number }: AudienceLocale): Part {
  const rows = former.map(
    ({ address, kind, subscribers, requests }): TableRow => [
      ...[addressMarkup(address), words[kind], number(subscribers), number(requests)],
    ],
  );
  const columns = [
    textColumn(words.address),
    textColumn(words.kind),
    ...[words.subscribers, words.requests].map(numberColumn),
  ];
  return { id: "former", title: words.former, note: words.formerNote, columns, rows };
}

function wasteful({ wasteful }: Audience, { words, number, bytes }: AudienceLocale): Part {
  const rows = wasteful.map(
    (each): TableRow => [nameMarkup(each.name), number(each.requests), number(each.again), bytes(each.bytes)],
  );
  const columns = [words.requests, words.again, words.bytes].map(numberColumn);
  return {
    ...{ id: "wasteful", title: words.wasteful, note: words.wastefulNote },
    ...{ columns: [textColumn(words.reader), ...columns], rows },
  };
}

function doubtful({ doubtful, channels }: Audience, { words, number, shortDate, title }: AudienceLocale): Part {
  const titles = new Map(channels.map((channel) => [channel.key, channel.title]));
  const rows = doubtful.map(
    ({ day, channel, agent, count, before }): TableRow => [
      nameMarkup(agent),
      title({ text: titles.get(channel) ?? "", characters: TITLE, otherwise: channel }),
      ...[shortDate(day), number(count), number(before)],
    ],
  );
  const columns = [words.reader, words.channel, words.day].map(textColumn);
  return {
    ...{ id: "doubtful", title: words.doubtful, note: words.doubtfulNote },
    ...{ columns: [...columns, numberColumn(words.count), numberColumn(words.before)], rows },
  };
}

const nameMarkup = (name: string): Html => html`<bdi>${shorten(name, NAME)}</bdi>`;

/** From the slash on, as a log has it. */
const addressMarkup = (address: string): Html =>
  html`<code dir="ltr">${shorten(readableEscapes(address.startsWith("/") ? address : `/${address}`), ADDRESS)}</code>`;
