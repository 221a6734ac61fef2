/** Problems as the preview's pages show them: each with the lines around it, and what to do. */
import { type Html, html } from "../../base/html.ts";
import type { PostRecord, Problem } from "../../model.ts";
import { compareKeys, type Store } from "../../stores/store.ts";
import { type Frame, readFrames, showFrame } from "../../terminal/frame.ts";
import { plain, visible } from "../../terminal/text.ts";
import { count } from "../../terminal/words.ts";
import type { LastRun } from "../bar.ts";
import { entryPath } from "./paths.ts";
import type { OwnPage } from "./shell.ts";

/** Of one cause so many are shown: the rest have the same remedy. */
const MAX_OF_A_CAUSE = 20;

/** Every cause, errors first, then the most frequent. */
export async function problemsPage(
  { problems, failure }: LastRun,
  { content, records }: { readonly content: Store; readonly records: readonly PostRecord[] },
): Promise<OwnPage> {
  const causes = [...Map.groupBy(problems, ({ severity, code }) => `${severity} ${code}`).values()].sort(byWeight);
  const shown = causes.map((cause) => [...cause].sort(byPlace).slice(0, MAX_OF_A_CAUSE));
  const frames = await readFrames(content, shown.flat());
  const posts = new Set(records.map(({ key }) => key));
  const sections = causes.map((cause, i) => {
    const [first] = cause;
    const more = cause.length - MAX_OF_A_CAUSE;
    return html`<section>
<h2 class="${first?.severity ?? ""}">${count(cause.length, first?.severity ?? "problem")}: ${first?.code ?? ""}</h2>
${problemList(shown[i] ?? [], frames, (file) => posts.has(file))}${more > 0 ? html`<p class="quiet">… and ${more} more of the same cause</p>\n` : ""}</section>
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
<p><b class="${severity}">${severity}:</b> ${visible(message)}</p>
${lines}<p><b>Fix:</b> ${visible(fix)}</p>
</li>
`;
}

const rankOf = (cause: readonly Problem[]): number => (cause[0]?.severity === "error" ? 0 : 1);
const byWeight = (a: readonly Problem[], b: readonly Problem[]): number => rankOf(a) - rankOf(b) || b.length - a.length;
const byPlace = (a: Problem, b: Problem): number => compareKeys(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0);
