/** Audience → the author's page: HTML that is well-formed XML as well, in one file that asks nobody for anything. */
import { type Html, html, raw, sourceOf } from "../../base/html.ts";
import { langAttribute } from "../../formats/page/locale.ts";
import { hashSource, ICON } from "../../formats/page/policy.ts";
import type { Audience } from "../summary/types.ts";
import { channelsMarkup } from "./channels.ts";
import { type AudienceLocale, audienceLocale } from "./locale.ts";
import { readersMarkup } from "./readers.ts";
import { recordingsMarkup } from "./recordings.ts";
import { AUDIENCE_STYLE } from "./style.ts";
import { headline, overTime } from "./summary.ts";
import { toDoMarkup } from "./todo.ts";

/** CSP 3: its style by its hash, its icon as data, and nothing else. */
const POLICY = `default-src 'none'; style-src ${hashSource(AUDIENCE_STYLE)}; img-src data:; base-uri 'none'; form-action 'none'`;
/** In characters. */
const TITLE = 120;
/** How counting is begun. */
const COMMAND = "dripfeed audience <folder | s3://…>";

export function renderAudiencePage(audience: Audience): string {
  const { site } = audience;
  const locale = audienceLocale(site.language);
  const { words, language } = locale;
  const title = { text: site.title, characters: TITLE, otherwise: site.url };
  return sourceOf(html`<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml"${langAttribute(language)}>
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="${POLICY}"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="generator" content="Dripfeed"/>
<meta name="robots" content="noindex, nofollow"/>
<meta name="referrer" content="no-referrer"/>
<title>${words.titleOf(locale.plainTitle(title))}</title>
<link rel="icon" href="${ICON}"/>
<style>${raw(AUDIENCE_STYLE)}</style>
</head>
<body class="audience">
<a class="skip" href="#main">${words.skip}</a>
<header>
<p class="kind">${words.audience}</p>
<h1><a href="${site.url}">${locale.title(title)}</a></h1>
</header>
<main id="main">
${contentOf(audience, locale)}</main>
</body>
</html>
`);
}

function contentOf(audience: Audience, locale: AudienceLocale): Html {
  if (audience.day === undefined) return html`${nothingCounted(locale)}${how(locale)}`;
  return html`${headline(audience, audience.day, locale)}${overTime(audience, locale)}${channelsMarkup(audience, locale)}${readersMarkup(audience, locale)}${recordingsMarkup(audience, locale)}${toDoMarkup(audience, locale)}${how(locale)}`;
}

const nothingCounted = ({ words }: AudienceLocale): Html => html`<p class="lead">${words.nothing}</p>
<p>${words.countFirst}</p>
<pre><code>${COMMAND}</code></pre>
<p>${words.afterwards}</p>
`;

const how = ({ words }: AudienceLocale): Html => html`<section aria-labelledby="how" class="how-counted">
<h2 id="how">${words.how}</h2>
${words.howSentences.map((sentence) => html`<p class="note">${sentence}</p>\n`)}</section>
`;
