/** The list of all posts: what is published, what is not, and why. */
import { type Html, html } from "../../base/html.ts";
import { isError } from "../../base/problems.ts";
import { calendarOf } from "../../channels/periods.ts";
import type { HeldBack, PostRecord } from "../../model.ts";
import { count } from "../../terminal/words.ts";
import { entryPath } from "./paths.ts";
import type { OwnPage } from "./shell.ts";

const REASONS: { readonly [reason in HeldBack]: string } = {
  draft: "hidden: a draft",
  hidden: "hidden by its front matter",
  password: "hidden: it has a password",
  excluded: "hidden by the rules of site.yaml",
};

/** Why a post is where it is, in a few words. */
export function statusOf({ state, reason, page, lastGood, due, expires }: PostRecord): string {
  const kept = lastGood ? "; shown as it was before" : "";
  if (page !== undefined) return "a page of the site, not a post";
  switch (state) {
    case "public":
      return expires === undefined ? "public" : `public until ${expires}`;
    case "future":
      return due === undefined ? "future" : `future: due ${due}`;
    case "hidden":
      return reason ? REASONS[reason] : "hidden";
    case "broken":
      return `broken${kept}`;
    case "conflicting":
      return `its address or id is another post's${kept}`;
    default:
      return state;
  }
}

/** Days are those of `timezone`, as on the pages; `titleOf`: of a post that was never published. */
export async function entriesPage(
  records: readonly PostRecord[],
  timezone: string,
  titleOf: (record: PostRecord) => Promise<string | undefined>,
): Promise<OwnPage> {
  const calendar = calendarOf("day", timezone);
  const dayOf = ({ facts }: PostRecord) => (facts ? calendar(facts.published).name : "");
  const isPublic = ({ state }: PostRecord) => state === "public";
  const published = records.filter(isPublic).sort(newestFirst);
  const others = records.filter((record) => !isPublic(record));
  const waiting: Html[] = [];
  for (const record of others) {
    const known = record.facts?.title ?? record.seen?.title;
    const title = known ?? (record.page === undefined ? await titleOf(record) : undefined);
    waiting.push(row(record, title, dayOf(record)));
  }
  const summary = `${count(published.length, "post")} published, ${others.length} not.`;
  const main = html`<p class="summary">${summary}</p>
${waiting.length > 0 ? table("Not published", waiting) : ""}${
  published.length > 0
    ? table(
        "Published",
        published.map((record) => row(record, record.facts?.title, dayOf(record))),
      )
    : ""
}`;
  return { title: "Entries", main };
}

const dateOf = ({ facts }: PostRecord): string => facts?.published ?? "";
const newestFirst = (a: PostRecord, b: PostRecord): number =>
  dateOf(a) > dateOf(b) ? -1 : dateOf(a) < dateOf(b) ? 1 : 0;

const table = (heading: string, rows: readonly Html[]): Html => html`<h2>${heading}</h2>
<table class="posts">
<thead><tr><th scope="col">Post</th><th scope="col">Date</th><th scope="col">Status</th></tr></thead>
<tbody>
${rows}</tbody>
</table>
`;

function row(record: PostRecord, title: string | undefined, day: string): Html {
  const { key, problems, state } = record;
  const name = title ? html`<bdi>${title}</bdi>` : html`${key}`;
  const path = title ? html`<br><span class="quiet">${key}</span>` : "";
  const wrong =
    problems.length > 0
      ? html`<br><span class="${severityOf(record)}">${count(problems.length, "problem")}</span>`
      : "";
  return html`<tr><td><a href="${entryPath(key)}">${name}</a>${path}</td>
<td class="date">${day}</td>
<td${state === "broken" ? html` class="error"` : ""}>${statusOf(record)}${wrong}</td></tr>
`;
}

const severityOf = ({ problems }: PostRecord): string => (problems.some(isError) ? "error" : "warning");
