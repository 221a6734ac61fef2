/** What the author's page says: the texts that each language file translates. Numbers and dates come as the language writes them. */

/** A count, and how it is written. */
export type CountWord = (count: number, shown: string) => string;

export interface AudienceWords {
  readonly skip: string;
  readonly betweenSentences: string;
  readonly audience: string;
  /** The title of the document. */
  readonly titleOf: (site: string) => string;
  /** After the number itself. */
  readonly subscribersOn: (count: number, day: string) => string;
  readonly partial: string;
  readonly counted: (
    days: { count: number; shown: string; of: string },
    from: string,
    to: string,
    requests: string,
  ) => string;
  readonly nothing: string;
  /** Before the command. */
  readonly countFirst: string;
  readonly afterwards: string;

  readonly subscribers: string;
  readonly reported: string;
  readonly estimated: string;
  /** Changes over so many days. */
  readonly in7: string;
  readonly in30: string;
  readonly day: string;
  /** What a dash in place of a number means. */
  readonly dash: string;
  readonly dashUncounted: string;

  readonly overTime: string;
  readonly moved: (values: PlotMovement) => string;
  /** A sentence about what has a name. */
  readonly named: (name: string, sentence: string) => string;
  readonly oneDay: string;
  readonly uncounted: CountWord;
  readonly saidLine: string;
  readonly totalLine: string;
  readonly gap: string;
  readonly byDay: string;

  readonly channels: string;
  readonly channel: string;
  readonly channelsNote: (from: string, to: string) => string;
  readonly someOf: (shown: string, all: string) => string;
  readonly highest: (count: string) => string;
  readonly someDays: string;
  readonly allChannels: CountWord;
  readonly browsers: string;
  readonly browsersNote: string;
  readonly gone: string;
  readonly changeIn7: (change: string) => string;
  readonly changeIn30: (change: string) => string;

  readonly readers: string;
  readonly reader: string;
  readonly readersNote: string;
  readonly rest: CountWord;
  /** Of a table that ends before its rows do. */
  readonly leftOut: CountWord;

  readonly recordings: string;
  readonly recording: string;
  readonly recordingsNote: string;
  readonly published: string;
  readonly stream: string;
  readonly downloads: CountWord;
  readonly listeners: CountWord;
  readonly total: string;
  readonly last7: string;
  readonly last30: string;
  readonly lastDays: (seven: string, thirty: string) => string;
  /** Follows `lastDays`. */
  readonly estimatedOf: CountWord;
  readonly firstDays: (title: string, total: string, days: string, highest: string) => string;
  readonly highestDay: (count: string) => string;
  readonly allRecordings: CountWord;
  readonly byFirstDay: string;

  readonly toDo: string;
  readonly nothingToDo: string;
  readonly unread: string;
  readonly unreadNote: string;
  readonly missing: string;
  readonly missingNote: string;
  /** Of a missing address. */
  readonly served: string;
  readonly address: string;
  readonly requests: string;
  readonly former: string;
  readonly formerNote: string;
  readonly kind: string;
  readonly alias: string;
  readonly retired: string;
  readonly wasteful: string;
  readonly wastefulNote: string;
  readonly unconditional: string;
  readonly again: string;
  readonly bytes: string;
  readonly doubtful: string;
  readonly doubtfulNote: string;
  readonly count: string;
  readonly before: string;

  readonly how: string;
  readonly howSentences: readonly string[];
}

/** Of a line: its first and last value, its highest one, and the days of these. */
export interface PlotMovement {
  readonly first: string;
  readonly firstDay: string;
  readonly last: string;
  readonly lastDay: string;
  readonly highest: string;
  readonly highestDay: string;
}
