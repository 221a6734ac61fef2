/** What the preview says in the terminal. */
import { publicUrl } from "../channels/urls.ts";
import { fileOf } from "../formats/files.ts";
import type { Problem } from "../model.ts";
import type { Report } from "../publish/types.ts";
import type { Site } from "../site/types.ts";
import { showProblems } from "../terminal/problems.ts";
import { visible } from "../terminal/text.ts";
import { count } from "../terminal/words.ts";
import type { Hints } from "./gather.ts";
import { ENTRIES } from "./own/paths.ts";

/** `origin` is that of the preview. */
export function welcome(site: Site, origin: string): string {
  const { title, feeds, formats } = site;
  const addresses = [
    ["page", publicUrl(fileOf("page", site), site)] as const,
    ["posts", origin + ENTRIES] as const,
    ...formats.map((format) => [format, feeds + fileOf(format, site)] as const),
  ];
  const lines = addresses.map(([name, url]) => `  ${name.padEnd(6)}${url}`);
  return [visible(title), ...lines, "Pages that are open follow every change. Ctrl-C ends"].join("\n");
}

export const identity = (problem: Problem): string => JSON.stringify(problem);

/** Which files changed, what was published, and the problems that were not reported before. */
export function summary(report: Report, hints: Hints, reported: ReadonlySet<string>): string {
  const { put, removed, problems, refused, took } = report;
  const [key, ...more] = hints ?? [];
  const what = key === undefined ? "" : `${visible(key)}${more.length > 0 ? ` and ${more.length} more` : ""}: `;
  const newProblems = problems.filter((problem) => !reported.has(identity(problem)));
  const work = refused
    ? `${visible(refused.message)}; the feeds stay as they were`
    : put.length + removed.length === 0
      ? "no feed changed"
      : `${put.length} put, ${removed.length} removed`;
  const total = problems.length > 0 ? `; ${count(problems.length, "problem")}` : "";
  return [`${what}${work}${total} (${took} ms)`, ...showProblems(newProblems).map((line) => `  ${line}`)].join("\n");
}

export const reasonsOf = ({ refused, problems }: Report): readonly string[] =>
  refused && problems.length === 0 ? [refused.message, refused.fix] : showProblems(problems);
