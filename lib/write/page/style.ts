/** The style sheet of the writing page: for a thumb, in light and dark, at every width and in both directions. */

import { memoised } from "../../base/memoised.ts";
import { DARK_PANEL, LIGHT_PANEL, paletteOf } from "../../formats/page/color.ts";
import { minified } from "../../formats/page/style.ts";
import { shortName } from "./words/names.ts";

/**
 * Colours are those of the site's other pages; contrast is at least 4.5 : 1 for text and 3 : 1 for the edges of inputs (WCAG 2.2, level AA).
 * What is touched is at least 3 rem high, which is 48 pixels at the usual size of text. The navigation stays in sight where it takes one
 * line; queries of containers, unlike those of media, go by the size of text that the reader chose.
 */
const SHEET = `
:root {
  color-scheme: light dark; --edge: #75837c;
  --paper: #fbfcfa; --panel: ${LIGHT_PANEL}; --ink: #1b2420; --quiet: #56635d; --line: #dbe4df;
  --water: #0b6a58; --on-water: #fff; --live: #b3261e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #111715; --panel: ${DARK_PANEL}; --ink: #e5ece8; --quiet: #9baaa3; --line: #2b3733;
    --water: #74d0b7; --on-water: #08201a; --live: #ff9a8f;
  }
}
* { box-sizing: border-box; margin: 0; }
html { background: var(--paper); -webkit-text-size-adjust: 100%; scroll-padding-block: 1rem 6rem; }
body {
  container-type: inline-size; display: flex; flex-direction: column; min-height: 100dvh; max-width: 40rem; margin-inline: auto;
  color: var(--ink); overflow-wrap: anywhere;
  font: 1.0625rem/1.55 system-ui, sans-serif;
}
[hidden] { display: none !important; }
a { color: var(--water); text-underline-offset: .2em; }
:focus-visible { outline: 3px solid var(--water); outline-offset: 2px; border-radius: .3rem; }
h1:focus { outline: none; }
h1, h2, h3, p, label, legend, dd, .row { unicode-bidi: plaintext; text-align: -webkit-match-parent; text-align: match-parent; }
h1, h2, h3 { line-height: 1.3; font-weight: 650; }
h1 { font-size: 1.5rem; margin-block: .25rem 1rem; }
h2 { font-size: 1.125rem; margin-block: 2rem .5rem; }
h3, .rows h2 { margin: 0; font-size: 1.0625rem; }
ul { padding: 0; list-style: none; }
p + p, p + button, .note + button { margin-block-start: .6rem; }
.skip { position: absolute; inset-inline-start: 1rem; top: -9rem; padding: .75rem 1rem; background: var(--water); color: var(--on-water); z-index: 2; }
.skip:focus { top: .5rem; }
.far { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
header { padding: .75rem 1rem 0; color: var(--quiet); font-size: .9375rem; }
main { flex: 1; padding: .75rem 1rem 2rem; min-width: 0; }
#state { color: var(--ink); }
nav { overflow-wrap: normal; background: var(--paper); border-block-start: 1px solid var(--line); padding-block-end: env(safe-area-inset-bottom); }
@container (max-width: 18rem) { main { hyphens: auto; } h1 { font-size: 1.25rem; } main button, .chooser .button { padding-inline: .25rem; } }
nav ul { display: flex; flex-wrap: wrap; justify-content: space-around; }
nav li { flex: 1 1 auto; }
@container (min-width: 18rem) { nav { position: sticky; bottom: 0; z-index: 1; } nav ul { flex-wrap: nowrap; } }
nav a { display: flex; flex-wrap: wrap; justify-content: center; align-items: center; gap: 0 .35rem; min-height: 3.5rem; padding: .25rem .15rem; color: var(--ink); font-size: .8125rem; line-height: 1.3; text-align: center; text-decoration: none; border-block-start: 3px solid transparent; }
nav a[aria-current] { color: var(--water); border-color: var(--water); font-weight: 650; }
.count:not(:empty) { min-width: 1.6em; padding-inline: .45em; border-radius: 1em; background: var(--water); color: var(--on-water); font-size: .8125rem; font-weight: 650; }
button, .button, .choices span, input:not([type=radio], [type=checkbox]), textarea, select { min-height: 3rem; border: 1px solid var(--edge); border-radius: .65rem; }
.actions, .choices, .beside, .choosers { display: flex; flex-wrap: wrap; gap: .5rem; }
.kind, .media li, .alert, .notice, .panel, .version { border: 1px solid var(--line); border-radius: .75rem; background: var(--panel); }
button, .button {
  display: inline-flex; align-items: center; justify-content: center; padding: .5rem 1.1rem;
  background: transparent; color: var(--water); font: inherit; font-weight: 600; line-height: 1.3; text-align: center; text-decoration: none; cursor: pointer; max-width: 100%;
}
button.main, .button.main { border-color: transparent; background: var(--water); color: var(--on-water); }
button.huge { width: 100%; min-height: 5rem; font-size: 1.25rem; }
button.quiet { border-color: transparent; padding-inline: 0; font-weight: 400; text-decoration: underline; text-underline-offset: .2em; }
button:hover, .button:hover, .kind:hover { border-color: var(--water); }
button[aria-disabled=true] { opacity: .6; cursor: progress; }
.actions { margin-block: 1rem .5rem; }
.actions > * { flex: 1 1 auto; }
.actions .main { flex-basis: 12rem; }
.kinds { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 8.5rem), 1fr)); gap: .75rem; }
.kind { display: flex; flex-direction: column; align-items: center; justify-content: center; gap: .4rem; min-height: 6.5rem; height: 100%; padding: .75rem .5rem; color: var(--ink); font-weight: 600; text-align: center; text-decoration: none; }
.kind svg { width: 2.25rem; height: 2.25rem; fill: none; stroke: var(--water); stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }
.field, fieldset { margin-block: 1.1rem; }
fieldset { min-width: 0; padding: 0; border: 0; }
label, legend { display: block; margin-block-end: .35rem; padding: 0; font-weight: 600; }
label, legend, .note, .state { font-size: .9375rem; }
input:not([type=radio], [type=checkbox]), textarea, select {
  display: block; width: 100%; min-width: 0; padding: .6rem .75rem; background: var(--paper); color: inherit; font: inherit; line-height: 1.4;
}
textarea { resize: vertical; field-sizing: content; max-height: 70vh; }
textarea[rows="8"] { min-height: 11rem; }
textarea[rows="4"] { min-height: 7rem; }
.note { color: var(--quiet); }
.field .note { margin-block-start: .3rem; }
.choices { margin-block-end: .75rem; }
.choices label { position: relative; display: flex; flex: 1 1 auto; margin: 0; font-weight: 400; }
.chips label { flex-grow: 0; }
.choices input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
.choices span { display: flex; flex: 1; align-items: center; justify-content: center; padding: .35rem 1rem; text-align: center; }
.chips span { border-radius: 1.5rem; }
:checked + span { border-color: var(--water); background: var(--water); color: var(--on-water); font-weight: 600; }
.choices :checked + span::before { content: "✓"; content: "✓" / ""; margin-inline-end: .4em; }
.choices :focus-visible + span, .far:focus-visible + .button { outline: 3px solid var(--water); outline-offset: 2px; }
.check { display: flex; align-items: center; gap: .75rem; min-height: 3rem; margin: 0; font-weight: 400; }
.check input { flex: none; width: 1.5rem; height: 1.5rem; accent-color: var(--water); }
.check :checked + span { background: none; color: inherit; font-weight: 400; }
.beside input:not([type=radio]) { flex: 1 1 9rem; width: auto; }
.chooser { position: relative; flex: 1 1 9rem; }
.chooser:first-child { flex-basis: 100%; }
.chooser label { display: flex; height: 100%; margin: 0; font-size: inherit; }
.media li { margin-block-end: 1rem; padding: .75rem; }
.media img { display: block; max-width: 100%; max-height: 14rem; margin-block-end: .5rem; border-radius: .5rem; }
main[aria-busy] > * { opacity: .6; transition: opacity .2s .3s; }
.rows li { padding-block: .85rem; border-block-end: 1px solid var(--line); }
.rows .row { display: flex; align-items: center; min-height: 3rem; font-weight: 600; }
.rows .actions { margin-block-end: 0; }
progress { width: 100%; height: .75rem; accent-color: var(--water); }
.alert, .notice { margin-block: .6rem; padding: .6rem .8rem; border-inline-start: .3rem solid var(--water); border-radius: .4rem; }
.alert { border-inline-start-color: var(--live); }
.alert strong, .state.alert { color: var(--live); }
.fix { display: block; }
.excerpt { white-space: pre-wrap; }
.panel, .version { margin-block: 1.25rem; padding: 1rem; }
.panel h2, .version h2 { margin-block-start: 0; }
.qr svg { display: block; width: min(100%, 15rem); margin-block: 1rem; background: #fff; border-radius: .5rem; stroke: #000; shape-rendering: crispEdges; }
.code { font: 1.125rem/1.6 ui-monospace, monospace; user-select: all; }
.mark { display: inline-block; margin-inline-start: .6em; padding: 0 .5rem; border: 1px solid var(--line); border-radius: 1rem; color: var(--quiet); font-size: .8125rem; font-weight: 400; }
dl { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .3rem 1rem; margin-block: .6rem; }
dt { color: var(--quiet); }
.apart { margin-block-start: 2.5rem; }
`;

