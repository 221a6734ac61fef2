/** View: what should be, seen at one moment. Survey, records and plan, with every entry that the plan needs at hand. */
import { isListed } from "../channels/listed.ts";
import { documentRenderer, recordsOf } from "../formats/document.ts";
import type { ListedRecord, Plan, Problem } from "../model.ts";
import { type Drift, findDrift, NO_DRIFT } from "./drift.ts";
import { channelId } from "./ids.ts";
import { type Gathered, gatherEntries } from "./memo.ts";
import type { Known, Pass } from "./pass.ts";
import { planPass } from "./plan.ts";
import { forgetEntries, type Settled, settleRecords } from "./settle.ts";
import { type Survey, surveyContent, withFailures } from "./survey.ts";
import { LostClaim } from "./turn.ts";

export interface View {
  readonly survey: Survey;
  readonly drift: Drift;
  readonly settled: Settled;
  readonly plan: Plan;
  readonly gathered: Gathered;
  /** The bytes of a planned document. */
  readonly render: (path: string) => Uint8Array;
}

const ROUNDS = 8;

/** Without hints the public store is looked at as well. Writes nothing. */
export async function viewContent(pass: Pass, known: Known, hints: readonly string[] | undefined): Promise<View> {
  const { content, state, site, now, log } = pass;
  const { authority, inherited, podcastGuid } = known;
  const drift = hints === undefined ? await findDrift(pass.public, known.catalog) : NO_DRIFT;
  const again = new Set<string>();
  const failures = new Map<string, Problem>();
  let { catalog } = known;
  let survey = await surveyContent({ content, site, catalog, now, hints, again, log });
  for (let round = 1; round <= ROUNDS; round++) {
    const findings = withFailures(survey.findings, failures);
    const settled = settleRecords({ catalog, findings, authority, now });
    const plan = planPass({
      ...{ ...settled, site, now, catalog, authority, podcastGuid, inherited },
      drifted: drift.paths,
    });
    const needed = recordsToRender(plan);
    const records = pass.renderAll ? settled.records.filter(isListed) : needed;
    const gathered = await gatherEntries(records, { content, state, site, posts: survey.posts, needed });

    const { failed, moved, forgotten } = gathered;
    if (failed.size + moved.length + forgotten.length === 0) {
      return { survey, drift, settled, plan, gathered, render: renderer(pass, known, plan, gathered) };
    }
    // A post that cannot be rendered is a problem like any other; the plan is made again without it.
    for (const [key, failure] of failed) failures.set(key, failure);
    for (const key of [...moved, ...failed.keys()]) again.add(key);
    if (catalog) catalog = forgetEntries(catalog, forgotten);
    survey = await surveyContent({ content, site, catalog, now, hints, again, log });
  }
  throw new LostClaim("the content does not stand still");
}

function recordsToRender({ documents, put }: Plan): ReadonlySet<ListedRecord> {
  const paths = new Set(put.map(({ path }) => path));
  return new Set(documents.filter(({ path }) => paths.has(path)).flatMap(recordsOf));
}

function renderer({ site }: Pass, known: Known, { documents, windows }: Plan, { entries }: Gathered): View["render"] {
  const { authority, podcastGuid } = known;
  const renderDocument = documentRenderer({
    ...{ site, podcastGuid, entries, windows },
    channelId: (channel) => channelId(channel, authority),
  });
  const byPath = new Map(documents.map((document) => [document.path, document]));
  return (path) => {
    const document = byPath.get(path);
    if (!document) throw new Error(`${path} is in no plan`);
    return renderDocument(document);
  };
}
