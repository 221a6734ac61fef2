/** The style sheet of the preview's own pages. Contrast is at least 4.5 : 1 (WCAG 2.2, level AA). */

export const OWN_STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fbfcfa; --panel: #f0f5f2; --ink: #1b2420; --quiet: #56635d; --line: #dbe4df; --link: #0b6a58; --bad: #a3211a; --warn: #7a5200;
}
@media (prefers-color-scheme: dark) {
  :root { --paper: #111715; --panel: #19221f; --ink: #e5ece8; --quiet: #9baaa3; --line: #2b3733; --link: #74d0b7; --bad: #ff9a8f; --warn: #e5b95c; }
}
* { box-sizing: border-box; }
body { max-width: 56rem; margin: 0 auto; padding: 1.5rem 1.25rem 1rem; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
a { color: var(--link); text-underline-offset: .2em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
h1 { font-size: 1.75rem; line-height: 1.3; margin: 1rem 0 .5rem; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .75rem; }
.quiet { color: var(--quiet); }
.error { color: var(--bad); }
.warning { color: var(--warn); }
.summary { font-size: 1.0625rem; }
.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .9375rem; }
th, td { padding: .5rem .75rem .5rem 0; border-block-end: 1px solid var(--line); text-align: start; vertical-align: top; }
th { font-weight: 600; color: var(--quiet); white-space: nowrap; }
.wide td { min-width: 7rem; }
.posts th:nth-child(2) { width: 8rem; }
.posts th:nth-child(3) { width: 18rem; }
.date { white-space: nowrap; }
@media (max-width: 40rem) {
  .posts thead { position: absolute; clip-path: inset(50%); }
  .posts tr { display: block; padding-block: .6rem; border-block-end: 1px solid var(--line); }
  .posts td { display: block; padding: 0; border: 0; }
  .posts .date, .posts .date + td { display: inline-block; min-width: 7rem; vertical-align: top; }
  .posts .date { color: var(--quiet); }
  .posts .date:empty { display: none; }
}
pre, code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .8125rem; }
pre { margin: .5rem 0; padding: .75rem 1rem; background: var(--panel); border: 1px solid var(--line); border-radius: .5rem; overflow-x: auto; line-height: 1.5; white-space: pre-wrap; }
.problems code { padding: .1em .3em; border-radius: .25rem; background: var(--panel); }
details { margin-block: .5rem; }
summary { cursor: pointer; }
.problems { padding: 0; list-style: none; }
.problems > li { margin-block: 1.25rem; padding-inline-start: 1rem; border-inline-start: 3px solid var(--line); }
.problems p { margin: .2rem 0; }
.body { padding: .25rem 1.25rem; border: 1px solid var(--line); border-radius: .75rem; }
audio, video, .media img { display: block; max-width: 100%; max-height: 60vh; margin-block: .5rem; }
.media { padding: 0; list-style: none; }
.media li { margin-block: 1rem; }
`.trim();

/** Of a text as a feed reader shows it, apart from all styles of the page around it. */
export const BODY_STYLE = `
:host { display: block; font: 1.0625rem/1.65 Georgia, "Noto Serif", "Songti SC", "Noto Serif CJK SC", serif; }
img, video { max-width: 100%; height: auto; }
audio { width: 100%; }
pre { overflow-x: auto; white-space: pre-wrap; }
pre, code { font-size: .875em; }
table { border-collapse: collapse; }
th, td { padding: .25rem .5rem; border: 1px solid; }
blockquote { margin-inline: 0; padding-inline-start: 1rem; border-inline-start: 3px solid; }
figure { margin-inline: 0; }
a { color: inherit; }
`.trim();
