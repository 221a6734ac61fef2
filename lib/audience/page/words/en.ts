/** The words of the author's page in English. */
import type { AudienceWords } from "./words.ts";

const plural = (one: string, other: string) => (count: number, shown: string) =>
  `${shown} ${count === 1 ? one : other}`;

export const AUDIENCE_EN: AudienceWords = {
  skip: "Skip to content",
  betweenSentences: " ",
  audience: "Audience",
  titleOf: (site) => `Audience of ${site}`,
  subscribersOn: (count, day) => `${count === 1 ? "subscriber" : "subscribers"} on ${day}`,
  partial: "This day has not ended: its numbers are those so far, and will grow.",
  counted: ({ count, shown, of }, from, to, requests) =>
    `Counted: ${shown === of ? of : `${shown} of ${of}`} ${count === 1 ? "day" : "days"}, from ${from} to ${to}; ${requests} requests.`,
  nothing: "Nothing was counted yet.",
  countFirst: "Counts come from access logs. Give the folder or bucket that they are in:",
  afterwards: "What was counted stays when the logs go. Make this page again after that.",

  subscribers: "Subscribers",
  reported: "reported by aggregators",
  estimated: "estimated",
  in7: "in 7 days",
  in30: "in 30 days",
  day: "Day",
  dash: "–: the day that it would be compared with was not counted.",
  dashUncounted: "–: this day was not counted.",

  overTime: "Subscribers over time",
  moved: ({ first, firstDay, last, lastDay, highest, highestDay }) =>
    `From ${first} on ${firstDay} to ${last} on ${lastDay}. The most were ${highest}, on ${highestDay}.`,
  named: (name, sentence) => `${name}: ${sentence}`,
  oneDay: "One day was counted so far. A plot is drawn from two days on.",
  uncounted: (count, shown) =>
    count === 1
      ? "1 day was not counted: there the lines are interrupted."
      : `${shown} days were not counted: there the lines are interrupted.`,
  saidLine: "reported by aggregators",
  totalLine: "all, with the estimate",
  gap: "not counted",
  byDay: "These numbers by day",

  channels: "Channels",
  channel: "Channel",
  channelsNote: (from, to) =>
    `From ${from} to ${to}. Each has a scale of its own, from 0 to its highest number, which is written below: heights cannot be compared from one to another.`,
  someOf: (shown, all) => `The ${shown} with the most subscribers, of ${all}.`,
  highest: (count) => `highest: ${count}`,
  someDays: "These numbers on some days",
  allChannels: plural("channel as a table", "channels as a table"),
  browsers: "Browsers",
  browsersNote: "Browsers are those that opened a feed or its page on that day. They are not subscribers.",
  gone: "no longer published",
  changeIn7: (change) => `${change} in 7 days`,
  changeIn30: (change) => `${change} in 30 days`,

  readers: "What they read with",
  reader: "Reader",
  readersNote:
    "~ is an estimate: different clients on that day. Numbers without it are what an aggregator says; ? asks for many people, and does not say for how many.",
  rest: plural("more", "more"),
  leftOut: (count, shown) => `${shown} more ${count === 1 ? "is" : "are"} not on this page.`,

  recordings: "Episodes, videos and streams",
  recording: "Title",
  recordingsNote:
    "Bars are the downloads of each of the first 30 days, each plot on a scale of its own; without a base line, the day was not counted.",
  published: "Published",
  stream: "stream",
  downloads: plural("download", "downloads"),
  listeners: plural("listener", "listeners"),
  total: "All",
  last7: "Last 7 days",
  last30: "Last 30 days",
  lastDays: (seven, thirty) => `${seven} in the last 7 days, ${thirty} in the last 30`,
  estimatedOf: (_, shown) => `; ~${shown} of all estimated`,
  firstDays: (title, total, days, highest) =>
    `${title}: ${total} in the first 30 days, of which ${days} were counted; at most ${highest} on a day.`,
  highestDay: (count) => `highest day: ${count}`,
  allRecordings: plural("recording as a table", "recordings as a table"),
  byFirstDay: "The first 30 days as a table",

  toDo: "What can be done",
  nothingToDo: "Nothing: every channel is read, and nobody asks in vain.",
  unread: "Channels that nobody asks for",
  unreadNote:
    "In the last 30 days, as far as they were counted, nobody asked for these. They could be dropped, or linked where readers see them.",
  missing: "Asked for, and not there",
  missingNote:
    "Readers asked for these addresses in the last 30 days. If they once were feeds, add them to aliases in site.yaml, publish, and let the server know.",
  served: "(in site.yaml by now: if it still fails, look at the server)",
  address: "Address",
  requests: "Requests",
  former: "Former addresses in use",
  formerNote: "Readers still asked for these in the last 30 days. Keep them as long as they do.",
  kind: "Kind",
  alias: "alias",
  retired: "retired",
  wasteful: "Readers that take the same again and again",
  wastefulNote:
    "In the last 7 days, these asked without conditions and were sent what they had. Their makers can add If-None-Match or If-Modified-Since.",
  unconditional:
    "Nobody was answered 304 in the last 7 days, so every reader fetches every feed each time. Let the server send ETag or Last-Modified, and answer If-None-Match.",
  again: "Sent again, at most",
  bytes: "Bytes, about",
  doubtful: "Doubtful numbers",
  doubtfulNote:
    "An aggregator reported more than ten times what it reported before, or one that is not known more than ten times what all others say. What it reported the day before stands in place of these numbers.",
  count: "Said",
  before: "Before",

  how: "How it was counted",
  howSentences: [
    "Aggregators say for how many people they ask: of each channel and UTC day the highest number counts; readers that say nothing are counted as different pairs of address and program, which is an estimate.",
    "Downloads follow the IAB’s podcast measurement guidelines: at least a minute of a recording, once for each address, program and day, without bots.",
    "No address, and nothing that is made from one, is kept; numbers that programs say can be forged.",
  ],
};
