/** The time before the first push, when functions are called already: there is nothing to publish, and nothing is wrong. */
import { SITE_KEY, siteProblem } from "../base/problems.ts";
import type { Problem } from "../model.ts";
import { UNUSABLE_SITE } from "../publish/refusals.ts";
import type { Report } from "../publish/types.ts";
import { readHead } from "../state/head.ts";
import { readObject, type Store } from "../stores/store.ts";

interface Stores {
  readonly content: Store;
  readonly state: Store;
}

/**
 * What to do, where nothing was ever published and the content has no `site.yaml` yet: a push puts it after posts, so that the first
 * run may find some of them. Once there is a catalog, content that is gone looks like an accident.
 */
export async function noContentYet({ content, state }: Stores): Promise<Problem | undefined> {
  const { value: head } = await readHead(state);
  if (head.catalog !== undefined || (await readObject(content, SITE_KEY, 1))) return undefined;
  return siteProblem("no-content", `${content.name} has no ${SITE_KEY} yet, so there is nothing to publish`, {
    fix: `push the folder that has it: dripfeed push <folder> ${content.name}`,
  });
}

/** The report of a run; where there was no content yet, it says so instead of a refusal. */
export async function orNoContent(report: Report, stores: Stores): Promise<Report> {
  if (report.refused?.code !== UNUSABLE_SITE.code) return report;
  const waits = await noContentYet(stores);
  if (!waits) return report;
  const { refused: _, ...rest } = report;
  return { ...rest, problems: [waits] };
}
