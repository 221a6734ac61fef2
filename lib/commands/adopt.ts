/** `dripfeed adopt`: keeps the ids of a former system's feeds for the posts that their entries are. */

import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { distinctEntries } from "../adopt/former.ts";
import { mergeLedgers } from "../adopt/ledger.ts";
import { type Matched, matchEntries } from "../adopt/match.ts";
import { readSource, type Source } from "../adopt/sources.ts";
import type { Matchable } from "../adopt/traits.ts";
import { instantOf } from "../base/instant.ts";
import { present } from "../base/optional.ts";
import { SITE_KEY } from "../base/problems.ts";
import type { Refusal } from "../model.ts";
import { setIds } from "../publish/adoption.ts";
import { scanContent } from "../publish/scan/scan.ts";
import { slowPosts } from "../publish/scan/slow.ts";
import { parseSite } from "../site/site.ts";
import { MAX_SITE_BYTES } from "../site/size.ts";
import type { Site } from "../site/types.ts";
import { openStores, storeOptions } from "../stores/open.ts";
import { readObject, type Store } from "../stores/store.ts";
import { type AdoptionReport, showAdoption } from "../terminal/adoption.ts";
import { openTimeLimit } from "../workers/timelimit.ts";
import { clock, log, print } from "./console.ts";
import { DONE, orUsageError, PROBLEMS, REFUSED, UsageError } from "./exit.ts";
import { holderOf } from "./holder.ts";
import { STORES, storeNames } from "./options.ts";

export async function runAdopt(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...STORES, "dry-run": { type: "boolean" }, force: { type: "boolean" }, json: { type: "boolean" } },
  });
  if (positionals.length === 0) throw new UsageError("write: dripfeed adopt <feed>..., each a file or a URL");
  const stores = await orUsageError(openStores(storeNames(values), storeOptions(process.env)));
  const sources = await readSources(positionals);
  const posts = await readPosts(stores.content);
  const matched = matchEntries(distinctEntries(sources.flatMap(({ pages }) => pages)), posts);

  const { "dry-run": dryRun = false, force = false } = values;
  const refused =
    matched.ledger.size === 0
      ? NO_MATCH
      : await setIds(stores.state, {
          dryRun,
          force,
          clock,
          log,
          holder: holderOf(storeNames(values).state),
          run: randomUUID(),
          next: ({ ledger }) => mergeLedgers(ledger, matched.ledger),
        });
  const adoption = { dryRun, sources, matched: withoutHidden(matched, posts), refused };
  print(values.json ? JSON.stringify(asJson(adoption), null, 2) : showAdoption(adoption));
  if (refused === NO_MATCH) return PROBLEMS;
  return refused ? REFUSED : DONE;
}

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

type Candidate = Matchable & { readonly isHidden: boolean };

/** Every post that can be read, drafts and future ones too: they may have been public before. */
async function readPosts(content: Store): Promise<readonly Candidate[]> {
  const now = clock.now();
  const site = await readSite(content, now);
  const slow = slowPosts(openTimeLimit());
  const { findings } = await scanContent({ content, site, catalog: undefined, now: instantOf(now), slow, log });
  return [...findings].flatMap(([key, finding]) => {
    if (finding.gone || !finding.post) return [];
    const { url, title, published, hidden } = finding.post;
    return [{ key, url, title, published, isHidden: hidden !== undefined }];
  });
}

async function readSite(content: Store, now: Date): Promise<Site> {
  const file = await readObject(content, SITE_KEY, MAX_SITE_BYTES + 1);
  const parsed = parseSite(file?.body, content.name, now.getUTCFullYear());
  if (parsed.ok) return parsed.site;
  throw new UsageError(`site.yaml cannot be used: ${parsed.problems.map(({ message }) => message).join("; ")}`);
}

/** A hidden post needs no former entry, so it is not listed as one without. */
function withoutHidden(matched: Matched, posts: readonly Candidate[]): Matched {
  const hidden = new Set(posts.filter(({ isHidden }) => isHidden).map(({ key }) => key));
  return { ...matched, posts: matched.posts.filter((key) => !hidden.has(key)) };
}

function asJson({ dryRun, sources, matched, refused }: AdoptionReport): unknown {
  return {
    dryRun,
    feeds: sources.map(({ name, pages }) => ({
      source: name,
      format: pages[0]?.format,
      pages: pages.length,
      entries: pages.reduce((sum, { entries }) => sum + entries.length, 0),
    })),
    posts: matched.ledger.size,
    matches: matched.matches.map(({ key, by, entry }) => ({ key, by, ...entry })),
    entriesWithoutPost: matched.entries.map(({ entry, why }) => ({ ...entry, why })),
    postsWithoutEntry: matched.posts,
    otherDates: matched.moved.map(({ key, entry }) => ({ key, format: entry.format, published: entry.published })),
    ...present({ refused }),
  };
}
