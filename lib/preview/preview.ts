/** The preview: publishes, serves what was published, and publishes again whenever the content changes. */

import type { Clock } from "../base/clock.ts";
import { SITE_KEY } from "../base/problems.ts";
import { FORMATS } from "../formats/files.ts";
import type { Problem, Report, Site } from "../model.ts";
import { publish } from "../publish/publish.ts";
import { emptyWarmCache, type WarmCache } from "../publish/warmcache.ts";
import { parseSite } from "../site/site.ts";
import { readObject, type Store } from "../stores/store.ts";
import { count, showProblems } from "../terminal/report.ts";
import { visible } from "../terminal/text.ts";
import { edgeOf } from "./edge.ts";
import { gather, type Keys } from "./gather.ts";
import { type PortChoice, type Shown, startServer } from "./server.ts";
import { watchFolder } from "./watch.ts";

export interface PreviewOptions extends PortChoice {
  readonly content: Store;
  /** Where the content lies, to be watched. */
  readonly folder: string;
  /** Of the preview alone: nothing of the real ones is touched. */
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

/** The longest that a timer can be set for. */
const LONGEST_MS = 2 ** 31 - 1;

export async function startPreview(options: PreviewOptions): Promise<Preview> {
  const { print, clock } = options;
  let shown: Shown | string = "the first run is not done yet";
  let alarm: NodeJS.Timeout | undefined;
  let known: ReadonlySet<string> = new Set();
  const warmCache = emptyWarmCache();

  const server = await startServer(options, () => shown);

  /** The last run did not end: what it was about is to be looked at again. */
  let isBehind = false;

  const rebuild = async (changed: Keys): Promise<void> => {
    clearTimeout(alarm);
    const keys = isBehind ? undefined : changed;
    isBehind = true;
    try {
      const site = await readSite(options, server.origin);
      const report = await publishOnce(options, warmCache, site, keys);
      isBehind = report.refused !== undefined;
      const isFirst = typeof shown === "string";
      if (site && !report.refused) shown = { edge: previewEdge(site), store: options.public };
      else if (isFirst) shown = ["there is nothing to show yet", ...wordsOf(report)].join("\n");
      if (isFirst && site && !report.refused) print(welcome(site));
      print(tellReport(report, keys, known));
      known = new Set(report.problems.map(nameOf));
      if (report.due !== undefined) alarm = setTimeout(() => triggers.enqueue(), waitFor(report.due, clock));
    } catch (error) {
      print(`not published: ${visible((error as Error).message)}`);
    }
  };
  const triggers = gather(rebuild, QUIET_MS);

  // Watched before it is read, so that no change falls between the two.
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
      clearTimeout(alarm);
      await server.close();
    },
  };
}

/** The site as it is, but published here; nothing while `site.yaml` cannot be used. */
async function readSite({ content, clock }: PreviewOptions, origin: string): Promise<Site | undefined> {
  const file = await readObject(content, SITE_KEY);
  const read = parseSite(file?.body, content.name, clock.now().getUTCFullYear());
  return read.ok ? { ...read.site, feeds: origin + new URL(read.site.feeds).pathname } : undefined;
}

function publishOnce(options: PreviewOptions, warmCache: WarmCache, site: Site | undefined, hints: Keys) {
  const { content, public: publicStore, state, clock, newRun } = options;
  return publish({
    ...{ content, public: publicStore, state, warmCache, clock, now: clock.now(), run: newRun(), hints },
    ...(site && { overrides: { feeds: site.feeds } }),
    // What the guard refuses is an accident for subscribers, and here there are none.
    force: true,
  });
}

/** A browser asks again every time: what it kept of a preview is soon something else. */
const previewEdge = (site: Site) => ({ ...edgeOf(site), cacheControl: "no-cache" });

const waitFor = (due: string, clock: Clock): number =>
  Math.min(Math.max(Date.parse(due) - clock.now().getTime(), 0) + 10, LONGEST_MS);

function welcome({ title, feeds, pages, formats }: Site): string {
  const addresses = [
    ...(pages ? [["page", feeds] as const] : []),
    ...formats.map((format) => [format, feeds + FORMATS[format].file] as const),
  ];
  return [visible(title), ...addresses.map(([name, url]) => `  ${name.padEnd(6)}${url}`), "Ctrl-C ends"].join("\n");
}

const nameOf = (problem: Problem): string => JSON.stringify(problem);

/** Which files changed, what was done about it, and the problems that are new. */
function tellReport(report: Report, keys: Keys, known: ReadonlySet<string>): string {
  const { put, removed, problems, refused, took } = report;
  const [key, ...more] = keys ?? [];
  const what = key === undefined ? "" : `${visible(key)}${more.length > 0 ? ` and ${more.length} more` : ""}: `;
  const news = problems.filter((problem) => !known.has(nameOf(problem)));
  const work = refused
    ? `${refused.message}; the feeds stay as they were`
    : put.length + removed.length === 0
      ? "no feed changed"
      : `${put.length} put, ${removed.length} removed`;
  const total = problems.length > 0 ? `; ${count(problems.length, "problem")}` : "";
  return [`${what}${work}${total} (${took} ms)`, ...showProblems(news).map((line) => `  ${line}`)].join("\n");
}

const wordsOf = ({ refused, problems }: Report): readonly string[] =>
  refused && problems.length === 0 ? [refused.message, refused.fix] : showProblems(problems);
