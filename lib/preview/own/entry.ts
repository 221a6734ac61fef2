/** One entry as a feed reader shows it, and all that is published of it. */
import { type Html, html, raw } from "../../base/html.ts";
import { escapeAttribute } from "../../base/text.ts";
import type { Window } from "../../channels/types.ts";
import { publicUrl } from "../../channels/urls.ts";
import { fileOf } from "../../formats/files.ts";
import { FEED_NAMES } from "../../formats/page/feeds.ts";
import type { Entry, Media, PostRecord, Problem } from "../../model.ts";
import type { Site } from "../../site/types.ts";
import type { Frame } from "../../terminal/frame.ts";
import { statusOf } from "./entries.ts";
import { problemList } from "./problems.ts";
import type { PublishedItem } from "./published.ts";
import type { OwnPage } from "./shell.ts";
import { BODY_STYLE } from "./style.ts";

export interface ReadEntry {
  readonly site: Site;
  readonly record: PostRecord;
  /** Absent where there is nothing that could be shown. */
  readonly entry?: Entry | undefined;
  /** Of a post that is not published, as far as it can be read. */
  readonly title?: string | undefined;
  /** Where it would be, of a post that is not published. */
  readonly url?: string | undefined;
  readonly items: readonly PublishedItem[];
  readonly windows: readonly Window[];
  readonly problems: readonly Problem[];
  readonly frames: ReadonlyMap<Problem, Frame>;
}

const ROWS = ["Title", "Id", "Link", "Published", "Updated", "Authors", "Tags", "Language"];

export function entryPage(shown: ReadEntry): OwnPage {
  const { record, entry, url, problems, frames, items } = shown;
  const title = entry?.title || record.facts?.title || shown.title || record.key;
  const isPublished = items.length > 0;
  const status = isPublished
    ? html`${statusOf(record)}`
    : html`<b class="warning">Not published:</b> ${statusOf(record)}`;
  const link = record.facts?.url ?? url;
  const address =
    link === undefined ? "" : html`<br>${isPublished ? "" : "It would be at "}<a href="${link}">${link}</a>`;
  const wrong = problems.length > 0 ? html`<h2>Problems</h2>\n${problemList(problems, frames)}` : "";
  const main = html`${title === record.key ? "" : html`<p class="quiet">${record.key}</p>\n`}<p>${status}${address}</p>
${wrong}${entry ? readerMarkup(entry, items) : ""}${publishedMarkup(shown)}`;
  return { title, main };
}

/** What a reader has in its list, and what it opens. */
function readerMarkup(entry: Entry, items: readonly PublishedItem[]): Html {
  const carried = items.find(({ html }) => html !== undefined)?.html;
  const text = items.length > 0 ? carried : entry.html;
  const { summary, media = [], language, comments, external } = entry;
  const links = [
    ...(external === undefined ? [] : [html`<li>About <a href="${external}">${external}</a></li>\n`]),
    ...(comments === undefined ? [] : [html`<li>Comments: <a href="${comments}">${comments}</a></li>\n`]),
  ];
  return html`${summary === undefined ? "" : html`<h2>Summary</h2>\n<p lang="${language}">${summary}</p>\n`}<h2>Text</h2>
${textMarkup(text, entry)}${
  media.length > 0
    ? html`<h2>Enclosures</h2>\n<ul class="media">\n${media.map((each) => mediaMarkup(each, text))}</ul>\n`
    : ""
}${links.length > 0 ? html`<ul>\n${links}</ul>\n` : ""}`;
}

/**
 * It is feed-safe HTML of ours: no script, no style, no template. It is in a shadow tree, so that no style of the page reaches it;
 * and the policy of the page runs nothing of it, whatever it is.
 */
function textMarkup(text: string | undefined, { language }: Entry): Html {
  if (text === undefined) return html`<p class="quiet">The feeds carry the summary alone.</p>\n`;
  if (text.trim() === "") return html`<p class="quiet">None.</p>\n`;
  return html`<div class="body" lang="${language}"><template shadowrootmode="open"><style>${raw(BODY_STYLE)}</style>
${raw(text)}
</template></div>
`;
}

/** With a player, unless the text has one. */
function mediaMarkup({ medium, url, type, length, duration, thumbnail, title }: Media, text = ""): Html {
  const facts = [type, ...(length > 0 ? [`${length} bytes`] : []), ...(duration ? [`${duration} s`] : [])].join(", ");
  const poster = thumbnail === undefined ? html`` : html` poster="${thumbnail}"`;
  const player = {
    audio: html`<audio controls preload="none" src="${url}"></audio>`,
    video: html`<video controls preload="none" src="${url}"${poster}></video>`,
    image: html`<img src="${url}" alt="">`,
    document: html``,
  }[medium];
  return html`<li>${title === undefined ? "" : html`${title}<br>`}<a href="${url}">${url}</a> <span class="quiet">${facts}</span>${text.includes(` src="${escapeAttribute(url)}"`) ? "" : player}</li>
`;
}

function publishedMarkup({ items, windows, site }: ReadEntry): Html {
  if (items.length === 0) return html``;
  const head = items.map(
    ({ format, path }) => html`<th scope="col"><a href="${publicUrl(path, site)}?raw">${FEED_NAMES[format]}</a></th>`,
  );
  const rows = ROWS.map((row) => {
    const cells = items.map(
      ({ shown }) => html`<td>${(shown.get(row) ?? []).map((value) => html`<div>${value}</div>`)}</td>`,
    );
    return html`<tr><th scope="row">${row}</th>${cells}</tr>\n`;
  });
  const sources = items.map(
    ({ format, path, source }) => html`<details><summary>${FEED_NAMES[format]}: ${path}</summary>
<pre tabindex="0" aria-label="${FEED_NAMES[format]}">${source}</pre></details>
`,
  );
  return html`<h2>In the feeds</h2>
<div class="wide" tabindex="0" role="region" aria-label="In the feeds"><table>
<thead><tr><td></td>${head}</tr></thead>
<tbody>
${rows}</tbody>
</table></div>
${sources}<h2>Channels that carry it</h2>
<ul>
${windows.map((window) => channelMarkup(window, site))}</ul>
`;
}

/** An archive has no page. */
function channelMarkup({ channel }: Window, site: Site): Html {
  const { kind, path, title, formats } = channel;
  const [format] = formats;
  const file = kind === "archive" && format ? fileOf(format, site) : fileOf("page", site);
  return html`<li><a href="${publicUrl(path + file, site)}">${title}</a> <span class="quiet">${channel.key}</span></li>
`;
}
