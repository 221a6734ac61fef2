/** Every problem of a content store: a dry run on empty stores, in which every post is rendered. */
import { randomUUID } from "node:crypto";
import { publish } from "../publish/publish.ts";
import type { Report } from "../publish/types.ts";
import { memoryStore } from "../stores/memory.ts";
import { openStore, storeOptions } from "../stores/open.ts";
import type { Store } from "../stores/store.ts";
import { withHelper } from "../workers/helper.ts";
import { clock, log, progress } from "./console.ts";
import { exitCode, orUsageError } from "./exit.ts";
import { foldersOf } from "./folders.ts";

export interface Examined {
  readonly content: Store;
  readonly report: Report;
  readonly code: number;
}

export async function examine(name: string, now: Date): Promise<Examined> {
  const content = await orUsageError(openStore(name, storeOptions(process.env)));
  const report = await withHelper(foldersOf({ content: name }), (helper) =>
    publish({
      content,
      public: memoryStore(),
      state: memoryStore(),
      now,
      clock,
      run: randomUUID(),
      log,
      progress,
      dryRun: true,
      renderAll: true,
      helper,
      force: true, // a refusal concerns what would be published, not the content
    }),
  );
  return { content, report, code: exitCode(report, true) };
}
