/** Access logs → counts of their days, which are kept in the state store, and all that people see of them. */

import { present } from "../base/optional.ts";
import { folderOf } from "../base/paths.ts";
import { keyOfFolder } from "../channels/urls.ts";
import { copiesFor } from "../hosts/copies.ts";
import { type PublishedList, readList } from "../recover/ours.ts";
import { mediaUrlsOf } from "../site/media.ts";
import type { Site } from "../site/types.ts";
import { compareKeys, readObject, type Store } from "../stores/store.ts";
import { type CountedLogs, countLogs } from "./count/count.ts";
import { type FoundFiles, findLogFiles } from "./count/files.ts";
import type { Salt } from "./count/hashes.ts";
import { servedBy, targetsOf } from "./count/targets.ts";
import { daysAfter } from "./days.ts";
import { betterOf, isClosed, keepDay, OPEN_DAYS, PAGE_KEY, readDays } from "./kept.ts";
import { renderAudiencePage } from "./page/page.ts";
import { readRecordings } from "./recordings.ts";
import { MOST_DAYS, selectAudience } from "./summary/summary.ts";
import type { Audience } from "./summary/types.ts";
import type { Day, DayCount } from "./types.ts";

export interface CountInput {
  /** Where access logs are: all that is in these stores is looked at. */
  readonly logs: readonly Store[];
  /** `feeds.json` says which channels there are. */
  readonly public: Store;
  /** Its catalog says which recordings there are; counts are put below `audience/`. */
  readonly state: Store;
  readonly site: Site;
  readonly today: Day;
  /** Never stored. */
  readonly salt: Salt;
  /** Nothing is put. */
  readonly dryRun?: boolean;
  readonly log: (line: string) => void;
}

export interface CountReport {
  /** Days whose counts are new, and were put. */
  readonly days: readonly Day[];
  /** Open days whose count is that of a former run, since it was of more requests. */
  readonly fewer: readonly Day[];
  /** The page was put, or is there as it would be. */
  readonly hasPage: boolean;
  /** Days that the logs had; and their requests. */
  readonly counted: readonly Day[];
  readonly requests: number;
  readonly files: number;
  /** Lines that could not be read. */
  readonly damaged: number;
  /** Requests for other hosts, which were left out. */
  readonly otherHosts: number;
  /** Requests of days to come, and of more than two years ago, which were left out. */
  readonly outOfRange: number;
  /** How many files were not opened, since their names say days that are closed; and how many have no request. */
  readonly closed: number;
  readonly empty: number;
  /** Keys of compressed files that end early. */
  readonly cut: readonly string[];
  /** Keys of files that are no access logs. */
  readonly skipped: readonly string[];
  /** Keys of files that hold what another one holds, too. */
  readonly repeated: readonly string[];
  /** Keys of those that cannot be read, each with the reason. */
  readonly unreadable: readonly (readonly [key: string, why: string])[];
}

export interface CountedAudience {
  readonly report: CountReport;
  readonly audience: Audience;
  /** Of the last two years, those that were kept before included. */
  readonly days: readonly DayCount[];
}

