/**
 * A look at a site that may be at rest, before the code is loaded that does the work. A plan is a function of content, site, moment,
 * program and catalog: while each is as a run noted it in the catalog, there is nothing to do, and its report is known.
 */
import { instantOf } from "../../base/instant.ts";
import { once } from "../../base/memoised.ts";
import { present } from "../../base/optional.ts";
import type { Instant } from "../../model.ts";
import { type CatalogTop, readCatalogTop } from "../../state/catalog.ts";
import { readHead } from "../../state/head.ts";
import { StateError } from "../../state/objects.ts";
import type { RestNote } from "../../state/types.ts";
import { type CountedStore, countedStore } from "../../stores/counted.ts";
import { prefetchedStore } from "../../stores/prefetched.ts";
import type { ObjectInfo, Store } from "../../stores/store.ts";
import type { PublishOptions } from "../options.ts";
import type { Report } from "../types.ts";
import { digestOfEtags, digestOfListing } from "./listing.ts";
import type { ReportAtRest } from "./types.ts";

/** Runs `publish` unless nothing is to be done. `build` names the program, to the last line; without it nothing is taken for granted. */
export async function publishUnlessAtRest(
  options: PublishOptions,
  build: string | undefined,
  publish: (options: PublishOptions) => Promise<Report>,
): Promise<Report> {
  if (build === undefined || !looksAtAll(options)) return publish(options);
  const stores = {
    content: prefetchedStore(options.content),
    public: prefetchedStore(options.public),
    state: prefetchedStore(options.state),
  };
  const counted = {
    content: countedStore(stores.content.ahead),
    public: countedStore(stores.public.ahead),
    state: countedStore(stores.state.ahead),
  };
  const started = options.clock.now().getTime();
  const top = await topOf(counted.state);
  const published = top ? publishedIn(top, await listAll(counted.public)) : NOTHING_PUBLISHED;
  const content = digestOfListing(await listAll(counted.content), options, published.has);
  const now = { build, content, now: instantOf(options.now), stores: namesOf(options) };
  if (top && isAsNoted(top, now) && published.isInPlace()) {
    return reportOf(top.rest.report as ReportAtRest, counted, options.clock.now().getTime() - started);
  }
  // What was asked here need not be asked again.
  const [from, to, state] = [stores.content.store, stores.public.store, stores.state.store];
  return publish({ ...options, content: from, public: to, state, rest: { build, content } });
}

/** Only a full run compares everything with the catalog; one that is told more than that does what it is told. */
const looksAtAll = ({ hints, dryRun, force, renderAll, overrides, rebuild, rollback, announce }: PublishOptions) =>
  hints === undefined &&
  overrides === undefined &&
  rollback === undefined &&
  announce === undefined &&
  !dryRun &&
  !force &&
  !renderAll &&
  !rebuild;

/** Nothing where a run has to look closer: at a damaged or a leased head, at ids that wait, at the first publication. */
async function topOf(state: Store): Promise<CatalogTop | undefined> {
  try {
    const { catalog, lease, adopted } = (await readHead(state)).value;
    return lease || adopted !== undefined || catalog === undefined ? undefined : await readCatalogTop(state, catalog);
  } catch (error) {
    if (error instanceof StateError) return undefined;
    throw error;
  }
}

type Top = CatalogTop & { readonly rest: RestNote };

function isAsNoted(
  top: CatalogTop,
  { build, content, now, stores }: Pick<RestNote, "build" | "content" | "stores"> & { readonly now: Instant },
): top is Top {
  const { rest, run, late, adopted } = top;
  if (!rest || rest.run !== run || late || adopted !== undefined) return false;
  const isSame = rest.build === build && rest.content === content && rest.stores.join("\n") === stores.join("\n");
  // Which `since` `site.yaml` may have depends on the year.
  const isCurrent = now >= rest.from && (rest.due === undefined || now < rest.due) && yearOf(now) === yearOf(rest.from);
  return isSame && isCurrent;
}

const yearOf = (instant: Instant): string => instant.slice(0, instant.indexOf("-", 1));

const namesOf = ({ content, public: served }: PublishOptions): readonly string[] => [content.name, served.name];

interface Published {
  /** Is there a document at the path? */
  has(path: string): boolean;
  /** Are all documents where they were put, as they were put? */
  isInPlace(): boolean;
}

const NOTHING_PUBLISHED: Published = { has: () => false, isInPlace: () => false };

/** Mostly the public store holds the documents and nothing else: one digest tells, without decoding the catalog's list. */
function publishedIn(top: CatalogTop, listed: readonly ObjectInfo[]): Published {
  const etags = once(() => new Map(listed.map(({ key, etag }) => [key, etag])));
  if (digestOfEtags(listed) === top.rest?.published) return { has: (path) => etags().has(path), isInPlace: () => true };
  const documents = once(() => top.documents());
  return {
    has: (path) => Object.hasOwn(documents(), path),
    isInPlace: () => Object.entries(documents()).every(([path, { etag }]) => etags().get(path) === etag),
  };
}

async function listAll(store: Store): Promise<readonly ObjectInfo[]> {
  const listed: ObjectInfo[] = [];
  for await (const object of store.list("")) listed.push(object);
  return listed;
}

function reportOf(
  { site, records, heldBack, documents, unchanged, problems, due }: ReportAtRest,
  counted: { readonly [store in "content" | "public" | "state"]: CountedStore },
  took: number,
): Report {
  return {
    ...present({ site }),
    dryRun: false,
    records,
    heldBack,
    entries: { rendered: 0, cached: 0 },
    put: [],
    removed: [],
    ...present({ documents }),
    unchanged,
    problems,
    ...present({ due }),
    operations: {
      content: counted.content.operations,
      public: counted.public.operations,
      state: counted.state.operations,
    },
    took,
  };
}
