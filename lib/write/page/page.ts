/** The writing page: one HTML file that holds its style, its script and the words of one language. */

import { html, raw, sourceOf } from "../../base/html.ts";
import { ADDRESSES } from "../../base/writing.ts";
import { wordsOf } from "../../formats/page/words/lookup.ts";
import { discoveryHeader, discoveryLinks } from "../../signin/indieauth/metadata.ts";
import { namedAuthors } from "../../signin/people/names.ts";
import { mediaUrlsOf } from "../../site/media.ts";
import type { Site } from "../../site/types.ts";
import { SCRIPT } from "./built.ts";
import { type ChosenLanguage, WRITING_LANGUAGES, writingWords } from "./language.ts";
import { guardedBy, writingPolicy } from "./policy.ts";
import { writingStyleOf } from "./style.ts";
import type { PageData } from "./types.ts";
import { listed } from "./words/short.ts";

export type WritingSite = Pick<Site, "title" | "feeds" | "media" | "language" | "languages" | "authors" | "color">;

export interface WritePageInput {
  readonly site: WritingSite;
  /** `https://feeds.example.com` */
  readonly origin: string;
  readonly chosen: ChosenLanguage;
  /** Origin of the addresses to which parts are put, if another. */
  readonly uploads?: string | undefined;
}

export interface WritePage {
  readonly html: string;
  readonly headers: { readonly [name: string]: string };
}

/** The same at `/write/` and `/write/auth`: the script sees where it is. */
export function writePage({ site, origin, chosen, uploads }: WritePageInput): WritePage {
  const { language, direction } = chosen;
  const [words, style] = [writingWords(language), writingStyleOf(site.color, language)];
  const policy = writingPolicy({ style, script: SCRIPT, media: mediaUrlsOf(site), uploads });
  const data: PageData = { words: listed(words), language, languages: WRITING_LANGUAGES, site: partsOf(site) };
  // Without the origin, which they are resolved against: the page is short.
  const links = discoveryLinks("").map(({ rel, href }) => html`<link rel="${rel}" href="${href}">\n`);
  const page = html`<!DOCTYPE html>
<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
<title>${words.write} · ${site.title}</title>
<link rel="manifest" href="${ADDRESSES.page}app.webmanifest?lang=${language}">
<link rel="icon" href="${ADDRESSES.page}icon.svg" type="image/svg+xml">
<link rel="apple-touch-icon" href="${ADDRESSES.page}icon.png">
${links}<style>${raw(style)}</style>
</head>
<body>
<a class="skip" href="#main">${wordsOf(language).words.skip}</a>
<header>${site.title}<div id="state" role="status"></div></header>
<main id="main" tabindex="-1"><noscript>${words.needsScript}</noscript></main>
<nav hidden></nav>
<p id="said" class="far" role="status"></p>
<script type="application/json" id="data">${raw(inScript(data))}</script>
<script>${raw(SCRIPT)}</script>
</body>
</html>
`;
  return {
    html: sourceOf(page),
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-cache",
      vary: "accept-language",
      "x-robots-tag": "noindex",
      link: discoveryHeader(origin),
      ...guardedBy(policy),
    },
  };
}

const partsOf = ({ title, language, languages, authors }: WritingSite): PageData["site"] => ({
  title,
  languages: [language, ...languages.filter((each) => each !== language)],
  authors: namedAuthors({ authors }),
});

/** JSON that ends no script and begins no comment, whatever a title says (HTML, "Restrictions for contents of script elements"). */
const inScript = (value: unknown): string => JSON.stringify(value).replaceAll("<", "\\u003c");
