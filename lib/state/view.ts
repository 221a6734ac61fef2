/** View: what should be, seen at one moment. Survey, records and plan, with every entry that the plan needs at hand. */
import { documentRenderer } from "../formats/document.ts";
import type { ListedRecord, Plan, PostRecord } from "../model.ts";
import { type Drift, findDrift, NO_DRIFT } from "./drift.ts";
import { channelId } from "./ids.ts";
import { type Gathered, gatherEntries } from "./memo.ts";
import type { Known, Pass } from "./pass.ts";
import { planPass } from "./plan.ts";
import { forgetEntries, settleRecords } from "./settle.ts";
import { type Survey, surveyContent, withFailures } from "./survey.ts";

export interface View {
  readonly survey: Survey;
  readonly drift: Drift;
  readonly records: readonly PostRecord[];
  readonly plan: Plan;
  readonly gathered: Gathered;
  /** The bytes of a planned document. */
  readonly render: (path: string) => Uint8Array;
}

/** Without hints the public store is looked at as well. Writes nothing. */
export async function viewContent(pass: Pass, known: Known, hints: readonly string[] | undefined): Promise<View> {
  const { content, state, site, now } = pass;
  const { authority, inherited } = known;
  let { catalog } = known;
  let survey = await surveyContent({ content, site, catalog, now, hints });
  const drift = hints === undefined ? await findDrift(pass.public, catalog) : NO_DRIFT;
  for (;;) {
    const records = settleRecords({ catalog, findings: survey.findings, authority, now });
    const plan = planPass({ records, site, catalog, authority, inherited, drifted: drift.paths });
    const gathered = await gatherEntries(recordsToRender(plan), { content, state, site, posts: survey.posts });

    const { failed, moved, forgotten } = gathered;
    if (failed.size + moved.length + forgotten.length === 0) {
      return { survey, drift, records, plan, gathered, render: renderer(pass, known, plan, gathered) };
    }
    // A post that cannot be rendered is a problem like any other; the plan is made again without it.
    survey = withFailures(survey, records, failed);
    if (catalog && forgotten.length > 0) catalog = forgetEntries(catalog, forgotten);
    if (moved.length > 0) {
      survey = await surveyContent({ content, site, catalog, now, hints: hints && [...hints, ...moved] });
    }
  }
}

function recordsToRender({ documents, put }: Plan): ReadonlySet<ListedRecord> {
  const paths = new Set(put.map(({ path }) => path));
  return new Set(documents.filter(({ path }) => paths.has(path)).flatMap(({ window }) => window.records));
}

function renderer({ site }: Pass, { authority }: Known, { documents }: Plan, { entries }: Gathered): View["render"] {
  const renderDocument = documentRenderer(site, (channel) => channelId(channel, authority), entries);
  const byPath = new Map(documents.map((document) => [document.path, document]));
  return (path) => {
    const document = byPath.get(path);
    if (!document) throw new Error(`${path} is in no plan`);
    return renderDocument(document);
  };
}
