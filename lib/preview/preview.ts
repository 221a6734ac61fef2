/** The preview: publishes, serves the result, and publishes again whenever the content changes. */

import type { Clock } from "../base/clock.ts";
import { present } from "../base/optional.ts";
import { SITE_KEY } from "../base/problems.ts";
import { publicUrl } from "../channels/urls.ts";
import { copiesOf, edgeOf } from "../edge/edge.ts";
import { fileOf } from "../formats/files.ts";
import type { Problem } from "../model.ts";
import type { Overrides } from "../publish/options.ts";
import { publish } from "../publish/publish.ts";
import type { Report } from "../publish/types.ts";
import { emptyWarmCache, type WarmCache } from "../publish/warmcache.ts";
import { parseSite } from "../site/site.ts";
import { MAX_SITE_BYTES } from "../site/size.ts";
import type { Site } from "../site/types.ts";
import { type OpenWithin, readObject, type Store } from "../stores/store.ts";
import { showProblems } from "../terminal/problems.ts";
import { visible } from "../terminal/text.ts";
import { count } from "../terminal/words.ts";
import { gather, type Hints } from "./gather.ts";
import { type PortChoice, type Served, startServer } from "./server.ts";
import { watchFolder } from "./watch.ts";

export interface PreviewOptions extends PortChoice {
  readonly content: Store;
  /** The content's folder, which is watched. */
  readonly folder: string;
  /** Opens files of it. */
  readonly media: OpenWithin;
  /** Stores of the preview alone; the real ones are not touched. */
  readonly public: Store;
  readonly state: Store;
  readonly clock: Clock;
  /** A fresh random name for each run. */
  readonly newRun: () => string;
  readonly print: (text: string) => void;
}

export interface Preview {
  readonly origin: string;
  stop(): Promise<void>;
}

/** An editor's burst of writes is one change. */
const QUIET_MS = 40;

/** The longest delay of a timer in Node. */
const LONGEST_MS = 2 ** 31 - 1;

export async function startPreview(options: PreviewOptions): Promise<Preview> {
  const { print, clock } = options;
  let served: Served | string = "the first run is not done yet";
  let dueTimer: NodeJS.Timeout | undefined;
  let reported: ReadonlySet<string> = new Set();
  const warmCache = emptyWarmCache();

  const server = await startServer(options, () => served);

  /** The last run failed or was refused, so that the next one must be a full run. */
  let needsFullRun = false;

  const rebuild = async (changed: Hints): Promise<void> => {
    clearTimeout(dueTimer);
    const hints = needsFullRun ? undefined : changed;
    needsFullRun = true;
    try {
      const site = await readSite(options, server.origin);
      const report = await publishOnce(options, warmCache, site, hints);
      needsFullRun = report.refused !== undefined;
      const isFirst = typeof served === "string";
      if (site && !report.refused) {
        served = { edge: previewEdge(site), store: withTypes(options.public, site), media: options.media };
      } else if (isFirst) served = ["there is nothing to show yet", ...reasonsOf(report)].join("\n");
      if (isFirst && site && !report.refused) print(welcome(site));
      print(summary(report, hints, reported));
      reported = new Set(report.problems.map(identity));
      if (report.due !== undefined) dueTimer = setTimeout(() => triggers.enqueue(), waitFor(report.due, clock));
    } catch (error) {
      print(`not published: ${visible((error as Error).message)}`);
    }
  };
  const triggers = gather(rebuild, QUIET_MS);

  // Watches before the first run reads, so that no change is missed between the two.
  const watcher = await watchFolder(options.folder, {
    changed: triggers.enqueue,
    failed: (error) => print(`changes may go unnoticed: ${visible(error.message)}`),
  }).catch(async (error) => {
    await server.close();
    throw error;
  });
  await triggers.start();

  return {
    origin: server.origin,
    async stop() {
      await watcher.close();
      await triggers.end();
      clearTimeout(dueTimer);
      await server.close();
    },
  };
}

/** The site with the preview's addresses, and nothing counted; `undefined` while `site.yaml` cannot be used. */
async function readSite({ content, clock }: PreviewOptions, origin: string): Promise<Site | undefined> {
  const file = await readObject(content, SITE_KEY, MAX_SITE_BYTES + 1);
  const read = parseSite(file?.body, content.name, clock.now().getUTCFullYear());
  if (!read.ok) return undefined;
  const feeds = origin + new URL(read.site.feeds).pathname;
  return { ...read.site, feeds, media: `${origin}/`, enclosurePrefix: undefined };
}

function publishOnce(options: PreviewOptions, warmCache: WarmCache, site: Site | undefined, hints: Hints) {
  const { content, public: publicStore, state, clock, newRun } = options;
  return publish({
    content,
    public: publicStore,
    state,
    warmCache,
    clock,
    now: clock.now(),
    run: newRun(),
    hints,
    ...present({ overrides: site && overridesOf(site) }),
    // The guard protects subscribers from accidents, and a preview has none.
    force: true,
  });
}

const overridesOf = ({ feeds, media, enclosurePrefix }: Site): Overrides => ({ feeds, media, enclosurePrefix });

/** Browsers must revalidate every time, since a preview changes often. */
const previewEdge = (site: Site) => ({ ...edgeOf(site), cacheControl: "no-cache" });

/** A folder does not keep the types of its objects, which S3 does: those of copies nobody else knows. */
function withTypes(store: Store, site: Site): Store {
  const types = new Map(copiesOf(site).map(({ path, type }) => [path, type]));
  return {
    ...store,
    async get(key, known, maxBytes) {
      const object = await store.get(key, known, maxBytes);
      if (object === undefined || object === "unchanged") return object;
      return { ...object, ...present({ contentType: object.contentType ?? types.get(key) }) };
    },
  };
}

const waitFor = (due: string, clock: Clock): number =>
  Math.min(Math.max(Date.parse(due) - clock.now().getTime(), 0) + 10, LONGEST_MS);

function welcome(site: Site): string {
  const { title, feeds, pages, formats } = site;
  const addresses = [
    ...(pages ? [["page", publicUrl(fileOf("page", site), site)] as const] : []),
    ...formats.map((format) => [format, feeds + fileOf(format, site)] as const),
  ];
  return [visible(title), ...addresses.map(([name, url]) => `  ${name.padEnd(6)}${url}`), "Ctrl-C ends"].join("\n");
}

const identity = (problem: Problem): string => JSON.stringify(problem);

/** Which files changed, what was published, and the problems that were not reported before. */
function summary(report: Report, hints: Hints, reported: ReadonlySet<string>): string {
  const { put, removed, problems, refused, took } = report;
  const [key, ...more] = hints ?? [];
  const what = key === undefined ? "" : `${visible(key)}${more.length > 0 ? ` and ${more.length} more` : ""}: `;
  const newProblems = problems.filter((problem) => !reported.has(identity(problem)));
  const work = refused
    ? `${refused.message}; the feeds stay as they were`
    : put.length + removed.length === 0
      ? "no feed changed"
      : `${put.length} put, ${removed.length} removed`;
  const total = problems.length > 0 ? `; ${count(problems.length, "problem")}` : "";
  return [`${what}${work}${total} (${took} ms)`, ...showProblems(newProblems).map((line) => `  ${line}`)].join("\n");
}

const reasonsOf = ({ refused, problems }: Report): readonly string[] =>
  refused && problems.length === 0 ? [refused.message, refused.fix] : showProblems(problems);
