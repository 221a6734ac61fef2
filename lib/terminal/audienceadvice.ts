/** What an owner can do for the audience: channels to drop, addresses to serve, readers to ask for better manners. */
import type { Audience } from "../audience/summary/types.ts";
import { present } from "../base/optional.ts";
import { readableEscapes, writtenNumber } from "../base/text.ts";
import { section } from "./section.ts";
import { type Paint, visible } from "./text.ts";
import { count, showBytes } from "./words.ts";

export async function showAdvice(audience: Audience, paint: Paint): Promise<readonly string[]> {
  const sections = [unreadIn, missingIn, formerIn, wastefulIn, doubtfulIn].map((make) =>
    section(paint, make(audience)),
  );
  const unconditional = audience.isUnconditional
    ? [
        "",
        `nobody was answered 304 ${within(audience, 7)}, so every reader fetches every feed each time`,
        `  ${paint("cyan", "fix:")} let the server send ETag or Last-Modified, and answer If-None-Match (docs/hosts.md)`,
      ]
    : [];
  return [...(await Promise.all(sections)).flat(), ...unconditional];
}

const NAMED = { numbers: 0 };

/** `in 30 days`, or in those that were counted. */
function within({ series }: Audience, days: number): string {
  const counted = series.slice(-days).filter(({ reported }) => reported !== undefined).length;
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
  const lacking = missing.filter(({ isServed }) => !isServed).slice(0, MOST_NAMED);
  const lines = lacking.map(({ address }) => `\`- ${visible(JSON.stringify(address))}: rss.xml\``);
  return {
    numbers: 2,
    heading: `asked for by readers, and not there, ${within(audience, 30)}`,
    columns: ["subscribers", "requests", "address"],
    rows: missing.map(({ requests, subscribers, address, isServed }) => [
      ...[subscribers, requests].map(writtenNumber),
      `${shown(address)}${isServed ? "  (in site.yaml by now: if it still fails, see docs/hosts.md)" : ""}`,
    ]),
    ...present({
      fix:
        lines.length === 0
          ? undefined
          : `where one of them was a feed, add it to \`aliases\` in site.yaml with the document that takes its place, such as ${lines.join(" and ")}; publish, and let the server know (\`host\`, docs/hosts.md)`,
    }),
  };
}

/** As lines for site.yaml. */
const MOST_NAMED = 3;

const formerIn = (audience: Audience) => ({
  numbers: 2,
  heading: `former addresses that are still asked for, ${within(audience, 30)}: keep them in site.yaml`,
  columns: ["subscribers", "requests", "", "address"],
  rows: audience.former.map(({ requests, subscribers, kind, address }) => [
    ...[subscribers, requests].map(writtenNumber),
    ...[kind, shown(address)],
  ]),
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

const doubtfulIn = ({ doubtful, channels, unread }: Audience) => ({
  numbers: 2,
  heading:
    "counts that are not believed: more than ten times what the aggregator reported before, or, of an unknown one, what all others say",
  columns: ["reported", "before", "day", "aggregator", "channel"],
  rows: doubtful.map(({ count: reported, before, day, agent, channel }) => [
    writtenNumber(reported),
    writtenNumber(before),
    day,
    agent,
    [...channels, ...unread].find(({ key }) => key === channel)?.title ?? channel,
  ]),
  note: "anyone can send such a number, so that of the day before stands in its place; what is reported on 7 counted days in a row is believed from the 8th on",
});

/** An address in its own script. */
const shown = (address: string): string => readableEscapes(address);
