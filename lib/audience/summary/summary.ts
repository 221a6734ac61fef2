/** All that people see of the audience, worked out from the counts of its days. */
import { present } from "../../base/optional.ts";
import { compareKeys } from "../../stores/store.ts";
import { daysUpTo, lastDays, numberOf } from "../days.ts";
import type { Day, DayCount, Recording } from "../types.ts";
import { selectFormer, selectMissing } from "./addresses.ts";
import { selectChannels, selectReaders } from "./channels.ts";
import { leaveOutDoubtful } from "./doubts.ts";
import { figuresOf, readershipOn, seriesOf } from "./figures.ts";
import { selectRecordings } from "./recordings.ts";
import type { Audience, AudienceChannel } from "./types.ts";
import { selectWasteful } from "./wasteful.ts";

export interface AudienceInput {
  /** One for each day that was counted, in any order. */
  readonly days: readonly DayCount[];
  /** That are published now; archives are not among them. Absent: it is unknown which are. */
  readonly channels?: readonly AudienceChannel[];
  /** That posts have now. */
  readonly recordings: readonly Recording[];
  readonly site: Audience["site"];
  /** It has not ended; days after it are left out. */
  readonly today: Day;
  /** Whether there is anything at a former address, by what site.yaml says now. */
  readonly isServed: (address: string) => boolean;
}

/** Two years: all that plots show, and so all that is read. */
export const MOST_DAYS = 2 * 365;

/** `figuresOf` says how a subscriber is counted, `leaveOutDoubtful` which counts are left out. */
export function selectAudience({ days, channels, recordings, site, today, isServed }: AudienceInput): Audience {
  const counted = days.filter(({ day }) => day <= today).toSorted((a, b) => compareKeys(a.day, b.day));
  const latest = counted.findLast(({ day }) => day < today) ?? counted.at(-1);
  const overview = { site, isPartial: latest?.day === today, counted: overviewOf(counted) };
  if (!latest) return { ...overview, ...NOTHING };

  const { day } = latest;
  const { days: believed, doubtful } = leaveOutDoubtful(counted.filter((count) => count.day <= day));
  const shown = daysUpTo(day, Math.min(MOST_DAYS, 1 + numberOf(day) - numberOf(counted[0]?.day ?? day)));
  const month = lastDays(believed, day, 30);
  const figures = figuresOf(believed);
  return {
    ...overview,
    day,
    subscribers: readershipOn(day, figures.ofSite),
    series: seriesOf(shown, figures),
    ...selectChannels(channels, month, shown, figures),
    readers: believed.slice(-1).flatMap((count) => selectReaders(count, doubtful)),
    recordings: selectRecordings(recordings, believed, day),
    missing: selectMissing(month, isServed),
    former: selectFormer(month),
    ...selectWasteful(lastDays(believed, day, 7)),
    doubtful: doubtful.filter((count) => count.day >= (shown[0] ?? day)),
  };
}

const NOTHING = {
  subscribers: { reported: 0, estimated: 0, total: 0 },
  series: [],
  channels: [],
  readers: [],
  recordings: [],
  unread: [],
  missing: [],
  former: [],
  wasteful: [],
  isUnconditional: false,
  doubtful: [],
};

function overviewOf(counted: readonly DayCount[]): Audience["counted"] {
  return {
    ...present({ from: counted[0]?.day, to: counted.at(-1)?.day }),
    days: counted.length,
    requests: counted.reduce((sum, { requests }) => sum + requests, 0),
  };
}
