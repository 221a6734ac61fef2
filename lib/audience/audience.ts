/** Access logs → counts of their days, which are kept in the state store, and all that people see of them. */
import { copiesFor } from "../hosts/copies.ts";
import { readList } from "../recover/ours.ts";
import { mediaUrlsOf } from "../site/media.ts";
import type { Site } from "../site/types.ts";
import { compareKeys, readObject, type Store } from "../stores/store.ts";
import { countLogs } from "./count/count.ts";
import { findLogFiles } from "./count/files.ts";
import { targetsOf } from "./count/targets.ts";
import { daysAfter } from "./days.ts";
import { AUDIENCE, keepDay, listDays, readDays } from "./kept.ts";
import { renderAudiencePage } from "./page/page.ts";
import { readRecordings } from "./recordings.ts";
import { selectAudience } from "./summary/summary.ts";
import type { Audience, Day, DayCount } from "./types.ts";

export interface CountInput {
  /** Where access logs are: all that is in these stores is looked at. */
  readonly logs: readonly Store[];
  /** `feeds.json` says which channels there are. */
  readonly public: Store;
  /** Its catalog says which recordings there are; counts are put below `audience/`. */
  readonly state: Store;
  readonly site: Site;
  readonly today: Day;
  /** Two numbers of 32 bits, by chance: never the same twice, and never stored. */
  readonly salt: readonly [number, number];
  /** Nothing is put. */
  readonly dryRun?: boolean;
  readonly log: (line: string) => void;
}

export interface CountReport {
  /** Days whose counts are new, and were put. */
  readonly days: readonly Day[];
  /** Days that the logs had, of those that are open; and their requests. */
  readonly counted: readonly Day[];
  readonly requests: number;
  readonly files: number;
  /** Lines that could not be read. */
  readonly damaged: number;
  /** Requests for other hosts, which were left out. */
  readonly elsewhere: number;
  /** Keys of compressed files that end early; of files that are no access logs; of those that others hold, too. */
  readonly cut: readonly string[];
  readonly skipped: readonly string[];
  readonly repeated: readonly string[];
}

export interface CountedAudience {
  readonly report: CountReport;
  readonly audience: Audience;
  /** Of the last two years, those that were kept before included. */
  readonly days: readonly DayCount[];
}

export const PAGE_KEY = `${AUDIENCE}audience.html`;

/** Days before today that are counted again each time: logs come late. */
const OPEN_DAYS = 2;
/** Days that people see. */
const SHOWN_DAYS = 731;

/** Counts the days that are open, and those that were never counted. */
export async function countAudience(input: CountInput): Promise<CountedAudience> {
  const { logs, state, site, today, salt, dryRun, log } = input;
  const [list, recordings, kept] = await Promise.all([
    readList(input.public),
    readRecordings(state, site),
    listDays(state),
  ]);
  const shown = await readDays(
    state,
    [...kept].filter((day) => day > daysAfter(today, -SHOWN_DAYS)),
    log,
  );
  const firstOpen = daysAfter(today, -OPEN_DAYS);
  const isKept = (day: Day) => kept.has(day) && (shown.has(day) || day <= daysAfter(today, -SHOWN_DAYS));
  const isOpen = (day: Day) => day >= firstOpen && day <= today;
  const isWanted = (day: Day) => isOpen(day) || (day < firstOpen && !isKept(day));
  const found = await findLogFiles(logs, { isOpen, isWanted });
  const targetOf = targetsOf({
    site,
    recordings,
    copies: copiesFor(site, list?.channels.flatMap(({ paths }) => paths) ?? []),
  });
  const counted = await countLogs(found.files, { isWanted, targetOf, isOwnHost: hostsOf(site), salt });
  const days = new Map(shown);
  const put: Day[] = [];
  const counts = [...counted.days.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
  for (const count of counts) {
    const known = days.get(count.day);
    if (!known || known.requests <= count.requests) days.set(count.day, count);
    if (!dryRun && (await keepDay(state, count))) put.push(count.day);
  }
  const channels = (list?.channels ?? []).map(({ key, title, url }) => ({ key, title, url }));
  const audience = selectAudience({ days: [...days.values()], channels, recordings, site, today });
  if (!dryRun && logs.length > 0) await putPage(state, renderAudiencePage(audience));
  const { files, repeated } = found;
  const { damaged, elsewhere, cut } = counted;
  const skipped = [...found.skipped, ...counted.foreign].sort(compareKeys);
  const requests = counts.reduce((sum, count) => sum + count.requests, 0);
  const of = { days: put, counted: counts.map(({ day }) => day), requests };
  const report = { ...of, files: files.length - counted.foreign.length, damaged, elsewhere, cut, skipped, repeated };
  return { report, audience, days: [...days.values()] };
}

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
