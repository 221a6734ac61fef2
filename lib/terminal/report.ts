/** The report of a run as text for people. */
import { isError } from "../base/problems.ts";
import type { Refusal } from "../model.ts";
import type { Report, SiteOverview } from "../publish/types.ts";
import { causesOf } from "./causes.ts";
import { showChanges, showDocuments } from "./changes.ts";
import { severities } from "./order.ts";
import { type ProblemsView, showProblems } from "./problems.ts";
import { showStatuses } from "./statuses.ts";
import { type Paint, plain, visible } from "./text.ts";
import { count } from "./words.ts";

export interface ReportView extends ProblemsView {
  /** Where a document of the public store can be opened on this machine. */
  readonly openable?: ((path: string) => string) | undefined;
  /** After a first run: what to do next, each a command as it is typed, or a store, and what it is for. */
  readonly next?: readonly (readonly [command: string, purpose: string])[] | undefined;
}

/** What went wrong first, then what was done, and last where it can be looked at. */
export async function showReport(report: Report, view: ReportView = {}): Promise<string> {
  const { refused, forced } = report;
  const { paint = plain } = view;
  return [
    ...showProblems(report.problems, view),
    ...(refused || report.scanned
      ? []
      : [...(await showWork(report, view)), ...showRecovered(report), summaryOf(report, paint)]),
    ...showTotal(report, view),
    ...showUnfinished(report, paint),
    ...(report.due && !refused ? [`next due: ${visible(report.due)} (publish again then, even without an edit)`] : []),
    ...(refused || !hasChanged(report) ? [] : showAddresses(report, view)),
    ...eachOf(forced).map(({ message }) => `${paint("yellow", "forced:")} ${visible(message)}`),
    ...eachOf(refused).flatMap(({ message, fix }) => [
      `${paint("red", "refused:")} ${visible(message)}`,
      `  ${paint("cyan", "fix:")} ${visible(fix)}`,
    ]),
  ].join("\n");
}

function showUnfinished({ unfinished, scanned }: Report, paint: Paint): readonly string[] {
  if (!unfinished) return [];
  const read = scanned ? `read ${scanned.read} of ${count(scanned.total, "post")} and published nothing yet; ` : "";
  const text = scanned?.handedOver
    ? `unfinished: ${read}the others are read beside this run, and another one follows`
    : `unfinished: out of time; ${read}publish again to go on`;
  return [paint("yellow", text)];
}

const eachOf = (refusal: Refusal | undefined): readonly Refusal[] =>
  refusal ? [refusal, ...(refusal.also ?? [])] : [];

const hasChanged = ({ put, removed }: Pick<Report, "put" | "removed">): boolean => put.length + removed.length > 0;

/** Nothing where nothing was to be done: then the summary says it all. */
async function showWork(report: Report, { paint = plain }: ReportView): Promise<readonly string[]> {
  const { site, documents } = report;
  if (!hasChanged(report)) return [];
  const gap = report.problems.length > 0 ? [""] : [];
  const about =
    site && documents
      ? [
          `${paint("bold", visible(site.title))}: ${visible(count(site.entries, "entry", "entries"))} in ${showDocuments(documents)}`,
        ]
      : [];
  return [...gap, ...about, ...(await showChanges(report, paint))];
}

/** Of problems of which several are told as one: the lines of each are shown elsewhere. */
function showTotal({ problems }: Report, { check = "dripfeed check", paint = plain }: ReportView): readonly string[] {
  if (causesOf(problems).length === problems.length) return [];
  return [`${paint(problems.some(isError) ? "red" : "yellow", severities(problems))}: see their lines with ${check}`];
}

/** `read back 12 posts and 1 tombstone from 40 documents: 12 found in the content, 0 new ids` */
function showRecovered({ recovered }: Report): readonly string[] {
  if (!recovered) return [];
  const { documents, posts, tombstones, recognised, minted } = recovered;
  const read = `${count(posts, "post")} and ${count(tombstones, "tombstone")} from ${count(documents, "document")}`;
  return [`read back ${read}: ${recognised} found in the content, ${count(minted, "new id")}`];
}

function summaryOf(report: Report, paint: Paint): string {
  const { put, removed, dryRun, unchanged, took } = report;
  const posts = showStatuses(report, `${count(report.records.public, "post")} public`);
  const work = hasChanged(report)
    ? `${put.length} put, ${removed.length} removed, ${unchanged} unchanged${dryRun ? " (not done)" : ""}`
    : `${paint("bold", "nothing to do")}: ${count(unchanged, "document")} up to date`;
  return `${posts}; ${work}; ${(took / 1000).toFixed(2)} s`;
}

/** Of a dry run there is nothing to open. */
function showAddresses({ site, isFirst, dryRun }: Report, view: ReportView): readonly string[] {
  if (dryRun) return [];
  const { openable, next = [], paint = plain } = view;
  const first = isFirst ? next : [];
  const width = Math.max(0, ...first.map(([command]) => command.length));
  return [
    ...(site ? addressesOf(site, openable).map(([name, address]) => `${name.padEnd(9)}${paint("cyan", address)}`) : []),
    ...first.map(([command, purpose], i) => {
      return `${(i === 0 ? "next" : "").padEnd(9)}${paint("bold", command.padEnd(width))}  ${purpose}`;
    }),
  ];
}

function addressesOf(
  { page, feed }: SiteOverview,
  openable: ReportView["openable"],
): readonly (readonly [name: string, address: string])[] {
  const main = page ?? feed;
  return [
    ...(main && openable ? [["open", visible(openable(main.path))] as const] : []),
    ...(page ? [["page", visible(page.url)] as const] : []),
    ...(feed ? [["feed", visible(feed.url)] as const] : []),
  ];
}
