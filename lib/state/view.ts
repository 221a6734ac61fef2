/** View: what should be, seen at one moment. Survey, records and plan, and what a pass has come to doubt on its way. */
import type { Plan, Post } from "../model.ts";
import { adoptionOf } from "./adopted.ts";
import { type Drift, findDrift, NO_DRIFT } from "./drift.ts";
import type { Doubts } from "./memo.ts";
import type { Known, Pass } from "./pass.ts";
import { planPass } from "./plan.ts";
import { forgetEntries, type Settled, settleRecords } from "./settle.ts";
import { redate, type Survey, type Surveyed, surveyContent, surveyedIn, withFailures } from "./survey.ts";

export interface View {
  /** The keys that were looked into, to be compared once more under the claim. */
  readonly surveyed: Surveyed;
  /** The posts that were read, as many as there is room for. */
  readonly posts: ReadonlyMap<string, Post>;
  readonly drift: Drift;
  readonly settled: Settled;
  readonly plan: Plan;
  /** Key of the ids of a former system for which a post still waits. */
  readonly adopted: string | undefined;
}

/** Without hints the public store is looked at as well. Writes nothing. */
export async function viewContent(
  pass: Pass,
  known: Known,
  hints: readonly string[] | undefined,
  doubts: Doubts,
): Promise<View> {
  const { content, state, site, now, log } = pass;
  const { authority, podcastGuid } = known;
  const drift = hints === undefined ? await findDrift(pass.public, known.catalog, now) : NO_DRIFT;
  const inherited = new Set([...known.inherited, ...drift.astray]);
  const catalog = known.catalog && forgetEntries(known.catalog, doubts.forgotten);
  const again = new Set([...doubts.moved, ...doubts.failed.keys()]);
  const adoption = adoptionOf(state, known.adopted);
  const look = (hints?: readonly string[]) => surveyContent({ content, site, catalog, now, hints, again, log });
  const hinted = await look(hints);
  // The other bell of a rename is still to come.
  const beside = hints ? await adoption.beside(hinted.findings, catalog) : [];
  const first = hints && beside.length > 0 ? await look([...hints, ...beside]) : hinted;
  const settle = async (survey: Survey) => {
    // A post that cannot be rendered is a problem like any other.
    const findings = withFailures(survey.findings, doubts.failed);
    return settleRecords({
      ...{ catalog, findings, authority, now, isCalm: known.recalled === "former" },
      adopted: await adoption.forNew(findings, catalog),
    });
  };
  const { misdated, ...found } = await settle(first);
  const survey = misdated.size === 0 ? first : await redate({ content, site, log }, first, misdated);
  const settled: Settled = survey === first ? found : await settle(survey);
  const plan = planPass({
    ...{ ...settled, site, now, catalog, authority, podcastGuid, inherited },
    drifted: drift.paths,
  });
  const adopted = adoption.waiting(settled.records);
  // Findings as such are let go: of a large site they weigh as much as its records.
  return { surveyed: surveyedIn(survey), posts: survey.posts, drift, settled, plan, adopted };
}
