/** What `adopt` found, for people: which post each entry is, by what, and what is left over. */
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

const MANY = 40;

export function showAdoption({ dryRun, sources, matched, refused }: AdoptionReport): string {
  const { matches, entries, posts, moved, ledger } = matched;
  return [
    ...sources.flatMap(({ name, pages, next }) => {
      const found = pages.reduce((sum, page) => sum + page.entries.length, 0);
      const nameless = pages.reduce((sum, page) => sum + page.nameless, 0);
      const paged = pages.length > 1 ? ` on ${pages.length} pages` : "";
      return [
        `${visible(name)}: ${pages[0]?.format}, ${count(found, "entr").replace(/entrs?$/, found === 1 ? "entry" : "entries")}${paged}`,
        ...(next === undefined ? [] : [`  older entries are at ${visible(next)}: name that too`]),
        ...(nameless === 0 ? [] : [`  ${nameless} more have neither id nor link: no reader knows them again`]),
      ];
    }),
    ...block("matched", [...Map.groupBy(matches, ({ key }) => key)].map(matchText)),
    ...block(
      "entries that are no post: nothing tells their readers where they went",
      entries.map(({ entry, why }) => `  ${entryText(entry)}: ${visible(why)}`),
    ),
    ...block(
      "posts that no entry is: they get an id of their own, and are new to readers",
      posts.map((key) => `  ${visible(key)}`),
    ),
    ...block(
      "posts with another date than their entry: check their dates, and timezone in site.yaml",
      moved.map(({ key, entry }) => `  ${visible(key)}: ${entry.published} in ${entry.format}`),
    ),
    "",
    refused
      ? `refused: ${refused.message}\n  fix: ${refused.fix}`
      : `${dryRun ? "would keep" : "kept"} the ids of ${count(ledger.size, "post")}; the next publish uses them`,
  ].join("\n");
}

/** Each format with what it was matched by, and the id that stays. */
function matchText([key, found]: readonly [string, readonly Match[]]): string {
  const ids = found.map(({ entry, by }) => `    ${entry.format.padEnd(4)} by ${by}: ${visible(entry.id)}`);
  return [`  ${visible(key)}`, ...ids].join("\n");
}

const entryText = ({ format, title, link, id }: FormerEntry): string =>
  visible([format, ...(title === undefined ? [] : [JSON.stringify(title)]), link ?? id].join(" "));

function block(head: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const more = lines.length - MANY;
  return [
    "",
    `${head} (${lines.length})`,
    ...lines.slice(0, MANY),
    ...(more > 0 ? [`  … and ${more} more; --json shows all`] : []),
  ];
}