/** Colours by names of a letter, as words are. */
function shortened(sheet: string): string {
  const names: string[] = [];
  return sheet.replace(/--([a-z-]+)/g, (_, name: string) => {
    if (!names.includes(name)) names.push(name);
    return `--${shortName(names.indexOf(name))}`;
  });
}

/** Of scripts whose letters system fonts do not always have in the form of the language. */
const FONTS: { readonly [language: string]: string | undefined } = {
  "zh-Hans": '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC"',
  "zh-Hant": '"PingFang TC","Microsoft JhengHei","Noto Sans CJK TC"',
  ja: '"Hiragino Sans","Yu Gothic UI","Noto Sans CJK JP"',
  ko: '"Apple SD Gothic Neo","Malgun Gothic","Noto Sans CJK KR"',
};

function fontsOf(language: string): string {
  const fonts = FONTS[language];
  const breaks = language === "ko" ? ";word-break:keep-all" : "";
  return fonts === undefined ? "" : `body{font-family:system-ui,${fonts},sans-serif;line-height:1.7${breaks}}`;
}

const STYLE = shortened(minified(SHEET));

const colored = memoised((color: string): string => {
  const { light, dark } = paletteOf(color);
  return shortened(
    minified(`${SHEET}:root{--water:${light}}@media(prefers-color-scheme:dark){:root{--water:${dark}}}`),
  );
});

/** With the fonts of the page's language, and the owner's colour, if there is one. */
export const writingStyleOf = (color: string | undefined, language: string): string =>
  (color === undefined ? STYLE : colored(color)) + fontsOf(language);
