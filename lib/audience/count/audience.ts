/** Access logs → the days that are open, counted and kept. */
import type { Site } from "../../site/types.ts";
import type { Store } from "../../stores/store.ts";
import type { Audience, Day } from "../types.ts";

export interface CountInput {
  /** Where access logs are, each a store: every key is looked at. */
  readonly logs: readonly Store[];
  /** `site.yaml` is read. */
  readonly content: Store;
  /** `feeds.json` is read: which channels there are. */
  readonly public: Store;
  /** `head.json`, `catalogs/` and `entries/` are read: recordings of posts. `audience/` is written. */
  readonly state: Store;
  readonly site: Site;
  readonly today: Day;
  /** Random numbers for the salt: 4 unsigned 32-bit integers. */
  readonly salt: readonly number[];
  readonly dryRun?: boolean;
  readonly log: (line: string) => void;
}

export interface CountReport {
  /** Those that were written. */
  readonly days: readonly Day[];
  readonly requests: number;
  /** Lines that could not be read. */
  readonly damaged: number;
  readonly files: number;
  /** Keys that are no access logs. */
  readonly skipped: readonly string[];
}

/** STUB: counts nothing. */
export async function countAudience({ site }: CountInput): Promise<CountReport & { readonly audience: Audience }> {
  const audience: Audience = {
    site: { title: site.title, url: site.url, language: site.language },
    isPartial: false,
    counted: { days: 0, requests: 0 },
    subscribers: { said: 0, estimated: 0, total: 0 },
    ...{ series: [], channels: [], readers: [], recordings: [], unread: [], missing: [], former: [] },
    ...{ wasteful: [], doubtful: [] },
  };
  return { days: [], requests: 0, damaged: 0, files: 0, skipped: [], audience };
}
