/** `dripfeed check`: every problem of the content, by a dry run on empty stores. */
import { parseArgs } from "node:util";
import { showAnnotations } from "../terminal/annotations.ts";
import { readFrames } from "../terminal/frame.ts";
import { showCheck } from "../terminal/report.ts";
import { paint, print } from "./console.ts";
import { examine } from "./examine.ts";
import { exitCode } from "./exit.ts";
import { momentOf, STORES, storeNames } from "./options.ts";

export async function runCheck(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...STORES,
      now: { type: "string" },
      json: { type: "boolean" },
      github: { type: "boolean" },
      strict: { type: "boolean" },
    },
  });
  const name = storeNames(values).content;
  const { content, report } = await examine(name, momentOf(values.now));
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
