/** The audience as tables for people: who reads which feed, and what can be done about it. */

import type { Audience, ChannelAudience, RecordingAudience } from "../audience/summary/types.ts";
import { writtenNumber } from "../base/text.ts";
import { showAdvice } from "./audienceadvice.ts";
import { section } from "./section.ts";
import { type Paint, plain, visible } from "./text.ts";
import { count } from "./words.ts";

export interface AudienceView {
  /** The command that counts, as it is typed. */
  readonly command?: string;
  readonly paint?: Paint | undefined;
}

export async function showAudience(audience: Audience, view: AudienceView = {}): Promise<string> {
  const { command = "dripfeed audience <logs>", paint = plain } = view;
  const title = paint("bold", visible(audience.site.title));
  if (audience.day === undefined) {
    return [
      `${title}: nothing was counted yet`,
      `  ${paint("cyan", "fix:")} count access logs with \`${command}\`: a folder of them, or \`s3://<bucket>/<prefix>\``,
    ].join("\n");
  }
  return [
    `${title}: ${headlineOf(audience, audience.day)}`,
    showCounted(audience),
    ...(await showChannels(audience, paint)),
    ...(await showReaders(audience, paint)),
    ...(await showRecordings(audience, paint)),
    ...(await showAdvice(audience, paint)),
    "",
    ...NOTES.map((note) => paint("dim", note)),
  ].join("\n");
}

const NOTES = [
  "~ is an estimate: those that do not say for how many people they ask are counted by their address and User-Agent, some downloads by added bytes",
  "? asks for many people, and does not say for how many",
  "who follows two channels in an aggregator counts twice; any other reader once in the first line, and once for each channel",
  "browsers opened a feed or its page, and are no subscribers",
];

/** A number, with `~` where it is an estimate, if only in part. */
const about = (amount: number, isEstimate: boolean): string => `${isEstimate ? "~" : ""}${writtenNumber(amount)}`;

/** `~1,234 subscribers on 2026-11-28: 1,100 reported by aggregators, ~134 other readers; +12 in 7 days` */
function headlineOf({ subscribers, isPartial, doubtful }: Audience, day: string): string {
  const { reported, estimated, total, change7, change30 } = subscribers;
  const left = doubtful.filter((each) => each.day === day).length;
  const changes = [
    ...(change7 === undefined ? [] : [`${changed(change7)} in 7 days`]),
    ...(change30 === undefined ? [] : [`${changed(change30)} in 30 days`]),
  ];
  return [
    `${about(total, estimated > 0)} ${total === 1 ? "subscriber" : "subscribers"} on ${day}`,
    `${isPartial ? ", which has not ended" : ""}: ${writtenNumber(reported)} reported by aggregators`,
    `, ${about(estimated, true)} other ${estimated === 1 ? "reader" : "readers"}`,
    ...(left > 0 ? [`; without ${count(left, "doubtful count")}`] : []),
    ...(changes.length > 0 ? [`; ${changes.join(", ")}`] : []),
  ].join("");
}

const changed = (change: number): string => `${change > 0 ? "+" : ""}${writtenNumber(change)}`;

function showCounted({ counted: { from = "", to = "", days, requests } }: Audience): string {
  const period = from === to ? from : `${count(days, "day")} from ${from} to ${to}`;
  return `counted: ${period}, ${writtenNumber(requests)} ${requests === 1 ? "request" : "requests"} of any kind`;
}

async function showChannels({ channels }: Audience, paint: Paint): Promise<readonly string[]> {
  if (channels.length === 0) return ["", "no reader asked for any feed"];
  const columns = ["subscribers", "reported", "+/- 7 days", "+/- 30 days", "browsers"];
  const rows = channels.map((channel) => [...numbersOf(channel), nameOf(channel)]);
  return section(paint, { heading: "channels", columns: [...columns, "channel"], numbers: columns.length, rows });
}

const numbersOf = ({ reported, estimated, total, change7, change30, browsers }: ChannelAudience): readonly string[] => [
  about(total, estimated > 0),
  writtenNumber(reported),
  ...[change7, change30].map((change) => (change === undefined ? "" : changed(change))),
  about(browsers, browsers > 0),
];

const nameOf = ({ key, title, isGone }: ChannelAudience): string => (isGone ? `${key} (published no more)` : title);

function showReaders({ readers }: Audience, paint: Paint): Promise<readonly string[]> {
  const rows = readers.map(({ name, subscribers, isEstimate }) => [
    subscribers === undefined ? "?" : about(subscribers, isEstimate),
    name,
  ]);
  return section(paint, { heading: "readers", columns: ["subscribers", "reader"], numbers: 1, rows });
}

function showRecordings({ recordings, counted: { from = "" } }: Audience, paint: Paint): Promise<readonly string[]> {
  const columns = ["downloads", "last 7 days", "last 30 days"];
  const rows = recordings.map((recording) => {
    const { downloads, last7, last30, estimated, published = "" } = recording;
    const numbers = [downloads, last7, last30].map((amount) => about(amount, amount > 0 && estimated > 0));
    return [...numbers, published, titleOf(recording)];
  });
  return section(paint, {
    heading: `episodes, videos and streams, since ${from}`,
    columns: [...columns, "published", "title"],
    numbers: columns.length,
    rows,
  });
}

function titleOf({ title, isStream, published }: RecordingAudience): string {
  const notes = [...(isStream ? ["stream"] : []), ...(published === undefined ? ["no post has it any more"] : [])];
  return notes.length > 0 ? `${title} (${notes.join(", ")})` : title;
}
