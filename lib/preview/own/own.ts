/** The preview's own pages: which address shows what. What they show comes from the catalog and the documents of the last run. */

import type { Clock } from "../../base/clock.ts";
import { instantOf } from "../../base/instant.ts";
import type { EdgeRequest } from "../../edge/decide.ts";
import type { PostRecord, Problem } from "../../model.ts";
import { readUnpublished } from "../../publish/unpublished.ts";
import type { Site } from "../../site/types.ts";
import { readCatalog } from "../../state/catalog.ts";
import { readEntry } from "../../state/entries.ts";
import { readHead } from "../../state/head.ts";
import type { Catalog } from "../../state/types.ts";
import type { Store } from "../../stores/store.ts";
import { readFrames } from "../../terminal/frame.ts";
import type { OwnPages } from "../answer.ts";
import { barOf, type LastRun } from "../bar.ts";
import { withBar } from "../inject.ts";
import { entriesPage } from "./entries.ts";
import { entryPage, type ReadEntry } from "./entry.ts";
import { ENTRIES, keyIn, PROBLEMS } from "./paths.ts";
import { problemsPage } from "./problems.ts";
import { channelsOf, readPublished } from "./published.ts";
import { type OwnPage, respondWithOwn } from "./shell.ts";

export interface OwnPagesInput {
  readonly content: Store;
  readonly public: Store;
  readonly state: Store;
  readonly clock: Clock;
  readonly origin: () => string;
  readonly lastRun: () => LastRun;
  /** How often media changed, which pages show as well. */
  readonly mediaChanges: () => number;
  /** The site that is served; absent before the first run has published. */
  readonly site: () => Site | undefined;
}

export function ownPages(input: OwnPagesInput): OwnPages {
  const titles = titleCache(input);
  const addBar = (page: string): string => {
    const home = new URL(input.site()?.feeds ?? input.origin()).pathname;
    return withBar(page, barOf(input.lastRun(), home), input.mediaChanges());
  };

  const pageAt = async (path: string): Promise<OwnPage | undefined> => {
    const site = input.site();
    const catalog = await readCatalog(input.state, (await readHead(input.state)).value);
    if (path === PROBLEMS) return problemsPage(input.lastRun(), { ...input, records: catalog?.records ?? [] });
    if (!site || !catalog) return undefined;
    if (path === ENTRIES) return entriesPage(catalog.records, site.timezone, (record) => titles(record, site));
    const key = keyIn(path);
    const record = catalog.records.find((each) => each.key === key);
    return record && entryPage(await shownEntry(input, { record, site, catalog }));
  };

  return {
    addBar,
    async respond(request: EdgeRequest) {
      if (request.method !== "GET" && request.method !== "HEAD") return undefined;
      const page = await pageAt(request.path);
      return page && respondWithOwn(request, page, { addBar, origin: input.origin() });
    },
  };
}

interface Found {
  readonly record: PostRecord;
  readonly site: Site;
  readonly catalog: Catalog;
}

async function shownEntry(input: OwnPagesInput, { record, site, catalog }: Found): Promise<ReadEntry> {
  const { content, state, clock, public: store } = input;
  const { key, facts } = record;
  const windows = facts ? channelsOf(key, { catalog, site, now: instantOf(clock.now()) }) : [];
  const items = facts ? await readPublished(facts, { windows, site, store }) : [];
  const kept =
    facts && record.rendered && windows.length > 0
      ? await readEntry(state, facts.inputHash, record.rendered)
      : undefined;
  const read = kept ? undefined : await readUnpublished({ content, site, records: catalog.records }, key);
  const ofRun = input.lastRun().problems.filter(({ file }) => file === key);
  const problems = [...(ofRun.length > 0 ? ofRun : (read?.problems ?? []))].sort(bySeverity);
  const frames = await readFrames(content, problems);
  const { entry = kept, title, post } = read ?? {};
  return { site, record, windows, items, problems, frames, entry, title, url: post?.url };
}

const bySeverity = (a: Problem, b: Problem): number =>
  Number(a.severity !== "error") - Number(b.severity !== "error") || (a.line ?? 0) - (b.line ?? 0);

/** The titles of posts that no reader knows: each file is read once. */
function titleCache({ content }: OwnPagesInput): (record: PostRecord, site: Site) => Promise<string | undefined> {
  const known = new Map<string, { readonly etag: string; readonly title: string | undefined }>();
  return async ({ key, etag }, site) => {
    const before = known.get(key);
    if (before?.etag === etag && etag !== "") return before.title;
    const { title } = await readUnpublished({ content, site, records: [] }, key);
    known.set(key, { etag, title });
    return title;
  };
}
