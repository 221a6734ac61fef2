/** `dripfeed check`: every problem of the content, by a dry run on empty stores. */
import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { publish } from "../publish/publish.ts";
import { memoryStore } from "../stores/memory.ts";
import { openStore, storeOptions } from "../stores/open.ts";
import { showAnnotations } from "../terminal/annotations.ts";
import { readFrames } from "../terminal/frame.ts";
import { showCheck } from "../terminal/report.ts";
import { withRenderers } from "../workers/renderers.ts";
import { clock, log, paint, print } from "./console.ts";
import { exitCode, orUsageError } from "./exit.ts";
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
  const content = await orUsageError(openStore(name, storeOptions(process.env)));
  const report = await withRenderers((rendering) =>
    publish({
      content,
      public: memoryStore(),
      state: memoryStore(),
      now: momentOf(values.now),
      clock,
      run: randomUUID(),
      log,
      dryRun: true,
      renderAll: true,
      ...rendering,
      force: true, // a refusal concerns what would be published, not the content
    }),
  );
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
