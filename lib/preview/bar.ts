/** The bar at the bottom of every page in the preview: the ways to its own pages, and what is wrong. */
import { type Html, html } from "../base/html.ts";
import { isError } from "../base/problems.ts";
import type { Problem } from "../model.ts";
import { count } from "../terminal/words.ts";
import { ENTRIES, PROBLEMS } from "./own/paths.ts";

/** What the last run said. */
export interface LastRun {
  readonly problems: readonly Problem[];
  /** Why nothing was published. */
  readonly failure?: string | undefined;
}

export function barOf({ problems, failure }: LastRun, home: string): Html {
  const hasError = problems.some(isError);
  const wrong = problems.length > 0 ? count(problems.length, "problem") : "No problems";
  return html`<p><b>Preview</b>
<a href="${home}">Feeds</a>
<a href="${ENTRIES}">Entries</a>
<a href="${PROBLEMS}"${hasError ? html` class="error"` : ""}>${wrong}</a></p>
${failure === undefined ? "" : failureMarkup(failure, problems)}<p class="gone">The preview has stopped. This page goes on when it is started again.</p>
`;
}

function failureMarkup(failure: string, problems: readonly Problem[]): Html {
  const first = problems.find(isError);
  const where = first && `${first.file}${first.line === undefined ? "" : `, line ${first.line}`}: ${first.message}`;
  return html`<p class="failure"><b>Not published, and shown as it was before.</b> <a href="${PROBLEMS}">${where ?? failure}</a></p>
`;
}

/** Apart from the style of the page: each rule names the bar. Contrast is at least 4.5 : 1. */
const SHEET = `
#dripfeed { all: revert; box-sizing: border-box; position: sticky; bottom: .5rem; width: fit-content; max-width: 100%; margin: 2rem auto .5rem;
  padding: .4rem .9rem; border: 1px solid #c9d3ce; border-radius: .75rem; background: #f4f7f5; color: #33403a;
  font: .8125rem/1.6 system-ui, sans-serif; direction: ltr; text-align: left; overflow-wrap: anywhere; }
#dripfeed p { margin: 0; display: flex; flex-wrap: wrap; gap: .1rem 1rem; }
#dripfeed a { color: #0b6a58; }
#dripfeed b { font-weight: 600; }
#dripfeed .failure, #dripfeed .failure a, #dripfeed .error { color: #a3211a; }
#dripfeed .gone { display: none; }
#dripfeed.lost .gone { display: block; }
@media (prefers-color-scheme: dark) {
  #dripfeed { border-color: #35423c; background: #1c2622; color: #c3cfc9; }
  #dripfeed a { color: #74d0b7; }
  #dripfeed .failure, #dripfeed .failure a, #dripfeed .error { color: #ff9a8f; }
}
@media print { #dripfeed { display: none; } }
`;

export const BAR_STYLE = SHEET.trim();
