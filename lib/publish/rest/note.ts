/** What a run that has done all its work notes, so that the next can see that there is nothing to do. */
import { present } from "../../base/optional.ts";
import type { Instant } from "../../model.ts";
import type { Site } from "../../site/types.ts";
import type { RestNote } from "../../state/types.ts";
import type { Store } from "../../stores/store.ts";
import type { Reconciled } from "../reconcile/reconcile.ts";
import { postMatcher } from "../scan/keys.ts";
import type { Plan } from "../types.ts";
import { folderWithin } from "./listing.ts";
import type { ReportAtRest } from "./types.ts";

interface RunAtItsEnd {
  readonly rest: Pick<RestNote, "build" | "content"> | undefined;
  readonly name: string;
  readonly now: Instant;
  readonly content: Pick<Store, "name">;
  readonly public: Pick<Store, "name">;
  readonly site: Site;
  readonly after: Pick<Reconciled, "records">;
  readonly plan: Pick<Plan, "documents">;
  readonly report: ReportAtRest;
}

/** A report with so many problems is made anew: each catalog would carry them. */
const LONGEST = 32_000;

/** What another run may read where this one could not, without any sign in a listing. */
const PASSING = new Set(["unreadable", "timed-out"]);

/** Nothing where a run with the same content might see more than this one did. */
export function restNote(run: RunAtItsEnd): Omit<RestNote, "published"> | undefined {
  const { rest, name, now, after, report } = run;
  if (!rest) return undefined;
  const isWhole = after.records.every(({ etag, state }) => etag !== "" && state !== "conflicting");
  if (arePosts(run)) return undefined;
  if (!isWhole || report.problems.some(({ code }) => PASSING.has(code))) return undefined;
  if (JSON.stringify(report).length > LONGEST) return undefined;
  const stores = [run.content.name, run.public.name];
  return { ...rest, run: name, from: now, ...present({ due: report.due }), stores, report: { ...report } };
}

/** The next run reads the documents that this one writes as posts: pages in a folder of posts. */
function arePosts({ content, public: served, site, plan }: RunAtItsEnd): boolean {
  const folder = folderWithin(content, served);
  if (folder === undefined) return false;
  const isPost = postMatcher(site);
  return plan.documents.some(({ path }) => isPost(folder + path));
}
