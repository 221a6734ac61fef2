/** The report of `adopt` for people: which post each entry matches, by what, and what is left over. */

import type { InferredForm, PostId } from "../adopt/byaddress.ts";
import type { Elsewhere } from "../adopt/elsewhere.ts";
import type { FormerEntry } from "../adopt/former.ts";
import type { Match, Matched, MovedMatch } from "../adopt/match.ts";
import type { Source } from "../adopt/sources.ts";
import { readableEscapes } from "../base/text.ts";
import type { Problem, Refusal } from "../model.ts";
import { MAX_ROWS } from "./table.ts";
import { visible } from "./text.ts";
import { count } from "./words.ts";

export interface AdoptionReport {
  readonly dryRun: boolean;
  readonly sources: readonly Source[];
  readonly matched: Matched;
  /** How many posts keep ids. */
  readonly posts: number;
  /** Where the ids are kept. */
  readonly file: string;
  /** This command with ids by address, as it is typed. */
  readonly again: string;
  /** The commands that publish them, and then keep those of all other posts, as they are typed. */
  readonly next: readonly string[];
  readonly elsewhere: Elsewhere;
  /** Posts that match an entry, and are in no feed now. */
  readonly hidden: readonly string[];
  /** Of ids that are made by address. */
  readonly forms?: readonly InferredForm[];
  readonly refused: Refusal | undefined;
  /** Of the file, which could not be read. */
  readonly problems: readonly Problem[];
}

/** Of each kind of id that a form shows. */
const MOST_EXAMPLES = 5;

export function showAdoption(report: AdoptionReport): string {
  const { sources, matched, forms, refused } = report;
  const { matches, entries, posts, moved } = matched;
  return [
    ...sources.flatMap(showSource),
    ...showList("matched", [...Map.groupBy(matches, ({ key }) => key)].map(showMatches)),
    ...showList(
      "entries of which no id is kept",
      entries.map(({ entry, why }) => `  ${showEntry(entry)}: ${visible(why)}`),
    ),
    ...showList(
      forms
        ? "posts that get new ids, since none can be made in the form of the former ones"
        : `posts that match no entry: they get new ids, and readers see them as new${refused?.code === "no-form" ? "" : ", unless --by-address is given"}`,
      posts.map((key) => `  ${visible(key)}`),
    ),
    ...(forms ?? []).flatMap(showForm),
    ...showList(
      `posts with another date than their entry: check their dates, and timezone in site.yaml${showShift(moved)}`,
      moved.map(({ key, entry }) => `  ${visible(key)}: ${entry.published} in ${entry.format}`),
    ),
    ...showElsewhere(report.elsewhere),
    ...showList(
      "posts that the former feed carried, and that are hidden now, so no feed carries them (drafts, posts with a password, what `exclude:` leaves out)",
      report.hidden.map((key) => `  ${visible(key)}`),
    ),
    "",
    ...showEnd(report),
  ].join("\n");
}

const HOUR_MS = 3_600_000;

/** A time zone that is wrong moves all posts by the same, but for those of the other half of the year. */
function showShift(moved: readonly MovedMatch[]): string {
  const hours = moved.map(
    ({ entry, published }) => (Date.parse(published) - Date.parse(entry.published ?? "")) / HOUR_MS,
  );
  const [[shift = 0, same] = [0, []]] = [...Map.groupBy(hours, (each) => each)].toSorted(
    ([, a], [, b]) => b.length - a.length,
  );
  if (same.length < 2 || same.length * 2 <= hours.length) return "";
  const amount = count(Math.round(Math.abs(shift) * 100) / 100, "hour");
  const number = same.length === hours.length ? "all" : `${same.length} of ${hours.length}`;
  return `: ${number} are ${amount} ${shift > 0 ? "later" : "earlier"} than their entries`;
}

