/** Problems as the preview's pages show them: each with the lines around it, and what to do. */
import { type Html, html } from "../../base/html.ts";
import type { PostRecord, Problem } from "../../model.ts";
import type { Store } from "../../stores/store.ts";
import { causesOf } from "../../terminal/causes.ts";
import { type Frame, readFrames, showFrame } from "../../terminal/frame.ts";
import { plain, visible } from "../../terminal/text.ts";
import { count } from "../../terminal/words.ts";
import type { LastRun } from "../bar.ts";
import { entryPath } from "./paths.ts";
import type { OwnPage } from "./shell.ts";

/** Of one cause so many are shown: the rest have the same remedy. */
const MAX_OF_A_CAUSE = 20;

/** Every cause, as the terminal tells them apart and orders them. */
export async function problemsPage(
  { problems, failure }: LastRun,
  { content, records }: { readonly content: Store; readonly records: readonly PostRecord[] },
): Promise<OwnPage> {
  const causes = causesOf(problems).map(({ example, problems }) => {
    return { example, total: problems.length, shown: problems.slice(0, MAX_OF_A_CAUSE) };
  });
  const frames = await readFrames(
    content,
    causes.flatMap(({ shown }) => shown),
  );
  const posts = new Set(records.map(({ key }) => key));
  const sections = causes.map(({ example: { severity, code }, total, shown }) => {
    const more = total - shown.length;
    return html`<section>
<h2 class="${severity}">${count(total, severity)}: ${code}</h2>
${problemList(shown, frames, (file) => posts.has(file))}${more > 0 ? html`<p class="quiet">… and ${more} more of the same cause</p>\n` : ""}</section>
`;
  });
  const state =
    failure === undefined ? "" : html`<p class="error">Not published: ${failure}. The feeds stay as they were.</p>\n`;
  const none = problems.length === 0 ? html`<p>Nothing is wrong with the content.</p>\n` : "";
  return { title: "Problems", main: html`${state}${none}${sections}` };
}

/** `isPost`: whether a file has a page of its own. */
export function problemList(
  problems: readonly Problem[],
  frames: ReadonlyMap<Problem, Frame>,
  isPost: (file: string) => boolean = () => false,
): Html {
  return html`<ul class="problems">
${problems.map((problem) => problemItem(problem, frames.get(problem), isPost(problem.file)))}</ul>
`;
}

function problemItem(problem: Problem, frame: Frame | undefined, isPost: boolean): Html {
  const { severity, file, line, message, fix } = problem;
  const where = `${visible(file)}${line === undefined ? "" : `, line ${line}`}`;
  const place = isPost ? html`<a href="${entryPath(file)}">${where}</a>` : html`${where}`;
  const lines = frame && line !== undefined ? html`<pre>${showFrame(frame, line, plain).join("\n")}</pre>\n` : "";
  return html`<li>
<p>${place}</p>
<p><b class="${severity}">${severity}:</b> ${withCode(visible(message))}</p>
${lines}<p><b>Fix:</b> ${withCode(visible(fix))}</p>
</li>
`;
}

/** What messages have between backticks is to be written as it is. */
const withCode = (text: string): Html =>
  html`${text.split(/`([^`]+)`/).map((part, i) => (i % 2 === 0 ? part : html`<code>${part}</code>`))}`;
