/** The report of `adopt` for people: which post each entry matches, by what, and what is left over. */

import type { FormerEntry } from "../adopt/former.ts";
import type { Match, Matched } from "../adopt/match.ts";
import type { Source } from "../adopt/sources.ts";
import type { Refusal } from "../model.ts";

import { count } from "./report.ts";
import { visible } from "./text.ts";

export interface AdoptionReport {
  readonly dryRun: boolean;
  readonly sources: readonly Source[];
  readonly matched: Matched;
  readonly refused: Refusal | undefined;
}

/** Longer lists are cut. */
const MAX_ROWS = 40;

export function showAdoption({ dryRun, sources, matched, refused }: AdoptionReport): string {
  const { matches, entries, posts, moved, ledger } = matched;
  return [
    ...sources.flatMap(showSource),
    ...showList("matched", [...Map.groupBy(matches, ({ key }) => key)].map(showMatches)),
    ...showList(
      "entries that match no post: no id is kept for them",
      entries.map(({ entry, why }) => `  ${showEntry(entry)}: ${visible(why)}`),
    ),
    ...showList(
      "posts that match no entry: they get new ids, and readers see them as new",
      posts.map((key) => `  ${visible(key)}`),
    ),
    ...showList(
      "posts with another date than their entry: check their dates, and timezone in site.yaml",
      moved.map(({ key, entry }) => `  ${visible(key)}: ${entry.published} in ${entry.format}`),
    ),
    "",
    refused
      ? `refused: ${refused.message}\n  fix: ${refused.fix}`
      : `${dryRun ? "would keep" : "kept"} the ids of ${count(ledger.size, "post")}; the next publish uses them`,
  ].join("\n");
}

function showSource({ name, pages, next }: Source): readonly string[] {
  const entries = pages.reduce((sum, page) => sum + page.entries.length, 0);
  const nameless = pages.reduce((sum, page) => sum + page.nameless, 0);
  const paged = pages.length > 1 ? ` on ${pages.length} pages` : "";
  return [
    `${visible(name)}: ${pages[0]?.format}, ${entries} ${entries === 1 ? "entry" : "entries"}${paged}`,
    ...(next === undefined ? [] : [`  older entries are at ${visible(next)}: name that too`]),
    ...(nameless === 0 ? [] : [`  ${nameless} more have neither id nor link, so no reader recognises them`]),
  ];
}

/** A post, and for each format the id that stays and the trait that its entry was matched by. */
function showMatches([key, matches]: readonly [string, readonly Match[]]): string {
  const ids = matches.map(({ entry, by }) => `    ${entry.format.padEnd(4)} by ${by}: ${visible(entry.id)}`);
  return [`  ${visible(key)}`, ...ids].join("\n");
}

const showEntry = ({ format, title, link, id }: FormerEntry): string =>
  visible([format, ...(title === undefined ? [] : [JSON.stringify(title)]), link ?? id].join(" "));

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
