/** `dripfeed adopt`: the ids of a former system's feeds, kept for the posts that they are. */
import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { distinctEntries } from "../adopt/former.ts";
import { mergeLedgers } from "../adopt/ledger.ts";
import { type Matchable, type Matched, matchEntries } from "../adopt/match.ts";
import { readSource, type Source } from "../adopt/sources.ts";
import { SITE_KEY } from "../base/problems.ts";
import { instantOf } from "../content/facts/dates.ts";
import type { Refusal, Site } from "../model.ts";
import { setIds } from "../publish/adoption.ts";
import { scanContent } from "../publish/scan/scan.ts";
import { parseSite } from "../site/site.ts";
import { openStores, storeOptions } from "../stores/open.ts";
import { readObject, type Store } from "../stores/store.ts";
import { type AdoptionReport, showAdoption } from "../terminal/adoption.ts";
import { clock, DONE, PROBLEMS, print, REFUSED, STORES, storeNames, tell, UsageError, usage } from "./command.ts";

export async function runAdopt(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...STORES, "dry-run": { type: "boolean" }, force: { type: "boolean" }, json: { type: "boolean" } },
  });
  if (positionals.length === 0) throw new UsageError("write: dripfeed adopt <feed>..., each a file or a URL");
  const stores = await usage(openStores(storeNames(values), storeOptions(process.env)));
  const sources = await readSources(positionals);
  const posts = await readPosts(stores.content);
  const matched = matchEntries(distinctEntries(sources.flatMap(({ pages }) => pages)), posts);

  const { "dry-run": dryRun = false, force = false } = values;
  const refused =
    matched.ledger.size === 0
      ? NOTHING
      : await setIds(stores.state, {
          dryRun,
          force,
          clock,
          log: tell,
          run: randomUUID(),
          next: ({ ledger }) => mergeLedgers(ledger, matched.ledger),
        });
  const adoption = { dryRun, sources, matched: withoutHeldBack(matched, posts), refused };
  print(values.json ? JSON.stringify(asJson(adoption), null, 2) : showAdoption(adoption));
  if (refused === NOTHING) return PROBLEMS;
  return refused ? REFUSED : DONE;
}

const NOTHING: Refusal = {
  code: "no-match",
  message: "no entry is any of the posts, so there is nothing to keep",
  fix: "check --content, and url, permalink and timezone of site.yaml",
};

/** All that cannot be read are told at once. */
async function readSources(names: readonly string[]): Promise<readonly Source[]> {
  const read = await Promise.allSettled(names.map((name) => readSource(name, tell)));
  const failed = read.flatMap((one) => (one.status === "rejected" ? [String((one.reason as Error).message)] : []));
  if (failed.length > 0) throw new UsageError(failed.join("\ndripfeed: "));
  return read.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}

type Candidate = Matchable & { readonly isHidden: boolean };

/** Every post that can be read, drafts and future ones too: they may have been public before. */
async function readPosts(content: Store): Promise<readonly Candidate[]> {
  const now = clock.now();
  const site = await readSite(content, now);
  const { findings } = await scanContent({ content, site, catalog: undefined, now: instantOf(now), log: tell });
  return [...findings].flatMap(([key, finding]) => {
    if (finding.gone || !finding.post) return [];
    const { url, title, published, hidden } = finding.post;
    return [{ key, url, title, published, isHidden: hidden !== undefined }];
  });
}

async function readSite(content: Store, now: Date): Promise<Site> {
  const file = await readObject(content, SITE_KEY);
  const read = parseSite(file?.body, content.name, now.getUTCFullYear());
  if (read.ok) return read.site;
  throw new UsageError(`site.yaml cannot be used: ${read.problems.map(({ message }) => message).join("; ")}`);
}

/** Nobody misses an entry for a post that is kept back. */
function withoutHeldBack(matched: Matched, posts: readonly Candidate[]): Matched {
  const hidden = new Set(posts.filter(({ isHidden }) => isHidden).map(({ key }) => key));
  return { ...matched, posts: matched.posts.filter((key) => !hidden.has(key)) };
}

function asJson({ dryRun, sources, matched, refused }: AdoptionReport): unknown {
  return {
    dryRun,
    feeds: sources.map(({ name, pages }) => ({
      ...{ source: name, format: pages[0]?.format, pages: pages.length },
      entries: pages.reduce((sum, { entries }) => sum + entries.length, 0),
    })),
    posts: matched.ledger.size,
    matches: matched.matches.map(({ key, by, entry }) => ({ key, by, ...entry })),
    entriesWithoutPost: matched.entries.map(({ entry, why }) => ({ ...entry, why })),
    postsWithoutEntry: matched.posts,
    otherDates: matched.moved.map(({ key, entry }) => ({ key, format: entry.format, published: entry.published })),
    ...(refused && { refused }),
  };
}
