/** The style sheet of a page: inline, light and dark, for every width and script. */
import { memoised } from "../../base/memoised.ts";
import { DARK_PANEL, LIGHT_PANEL, paletteOf } from "./color.ts";

/**
 * Without `<` and `&`, so that HTML and XML parsers read the same. Contrast is at least 4.5 : 1 (WCAG 2.2, level AA).
 */
const SHEET = `
:root {
  color-scheme: light dark;
  --paper: #fbfcfa; --panel: ${LIGHT_PANEL}; --ink: #1b2420; --quiet: #56635d; --line: #dbe4df;
  --water: #0b6a58; --on-water: #ffffff; --live: #b3261e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #111715; --panel: ${DARK_PANEL}; --ink: #e5ece8; --quiet: #9baaa3; --line: #2b3733;
    --water: #74d0b7; --on-water: #08201a; --live: #ff9a8f;
  }
}
* { box-sizing: border-box; margin: 0; }
html { -webkit-text-size-adjust: 100%; }
body {
  max-width: 44rem; margin-inline: auto; padding: 0 1.25rem 4rem;
  background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial,
    "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
}
:lang(zh-Hant), :lang(zh-TW), :lang(zh-HK), :lang(zh-MO) {
  font-family: system-ui, -apple-system, "Segoe UI", "PingFang TC", "PingFang HK", "Microsoft JhengHei", "Noto Sans CJK TC", sans-serif;
}
:lang(ja) { font-family: system-ui, -apple-system, "Segoe UI", "Hiragino Sans", "Yu Gothic UI", Meiryo, "Noto Sans CJK JP", sans-serif; }
:lang(ko) { font-family: system-ui, -apple-system, "Segoe UI", "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans CJK KR", sans-serif; word-break: keep-all; }
:lang(zh), :lang(ja), :lang(ko) { line-height: 1.75; }
a { color: var(--water); text-decoration-thickness: 1px; text-underline-offset: .2em; unicode-bidi: isolate; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--water); outline-offset: 3px; border-radius: .2rem; }
h1, h2, h3 { line-height: 1.3; font-weight: 650; text-wrap: balance; }
h1 { font-size: clamp(1.75rem, 1.3rem + 2.2vw, 2.6rem); letter-spacing: -.015em; }
:lang(zh) h1, :lang(ja) h1, :lang(ko) h1, h1:lang(zh), h1:lang(ja), h1:lang(ko) { letter-spacing: 0; }
h2 { margin-block: 3.25rem 1rem; font-size: 1.25rem; }
h3 { font-size: 1rem; }
ul { padding: 0; list-style: none; }
p { text-wrap: pretty; }
.skip { position: absolute; inset-inline-start: 1.25rem; top: -9rem; padding: .5rem 1rem; background: var(--water); color: var(--on-water); }
.skip:focus { top: .75rem; z-index: 1; }
.far { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
header { padding-block: clamp(2rem, 7vw, 4.5rem) 0; }
nav { margin-block-end: 1.75rem; font-size: .9375rem; }
nav ol { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem .5rem; padding: 0; list-style: none; }
nav li:not(:last-child)::after { content: "/"; margin-inline-start: .5rem; color: var(--quiet); }
nav img { width: 2rem; height: 2rem; margin-inline-end: .6rem; border-radius: .45rem; object-fit: cover; vertical-align: middle; }
.kind { margin-block-end: .35rem; color: var(--quiet); font-size: .875rem; }
.lead { margin-block-start: .85rem; max-width: 36rem; font-size: 1.0625rem; color: var(--quiet); }
.how { max-width: 36rem; }
.panel { margin-block: 1.25rem .9rem; padding: .35rem 1.1rem; background: var(--panel); border: 1px solid var(--line); border-radius: .75rem; }
.feeds li { display: grid; grid-template-columns: 5.75rem minmax(0, 1fr) auto; gap: .35rem .75rem; align-items: center; padding-block: .65rem; }
.panel li { grid-template-columns: minmax(0, 1fr) auto; }
.panel .address { grid-row: 2; grid-column: 1 / -1; }
.feeds li > span { font-weight: 600; font-size: .9375rem; }
.address {
  overflow: hidden; padding: .5rem .7rem; border: 1px solid var(--line); border-radius: .45rem; background: var(--paper);
  color: inherit; font: .8125rem/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; text-decoration: none; white-space: nowrap;
}
.address:hover { border-color: var(--water); }
.start { display: inline-block; max-width: calc(100% - 14ch); overflow: clip; text-overflow: ellipsis; vertical-align: baseline; }
button {
  min-width: 6rem; padding: .5rem .9rem; border: 1px solid transparent; border-radius: .45rem; cursor: pointer;
  background: var(--water); color: var(--on-water); font: inherit; font-size: .875rem; font-weight: 600; line-height: 1.5; transition: filter .15s;
}
button:hover { filter: brightness(1.1); }
.open { display: flex; flex-wrap: wrap; gap: .2rem 1rem; font-size: .9375rem; }
p.open { margin-block-start: .15rem; color: var(--quiet); }
ul.open { margin-block-end: .65rem; }
figure { display: none; }
figure svg { display: block; width: 8.5rem; background: #ffffff; border-radius: .45rem; }
figcaption { margin-block-start: .35rem; color: var(--quiet); font-size: .8125rem; line-height: 1.4; text-align: center; text-wrap: balance; }
summary { width: fit-content; color: var(--water); cursor: pointer; font-size: .9375rem; }
details .note { margin-block: .5rem .25rem; }
details button { border-color: var(--line); background: transparent; color: var(--water); }
details button:hover { border-color: var(--water); }
[hidden] { display: none; }
.note { color: var(--quiet); font-size: .9375rem; }
.entries li { padding-block: 1.15rem; border-block-start: 1px solid var(--line); }
.entries h3 { font-size: 1.0625rem; line-height: 1.45; }
.entries h3 a { color: inherit; text-decoration-color: var(--line); }
.entries h3 a:hover { color: var(--water); text-decoration-color: currentColor; }
.entries li > p { margin-block-start: .4rem; }
[dir=ltr] .entries [dir], [dir=ltr] .streams [dir] { text-align: left; }
[dir=rtl] .entries [dir], [dir=rtl] .streams [dir] { text-align: right; }
.meta { display: flex; flex-wrap: wrap; gap: .1rem .6rem; align-items: baseline; color: var(--quiet); font-size: .875rem; }
.mark { padding: 0 .5rem; border: 1px solid var(--line); border-radius: 1rem; }
.on { border-color: var(--live); color: var(--live); font-weight: 650; }
.on::before, .now h2::before { content: ""; display: inline-block; width: .5em; height: .5em; margin-inline-end: .4em; border-radius: 50%; background: currentColor; }
.entries li { display: flow-root; }
.cover, video { border-radius: .5rem; background: var(--panel); }
.cover { float: inline-end; width: clamp(5.5rem, 24%, 9rem); height: auto; aspect-ratio: 3 / 2; margin: .2rem 0 .25rem 1rem; margin-inline: 1rem 0; object-fit: cover; }
li:has(> audio) .cover { width: clamp(4.5rem, 18%, 6rem); aspect-ratio: 1; }
audio, video { display: block; clear: both; max-width: 100%; margin-block-start: .75rem; }
audio { width: 100%; height: 3rem; border-radius: 1.5rem; }
video { --ratio: 16/9; width: min(100%, min(80vh, 30rem) * var(--ratio)); height: auto; aspect-ratio: var(--ratio); object-fit: contain; }
.tall { --ratio: 9/16; }
.upright { --ratio: 3/4; }
.square { --ratio: 1/1; }
.broad { --ratio: 4/3; }
header { display: flow-root; }
.art { float: inline-end; width: clamp(5rem, 22vw, 8rem); height: auto; aspect-ratio: 1; margin-inline-start: 1.25rem; border-radius: .75rem; object-fit: cover; }
.streams { margin-block-start: 2rem; padding: 1.1rem 1.25rem; border: 1px solid var(--line); border-radius: .75rem; }
.streams time { unicode-bidi: isolate; }
.streams p { text-wrap: balance; }
.streams h3 + p { margin-block-start: .25rem; }
.streams h2 { margin: 0 0 .6rem; font-size: .9375rem; color: var(--quiet); }
.streams + .streams { margin-block-start: 1rem; }
.streams li + li { margin-block-start: 1rem; }
.now { border-color: var(--live); background: var(--panel); }
.now h2 { color: var(--live); }
.go { display: inline-block; margin-block-start: .75rem; padding: .5rem 1.1rem; border-radius: .45rem; background: var(--water); color: var(--on-water); font-weight: 600; text-decoration: none; }
.go:hover { filter: brightness(1.1); }
.parts h3 { margin-block: 1.75rem .6rem; font-size: .875rem; color: var(--quiet); }
.parts li { margin-block: .3rem; }
.parts .row { display: flex; flex-wrap: wrap; gap: .5rem; }
.row li { margin: 0; max-width: 100%; }
.row a { display: block; padding: .25rem .75rem; border: 1px solid var(--line); border-radius: 1rem; text-decoration: none; line-height: 1.5; }
.row a:hover { border-color: currentColor; }
.parts ul ul { margin-inline-start: .45rem; padding-inline-start: .9rem; border-inline-start: 1px solid var(--line); }
.rest { margin-block-start: .75rem; }
.count { display: inline-block; margin-inline-start: .45em; color: var(--quiet); font-size: .875em; font-variant-numeric: tabular-nums; }
.files { margin-block-start: 2rem; }
.files li { margin-block: .35rem; }
footer span { margin-inline-start: .6em; color: var(--quiet); }
footer { margin-block-start: 3.5rem; padding-block-start: 1.25rem; border-block-start: 1px solid var(--line); font-size: .9375rem; }
@media (max-width: 34rem) {
  .feeds li { grid-template-columns: minmax(0, 1fr) auto; }
  .address { grid-row: 2; grid-column: 1 / -1; }
}
@media (min-width: 64rem), print {
  .panel { display: grid; grid-template: auto auto 1fr / minmax(0, 1fr) auto; column-gap: 1.5rem; }
  .panel > * { grid-column: 1; }
  .panel figure { display: block; grid-column: 2; grid-row: 1 / span 3; width: 8.5rem; margin-block: .9rem; }
}
@media (min-width: 64rem) {
  .site { max-width: 70rem; padding-inline: 2.5rem; }
  .site main { display: grid; grid-template-columns: minmax(0, 1fr) 20rem; column-gap: 5rem; align-items: start; }
  .site .parts { grid-column: 2; grid-row: 1 / span 2; }
  .site header, .site footer { max-width: none; }
}
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
@media print {
  button, .skip, nav, .open, details, audio, video { display: none; }
  .start { max-width: none; }
  body { max-width: none; padding: 0; background: none; color: #000000; }
  .entries li { break-inside: avoid; }
}
`;

/** Without what browsers do not need, so that pages are short. */
export const minified = (sheet: string): string =>
  sheet
    .replace(/\s*\n\s*/g, " ")
    .replace(/ ?([{};]) ?/g, "$1")
    .replace(/;\}/g, "}")
    .replace(/([:,]) (?=\S)/g, "$1")
    .trim();

const STYLE = minified(SHEET);

const styleBy = memoised((color: string): string => {
  const { light, dark } = paletteOf(color);
  return `${STYLE}:root{--water:${light}}@media(prefers-color-scheme:dark){:root{--water:${dark}}}`;
});

/** Minified; with the owner's colour, if there is one. */
export const styleOf = (color: string | undefined): string => (color === undefined ? STYLE : styleBy(color));
