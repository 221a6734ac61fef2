/** The style sheet of the author's page: that of the site's pages, and what its plots and tables need besides. */
import { styleOf } from "../../formats/page/style.ts";

/**
 * Without `<` and `&`, so that HTML and XML parsers read the same. Strokes keep their width in a stretched view box. Lines differ by
 * dashes, bars by an outline: never by colour alone.
 */
const SHEET = `
.audience { max-width: 62rem; }
h1 a { color: inherit; text-decoration: none; }
.headline { margin-block-start: 1.5rem; font-size: 1.0625rem; color: var(--quiet); }
.headline strong { margin-inline-end: .15em; color: var(--ink); font-size: clamp(2.75rem, 2rem + 4vw, 4rem); line-height: 1.1; letter-spacing: -.02em; font-variant-numeric: tabular-nums; }
.partial { margin-block: .5rem; padding: .4rem .8rem; border-inline-start: 3px solid var(--water); background: var(--panel); }
.parts-of { display: flex; flex-wrap: wrap; gap: .75rem 2.25rem; margin-block: 1rem; }
.parts-of dt { color: var(--quiet); font-size: .875rem; }
.parts-of dd { font-size: 1.375rem; font-weight: 650; line-height: 1.3; font-variant-numeric: tabular-nums; }
.headline ~ .note { margin-block-start: .35rem; }
.says { max-width: 44rem; margin-block-end: 1rem; }
.legend { display: flex; flex-wrap: wrap; gap: .1rem 1.5rem; margin-block-end: 1.1rem; font-size: .9375rem; }
.legend svg { vertical-align: -.1em; }
svg { display: block; overflow: visible; }
.legend svg { display: inline-block; }
svg path, svg line { vector-effect: non-scaling-stroke; }
.main { padding-inline: 2.75rem .5rem; margin-block-end: 1rem; }
.main text { fill: var(--quiet); font-size: 12px; font-variant-numeric: tabular-nums; }
.value { text-anchor: end; }
.day { text-anchor: middle; }
.day.last { text-anchor: end; }
.rule, .axis { fill: none; stroke: var(--line); stroke-width: 1px; }
.axis { stroke: var(--quiet); }
.reported, .total { fill: none; stroke: var(--water); stroke-width: 2px; stroke-linecap: round; stroke-linejoin: round; }
.total { stroke: var(--ink); stroke-width: 1.5px; stroke-dasharray: 5 4; }
.area { stroke: none; fill: var(--water); fill-opacity: .16; }
.total-area { fill: var(--ink); fill-opacity: .06; }
.gap { fill: var(--line); fill-opacity: .75; }
.bars { fill: var(--water); }
.small { width: 100%; height: 56px; margin-block: .6rem .35rem; }
.small .reported { stroke-width: 1.5px; }
.main .dot, .small .dot { stroke-width: 4px; stroke-dasharray: none; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)); gap: 2rem 2.25rem; margin-block: 1.5rem; }
.cards li { display: flex; flex-direction: column; min-width: 0; }
.cards .small { margin-block-start: auto; padding-block-start: .6rem; height: calc(56px + .6rem); }
.cards h3 { font-size: 1rem; }
.cards .note { font-size: .875rem; }
.meta strong { color: var(--ink); font-size: 1.25rem; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; margin-block: .5rem 1rem; }
details .scroll { max-height: 34rem; overflow: auto; }
details thead { position: sticky; top: 0; background: var(--paper); }
table { border-collapse: collapse; min-width: 100%; font-size: .9375rem; line-height: 1.45; }
th, td { padding: .4rem .9rem .4rem 0; border-block-end: 1px solid var(--line); text-align: end; vertical-align: baseline; font-variant-numeric: tabular-nums; overflow-wrap: break-word; }
thead th, td.text { word-break: keep-all; }
thead th { color: var(--quiet); font-size: .8125rem; font-weight: 600; vertical-align: bottom; }
td { white-space: nowrap; }
tbody th { min-width: 9rem; font-weight: 400; overflow-wrap: anywhere; }
thead th::first-letter { text-transform: uppercase; }
tbody th, .text { text-align: start; }
td.text { white-space: normal; }
.readers table { width: 100%; }
.readers tbody th { overflow-wrap: break-word; }
.readers td:last-child { width: 55%; padding-inline-end: 0; }
.bar rect { fill: var(--water); stroke: var(--water); }
.bar .guess { fill: none; stroke-dasharray: 3 2; }
details { margin-block: .6rem; }
.mark { display: inline-block; white-space: nowrap; }
#to-do ~ h3 { margin-block: 2rem .35rem; }
code { font: .875rem/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
pre { margin-block: .75rem; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .45rem; background: var(--panel); white-space: pre-wrap; }
.how-counted p { max-width: 44rem; margin-block-end: .6rem; }
@media (max-width: 40rem) {
  .wide text { display: none; }
  th, td { padding-inline-end: .6rem; }
  .readers td:last-child { width: 35%; }
  .readers tbody th { min-width: 6rem; }
}
@media print { .main, .cards li, tr { break-inside: avoid; } }
`;

export const AUDIENCE_STYLE = `${styleOf(undefined)}${SHEET.replaceAll("\n", "")}`;
