/** What an owner can do for the audience: channels to drop, addresses to serve, readers to ask for better manners. */
import type { Audience } from "../audience/types.ts";
import { percentDecoded, readableEscapes, writtenNumber } from "../base/text.ts";
import { section } from "./section.ts";
import { type Paint, visible } from "./text.ts";
import { count, showBytes } from "./words.ts";

export async function showAdvice(audience: Audience, paint: Paint): Promise<readonly string[]> {
  const sections = [unreadIn, missingIn, formerIn, wastefulIn, doubtfulIn].map((make) =>
    section(paint, make(audience)),
  );
  return (await Promise.all(sections)).flat();
}

const NAMED = { numbers: 0 };

/** `in 30 days`, or in those that were counted. */
function within({ series }: Audience, days: number): string {
  const counted = series.slice(-days).filter(({ said }) => said !== undefined).length;
  return counted === days ? `in ${days} days` : `in ${count(counted, "counted day")}`;
}

const unreadIn = (audience: Audience) => ({
  ...NAMED,
  heading: `channels whose feeds no reader asked for ${within(audience, 30)}`,
  columns: ["channel", "address"],
  rows: audience.unread.map(({ title, url }) => [title, shown(url)]),
  fix: "tell people of them, or make fewer channels, with `kinds`, `taxonomies` and `channels` in site.yaml",
});

function missingIn(audience: Audience) {
  const { missing } = audience;
  // As site.yaml has paths: decoded, and without the first slash.
  const example = percentDecoded((missing[0]?.address ?? "").replace(/^\//, ""));
  return {
    numbers: 1,
    heading: `asked for by readers, and not there, ${within(audience, 30)}`,
    columns: ["requests", "address"],
    rows: missing.map(({ requests, address }) => [writtenNumber(requests), shown(address)]),
    fix: `where one of them was a feed, name it in site.yaml with the document that takes its place: \`aliases: [${visible(JSON.stringify(example))}: rss.xml]\``,
  };
}

const formerIn = (audience: Audience) => ({
  numbers: 1,
  heading: `former addresses that are still asked for, ${within(audience, 30)}: keep them in site.yaml`,
  columns: ["requests", "", "address"],
  rows: audience.former.map(({ requests, kind, address }) => [writtenNumber(requests), kind, shown(address)]),
});

const wastefulIn = (audience: Audience) => ({
  numbers: 3,
  heading: `fetch feeds again without asking whether they changed, ${within(audience, 7)}`,
  columns: ["requests", "again", "bytes", "who"],
  rows: audience.wasteful.map(({ name, requests, again, bytes }) => [
    writtenNumber(requests),
    `~${writtenNumber(again)}`,
    `~${showBytes(bytes)}`,
    name,
  ]),
  fix: "ask whoever makes or runs them to send If-None-Match (RFC 9110); unchanged feeds then cost no bytes",
});

const doubtfulIn = ({ doubtful }: Audience) => ({
  numbers: 2,
  heading: "counts that are left out, since they are more than ten times what the same aggregator said before",
  columns: ["said", "before", "day", "aggregator", "channel"],
  rows: doubtful.map(({ count: said, before, day, agent, channel }) => [
    writtenNumber(said),
    writtenNumber(before),
    day,
    agent,
    channel,
  ]),
  note: "anyone can send such a number, so that of the day before stands in its place; what is said on 7 counted days in a row is believed from the 8th on",
});

/** An address in its own script. */
const shown = (address: string): string => readableEscapes(address);