/** What is made of addresses, links and ids by address, is wrong while they are. */
const showElsewhere = ({ posts, permalink }: Elsewhere): readonly string[] =>
  showList(
    `posts at another address than their entry: if the site's pages are where the entries say, write ${
      permalink === undefined ? "their permalink" : `\`permalink: ${visible(permalink)}\``
    } in site.yaml, and adopt again`,
    posts.map(({ key, url, link }) => `  ${visible(key)}: ${shown(link)}, not ${shown(url)}`),
  );

function showEnd(report: AdoptionReport): readonly string[] {
  const { dryRun, posts, file, again, next, refused, problems, forms, matched } = report;
  const left = forms ? 0 : matched.posts.length;
  if (refused) return [`refused: ${visible(refused.message)}`, `  fix: ${visible(refused.fix)}`];
  if (problems.length > 0) {
    return problems.flatMap(({ line, message, fix }) => [
      `${visible(file)}:${line ?? 1}: error: ${visible(message)}`,
      `  fix: ${visible(fix)}`,
    ]);
  }
  if (dryRun) return [`would keep the ids of ${count(posts, "post")} in ${visible(file)}`];
  return [
    `kept the ids of ${count(posts, "post")} in ${visible(file)}`,
    ...(left > 0 ? [`next, if the former feed once carried the ${count(left, "other post")}: ${again}`] : []),
    "Next:",
    ...next.map((each) => `  ${each}`),
    `The last adds the ids of all other posts; ${keepIds(file)}`,
  ];
}

/** Where `ids.jsonl` outlives the store: a push refuses to lose one that was written into a bucket. */
export const keepIds = (file: string): string =>
  file.startsWith("s3:") ? "copy the file into the folder that you push" : "commit the file with the content";

/** Ids of entries that match, and ids that are made in the same form. */
function showForm({ format, form, agreeing, others, made }: InferredForm): readonly string[] {
  const show = (ids: readonly PostId[]) =>
    ids.slice(0, MOST_EXAMPLES).map(({ key, id }) => `    ${visible(id)}  ${visible(key)}`);
  const of = agreeing.length + others.length;
  return [
    "",
    `ids by address in ${format}: ${visible(form)}, as ${agreeing.length} of ${of} that match have them`,
    ...show(agreeing),
    `  made for ${count(made.length, "post")} without an entry`,
    ...show(made),
  ];
}

function showSource({ name, pages, next }: Source): readonly string[] {
  const entries = pages.reduce((sum, page) => sum + page.entries.length, 0);
  const nameless = pages.reduce((sum, page) => sum + page.nameless, 0);
  const paged = pages.length > 1 ? ` on ${pages.length} pages` : "";
  return [
    `${visible(name)}: ${pages[0]?.format}, ${count(entries, "entry", "entries")}${paged}`,
    ...(next === undefined ? [] : [`  older entries are at ${visible(next)}: name that too`]),
    ...(nameless === 0 ? [] : [`  ${nameless} more have neither id nor link, so no reader recognises them`]),
  ];
}

/** A post, and for each format the id that stays and the trait that its entry was matched by. */
function showMatches([key, matches]: readonly [string, readonly Match[]]): string {
  const ids = matches.map(({ entry, by }) => `    ${entry.format.padEnd(4)} by ${by}: ${shown(entry.id)}`);
  return [`  ${visible(key)}`, ...ids].join("\n");
}

const showEntry = ({ format, title, link, id }: FormerEntry): string =>
  [format, ...(title === undefined ? [] : [visible(JSON.stringify(title))]), shown(link ?? id)].join(" ");

/** An address, or an id that is one, in its own script; `--json` and `ids.jsonl` have it byte for byte. */
const shown = (address: string): string => visible(readableEscapes(address));

function showList(heading: string, rows: readonly string[]): readonly string[] {
  if (rows.length === 0) return [];
  const more = rows.length - MAX_ROWS;
  return [
    "",
    `${heading} (${rows.length})`,
    ...rows.slice(0, MAX_ROWS),
    ...(more > 0 ? [`  … and ${more} more; --json shows all`] : []),
  ];
}
