/** `dripfeed check`: every problem of the content. */
import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { publish } from "../publish/publish.ts";
import { memoryStore } from "../stores/memory.ts";
import { openStore, storeOptions } from "../stores/open.ts";
import { showAnnotations } from "../terminal/annotations.ts";
import { readFrames } from "../terminal/frame.ts";
import { showCheck } from "../terminal/report.ts";
import { withRenderers } from "../workers/renderers.ts";
import { clock, exitCode, momentOf, paint, print, STORES, storeNames, tell, usage } from "./command.ts";

/** A dry run on empty stores: the content's problems are all that it can find. */
export async function runCheck(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...STORES,
      now: { type: "string" },
      json: { type: "boolean" },
      github: { type: "boolean" },
    },
  });
  const name = storeNames(values).content;
  const content = await usage(openStore(name, storeOptions(process.env)));
  const report = await withRenderers((renderEntry) =>
    publish({
      ...{ content, public: memoryStore(), state: memoryStore() },
      ...{ now: momentOf(values.now), clock, run: randomUUID(), log: tell },
      ...{ dryRun: true, renderAll: true, renderEntry },
      // What is refused is not the content's fault, and nothing is published.
      force: true,
    }),
  );
  const { problems } = report;
  if (values.github && problems.length > 0) {
    print(showAnnotations(problems, name, process.env["GITHUB_WORKSPACE"] ?? process.cwd()));
  }
  print(
    values.json ? JSON.stringify(problems, null, 2) : showCheck(report, await readFrames(content, problems), paint),
  );
  return exitCode(report, true);
}
