/** `dripfeed adopt`: keeps the ids of a former system's feeds for the posts that their entries are. */

import { randomUUID } from "node:crypto";
import { idsByAddress } from "../adopt/byaddress.ts";
import { postsElsewhere } from "../adopt/elsewhere.ts";
import { agreedEntries } from "../adopt/former.ts";
import { readIdsFile } from "../adopt/idsfile.ts";
import { type Ledger, mergeLedgers } from "../adopt/ledger.ts";
import { type Matched, matchEntries } from "../adopt/match.ts";
import { readSource, type Source } from "../adopt/sources.ts";
import { instantOf } from "../base/instant.ts";
import { present } from "../base/optional.ts";
import { IDS_KEY } from "../base/problems.ts";
import type { Refusal } from "../model.ts";
import { type Adoption, adoptIds } from "../publish/adoption.ts";
import { openStores, storeOptions } from "../stores/open.ts";
import type { Store } from "../stores/store.ts";
import { type AdoptionReport, showAdoption } from "../terminal/adoption.ts";
import { clock, log, print, show } from "./console.ts";
import { assertContent } from "./content.ts";
import type { InputOf } from "./declare.ts";
import type { ADOPT } from "./declared/ids.ts";
import { DONE, orUsageError, PROBLEMS, REFUSED, UsageError } from "./exit.ts";
import { holderOf } from "./holder.ts";
import { type MatchablePost, numberPosts, readMatchable } from "./matchable.ts";
import { asCallerTyped, contentAsGiven, type StoreName, storeNames } from "./options.ts";
import { readSite } from "./site.ts";
import { typed } from "./typed.ts";
import { storeWords } from "./view.ts";

export async function runAdopt({ values, args, given, words }: InputOf<typeof ADOPT>): Promise<number> {
  const { "dry-run": dryRun, force, "by-address": isByAddress } = values;
  const names = storeNames(values);
  await assertContent(names.content, contentAsGiven(given));
  const stores = await orUsageError(openStores(names, storeOptions(process.env)));
  const sources = await readSources(args.feed);
  const now = clock.now();
  const site = await readSite(stores.content, now);
  const posts = await readMatchable(stores.content, site, now);
  const { entries, contradicted } = agreedEntries(sources.map(({ pages }) => pages));
  const found = matchEntries(entries, posts);
  const others = contradicted.map(({ entry, by }) => ({ entry, why: `a feed named before gives it the id ${by.id}` }));
  const matched = { ...found, entries: [...found.entries, ...others] };
  const { posts: known } = await readIdsFile(stores.content);
  const made = isByAddress ? await byAddress({ content: stores.content, matched, known, posts, now }) : undefined;

  const ledger = made && "ledger" in made ? made.ledger : matched.ledger;
  const input = { dryRun, force, clock, log, holder: holderOf(names.state), run: randomUUID() };
  const unmade = matched.ledger.size === 0 ? NO_MATCH : made && "refused" in made ? made.refused : undefined;
  const adoption: Adoption = unmade ? { refused: unmade, problems: [] } : await adoptIds(stores, ledger, input);
  const { refused, problems } = adoption;
  const forms = made && "forms" in made ? made.forms : undefined;
  const file = asCallerTyped(`${stores.content.name}/${IDS_KEY}`);
  const report = {
    ...{ dryRun, sources, posts: ledger.size, file, refused, problems, next: nextCommands(given) },
    again: typed(["adopt", ...words, "--by-address"], process.env),
    ...present({ forms }),
    elsewhere: postsElsewhere(matched, site.url),
    hidden: posts.filter(({ key, isHidden }) => isHidden && matched.ledger.has(key)).map(({ key }) => key),
    matched: withoutHidden(
      { ...matched, posts: matched.posts.filter((key) => !ledger.has(key) && !known.has(key)) },
      posts,
    ),
  };
  if (values.json) print(JSON.stringify(asJson(report), null, 2));
  else await show(showAdoption(report));
  if (refused === NO_MATCH || problems.length > 0) return PROBLEMS;
  return refused ? REFUSED : DONE;
}

/** With the stores that were given, as they were typed. */
const nextCommands = (given: { readonly [name in StoreName]?: string }): readonly string[] => [
  typed(["publish", ...storeWords(given)], process.env),
  typed(["ids", "export", ...storeWords(given, ["content", "state"])], process.env),
];

const NO_MATCH: Refusal = {
  code: "no-match",
  message: "no entry matches a post, so there is no id to keep",
  fix: "check --content, and url, permalink and timezone of site.yaml",
};

/** One error names every source that cannot be read. */
async function readSources(names: readonly string[]): Promise<readonly Source[]> {
  const results = await Promise.allSettled(names.map((name) => readSource(name, log)));
  const errors = results.flatMap((each) =>
    each.status === "rejected" ? [String((each.reason as Error).message)] : [],
  );
  if (errors.length > 0) throw new UsageError(errors.join("\ndripfeed: "));
  return results.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
}

interface ByAddressOf {
  readonly content: Store;
  readonly matched: Matched;
  /** The lines of `ids.jsonl`, which stay. */
  readonly known: Ledger;
  readonly posts: readonly MatchablePost[];
  readonly now: Date;
}

/** For the posts that the former feed may have carried: those that are public by now, and those that match. */
async function byAddress({ content, matched: { matches, ledger }, known, posts, now }: ByAddressOf) {
  const moment = instantOf(now);
  const former = posts.filter(({ key, isHidden, published }) => ledger.has(key) || (!isHidden && published <= moment));
  const numbered = await numberPosts(content, former);
  const made = idsByAddress({ matches, ledger: mergeLedgers(known, ledger), posts: numbered });
  if ("refused" in made) return made;
  const keys = new Set([...ledger.keys(), ...made.forms.flatMap((form) => form.made.map(({ key }) => key))]);
  return { ...made, ledger: new Map([...made.ledger].filter(([key]) => keys.has(key))) };
}

/** A hidden post needs no former entry, so it is not listed as one without. */
function withoutHidden(matched: Matched, posts: readonly MatchablePost[]): Matched {
  const hidden = new Set(posts.filter(({ isHidden }) => isHidden).map(({ key }) => key));
  return { ...matched, posts: matched.posts.filter((key) => !hidden.has(key)) };
}

function asJson({
  dryRun,
  sources,
  matched,
  refused,
  problems,
  posts,
  file,
  forms,
  elsewhere,
  hidden,
}: AdoptionReport): unknown {
  return {
    dryRun,
    feeds: sources.map(({ name, pages }) => ({
      source: name,
      format: pages[0]?.format,
      pages: pages.length,
      entries: pages.reduce((sum, { entries }) => sum + entries.length, 0),
    })),
    posts,
    file,
    matches: matched.matches.map(({ key, by, entry }) => ({ key, by, ...entry })),
    ...present({ forms }),
    entriesWithoutPost: matched.entries.map(({ entry, why }) => ({ ...entry, why })),
    postsWithoutEntry: matched.posts,
    otherDates: matched.moved.map(({ key, entry }) => ({ key, format: entry.format, published: entry.published })),
    otherAddresses: elsewhere.posts,
    hidden,
    ...present({ permalink: elsewhere.permalink }),
    ...present({ refused, problems: problems.length > 0 ? problems : undefined }),
  };
}
