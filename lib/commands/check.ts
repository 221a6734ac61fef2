/** `dripfeed check`: every problem of the content, by a dry run on empty stores. */
import { isError } from "../base/problems.ts";
import { showAnnotations } from "../terminal/annotations.ts";
import { examplesIn, showCauses, showCheck } from "../terminal/check.ts";
import { readFrames } from "../terminal/frame.ts";
import { advise } from "./advise.ts";
import { paint, print, show, width } from "./console.ts";
import { assertContent } from "./content.ts";
import type { InputOf } from "./declare.ts";
import type { CHECK } from "./declared/feeds.ts";
import { examine } from "./examine.ts";
import { exitCode } from "./exit.ts";
import { momentOf } from "./now.ts";
import { contentAsGiven } from "./options.ts";
import { typed } from "./typed.ts";

export async function runCheck({ values, given, words }: InputOf<typeof CHECK>): Promise<number> {
  const name = values.content;
  await assertContent(name, contentAsGiven(given));
  const now = await momentOf(values.now);
  const { content, report } = await examine(name, now);
  const { problems } = report;
  if (values.github && problems.length > 0) {
    print(showAnnotations(problems, name, process.env["GITHUB_WORKSPACE"] ?? process.cwd()));
  }
  if (values.json) print(JSON.stringify(problems, null, 2));
  else if (values.all) await show(showCheck(report, { frames: await readFrames(content, problems, width()), paint }));
  else {
    const frames = await readFrames(content, examplesIn(problems), width());
    const advice = await advise(content, problems, now);
    await show(showCauses(report, { frames, paint, advice, all: typed(["check", ...words, "--all"], process.env) }));
  }
  // A post with a warning is published all the same, so a warning must not keep CI from publishing.
  const failing = values.strict ? problems : problems.filter(isError);
  return exitCode({ ...report, problems: failing }, true);
}