/** Counts every day that is in the logs; of CloudFront's, whose names say the day, those that are closed are not opened again. */
export async function countAudience(input: CountInput): Promise<CountedAudience> {
  const { logs, state, site, today, salt, dryRun = false, log } = input;
  const oldest = daysAfter(today, -MOST_DAYS);
  const [list, known, kept] = await Promise.all([
    readList(input.public),
    readRecordings(state, site),
    readDays(state, oldest, log),
  ]);
  if (!list)
    log(`${input.public.name} has no feeds.json, so only the feed of the site is counted: publish, or name the store`);
  if (!known)
    log(`${state.name} has no catalog, so it is unknown which episodes there are: publish, or name the store`);
  const recordings = known ?? [];

  const channelAt = channelsOf(list, [...kept.values()], site);
  const targetOf = targetsOf({ site, recordings, channelAt, copies: copiesFor(site, pathsOf(list)) });
  const isOpen = (day: Day) => day >= daysAfter(today, -OPEN_DAYS) && day <= today;
  const found = await findLogFiles(logs, {
    isOpen,
    isClosed: (day, files) => {
      const count = kept.get(day);
      return day < oldest || (count !== undefined && isClosed(count) && files <= count.files);
    },
  });
  const counted = await countLogs(found.files, { today, oldest, targetOf, isOwnHost: hostsOf(site), salt });

  const counts = [...counted.days.values()].sort((a, b) => compareKeys(a.day, b.day));
  const days = new Map([...kept, ...counts.map((count) => [count.day, betterOf(kept.get(count.day), count)] as const)]);
  const put: Day[] = [];
  if (!dryRun) for (const count of counts) if (await keepDay(state, count)) put.push(count.day);

  const { title, url, language } = site;
  const audience = selectAudience({
    ...{ days: [...days.values()], recordings, today, site: { title, url, language } },
    ...present({ channels: list?.channels.map(({ key, title, url }) => ({ key, title, url })) }),
    isServed: list ? servedBy(site, channelAt) : () => false,
  });
  const hasPage = !dryRun && counts.length > 0;
  if (hasPage) await putPage(state, renderAudiencePage(audience));
  const isFewer = ({ day, requests }: DayCount) => isOpen(day) && (kept.get(day)?.requests ?? 0) > requests;
  const fewer = counts.filter(isFewer).map(({ day }) => day);
  const report = { days: put, fewer, hasPage, ...reportOf(found, counted, counts) };
  return { report, audience, days: [...days.values()] };
}

function reportOf(
  found: FoundFiles,
  counted: CountedLogs,
  counts: readonly DayCount[],
): Omit<CountReport, "days" | "fewer" | "hasPage"> {
  const { damaged, otherHosts, outOfRange, cut, foreign } = counted;
  const unreadable = [...found.unreadable, ...counted.unreadable];
  return {
    counted: counts.map(({ day }) => day),
    requests: counts.reduce((sum, { requests }) => sum + requests, 0),
    files: found.files.length - foreign.length - counted.unreadable.length,
    ...{ damaged, otherHosts, outOfRange, cut, unreadable, repeated: found.repeated },
    ...{ closed: found.closed, empty: found.empty },
    skipped: [...found.skipped, ...foreign].sort(compareKeys),
  };
}

/** By `feeds.json`. Without it, the site's own, and channels that were counted before: a server may answer for any. */
function channelsOf(
  list: PublishedList | undefined,
  kept: readonly DayCount[],
  site: Site,
): (path: string) => string | undefined {
  if (list) {
    const keys = new Map(list.channels.flatMap(({ key, paths }) => paths.map((path) => [path, key] as const)));
    return (path) => keys.get(path);
  }
  const counted = new Set(["site", ...kept.flatMap(({ channels }) => Object.keys(channels))]);
  return (path) => {
    const key = keyOfFolder(folderOf(path), site);
    return counted.has(key) ? key : undefined;
  };
}

const pathsOf = (list: PublishedList | undefined): readonly string[] =>
  list?.channels.flatMap(({ paths }) => paths) ?? [];

/** Logs of a server may be those of several sites. */
function hostsOf(site: Site): (host: string) => boolean {
  const bare = (host: string) => host.replace(/^www\./, "");
  const own = new Set([site.url, site.feeds, ...mediaUrlsOf(site)].map((url) => bare(new URL(url).hostname)));
  return (host) => own.has(bare(host));
}

async function putPage(state: Store, page: string): Promise<void> {
  const bytes = new TextEncoder().encode(page);
  const known = await readObject(state, PAGE_KEY);
  if (known && Buffer.compare(known.body, bytes) === 0) return;
  await state.put(PAGE_KEY, bytes, { contentType: "text/html; charset=utf-8" });
}
