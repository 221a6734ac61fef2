/** `dripfeed check`: every problem of the content, by a dry run on empty stores. */
import { showAnnotations } from "../terminal/annotations.ts";
import { readFrames } from "../terminal/frame.ts";
import { showCheck } from "../terminal/report.ts";
import { clock, paint, print } from "./console.ts";
import type { InputOf } from "./declare.ts";
import type { CHECK } from "./declared/feeds.ts";
import { examine } from "./examine.ts";
import { exitCode } from "./exit.ts";

export async function runCheck({ values }: InputOf<typeof CHECK>): Promise<number> {
  const name = values.content;
  const { content, report } = await examine(name, values.now ?? clock.now());
  const { problems } = report;
  if (values.github && problems.length > 0) {
    print(showAnnotations(problems, name, process.env["GITHUB_WORKSPACE"] ?? process.cwd()));
  }
  print(
    values.json ? JSON.stringify(problems, null, 2) : showCheck(report, await readFrames(content, problems), paint),
  );
  // A post with a warning is published all the same, so a warning must not keep CI from publishing.
  const failing = values.strict ? problems : problems.filter(({ severity }) => severity === "error");
  return exitCode({ ...report, problems: failing }, true);
}
