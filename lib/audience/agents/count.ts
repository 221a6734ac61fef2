/**
 * For how many people an aggregator says that it asks, and for which feed. No specification has it: aggregators have written
 * `(…; 154 subscribers)` into their User-Agents since Bloglines, and others read it there.
 */

export interface SaidCount {
  /** Absent where what stands there is no count that anybody could have. */
  readonly subscribers: number | undefined;
}

/** `457 subscribers`, `2 readers`, `1,024 subscribers`, `1 subscriber(s)`; of `Reader/2.0 Reader` it is none. */
const BEFORE = /(?<![\p{L}\p{N}.,/_-])(\d+(?:,\d+)*)\s{1,4}(?:subscribers?|readers?)(?![\p{L}\p{N}/_-])/iu;
/** `subscribers=12`, `subscribers: 12`, `Subscriber Count: 12`. */
const AFTER = /(?<![\p{L}\p{N}])(?:subscribers?|readers?)(?:[ _-]?count)?\s{0,4}[=:]\s{0,4}(\d+(?:,\d+)*)/iu;
/** `users 1; views 1` of YahooFeedSeeker. */
const USERS = /[;(]\s{0,4}users\s(\d+(?:,\d+)*)\s{0,4}[;)]/i;
const NUMBER = /^(?:\d{1,15}|\d{1,3}(?:,\d{3}){1,4})$/;
/** More people than anybody has, and no number that is stored may grow beyond it. */
const MOST = 2 ** 31 - 1;

/** Absent where a User-Agent says nothing of the kind. */
export function readCount(agent: string): SaidCount | undefined {
  const said = BEFORE.exec(agent)?.[1] ?? AFTER.exec(agent)?.[1] ?? USERS.exec(agent)?.[1];
  if (said === undefined) return undefined;
  const count = NUMBER.test(said) ? Number(said.replaceAll(",", "")) : Number.POSITIVE_INFINITY;
  return { subscribers: count <= MOST ? count : undefined };
}

const FEED_IDS = [
  /** `feed-id:1373711`, `feed-id=…`, `feedId: 5404723`. */
  /(?<![\p{L}\p{N}])feed[-_]?id\s{0,4}[=:]\s{0,4}([\w-]{1,128})/iu,
  /** NewsBlur and Newsify: `https://www.newsblur.com/site/6865328/name`. */
  /\.(?:com|co)\/site\/(\d{1,15})\b/i,
  /** Player FM: `url=https://player.fm/series/the-changelog-1282967`. */
  /\burl=https?:\/\/(?:www\.)?player\.fm\/series\/([\w-]{1,128})/i,
  /** LiveJournal and Dreamwidth: `for https://www.dreamwidth.org/users/name_feed/`. */
  /\bfor https?:\/\/[\w.-]{1,100}\/users\/([\w-]{1,128})/i,
];

export function readFeedId(agent: string): string | undefined {
  for (const pattern of FEED_IDS) {
    const id = pattern.exec(agent)?.[1];
    if (id !== undefined) return id;
  }
  return undefined;
}
