/** Requests of one day → its count. Sums, highest numbers and sets alone: the order of requests makes no difference. */
import { present } from "../../base/optional.ts";
import type { Format } from "../../model.ts";
import { isKnown } from "../agents/known.ts";
import type { Agent, AgentCount, AgentKind, Day, DayCount, FormerCount, LogRequest, Target } from "../types.ts";
import { addressOf, isFeedLike, isImpersonal } from "./addresses.ts";
import { clientAddress } from "./clients.ts";
import { type Hasher, openHashSet } from "./hashes.ts";
import { feedOf, type LostAddresses, openLost } from "./lost.ts";
import { openRecordings } from "./recorded.ts";
import { add, at, type HighestNumbers, mostOf, openBoundedNames, openHighest, sorted, type Tally } from "./tallies.ts";

/** Names of agents and former addresses of one day at most: anybody can make up more. */
const MOST_AGENTS = 200;
const MOST_ADDRESSES = 200;
/** How many names that no table knows are counted at once. */
const MOST_NAMES = 5_000;

/** Feeds of one channel that one aggregator may have, since it may know one feed by several addresses: the highest numbers count. */
const MOST_FEEDS = 20;

/** All agents of a day beyond the most usual ones. */
const OTHERS = "others";

/** A User-Agent as it was read, with a salted hash of it. */
export interface Asker {
  readonly agent: Agent;
  readonly hash: number;
}

export interface DayCounter {
  take(request: LogRequest, who: Asker, target: Target): void;
  finish(): DayCount;
}

/** What is counted of a channel. */
interface Channel {
  /** By agent: of each of its feeds the highest number that it reported. */
  readonly reported: Map<string, HighestNumbers>;
  readonly readers: Tally;
  browsers: number;
  readonly formats: Map<Format, number>;
  bytes: number;
}

type Counting<T> = { -readonly [Name in keyof T]: T[Name] };

const ANSWERED: ReadonlySet<number> = new Set([200, 206, 304]);
const NOT_THERE: ReadonlySet<number> = new Set([403, 404, 410]);

/** Of one name there may be agents of several kinds: the first of these counts. */
const KINDS: readonly AgentKind[] = ["aggregator", "reader", "browser", "monitor", "bot", "program"];

/** Who follows feeds: bots ask for ever where one was once. */
const isReading = ({ kind }: Agent): boolean => kind === "reader" || kind === "aggregator";

/** `today`: when it is counted. */
export function openDay(day: Day, today: Day, hasher: Hasher): DayCounter {
  const seen = openHashSet();
  const channels = new Map<string, Channel>();
  const agents = new Map<string, Counting<AgentCount>>();
  const madeUp = openBoundedNames(MOST_NAMES, (name) => agents.delete(name));
  const readers: Tally = new Map();
  const aliases = openLost();
  const retired = openLost();
  const missing = openLost();
  const recordings = openRecordings(hasher, seen);
  let requests = 0;

  const clientOf = ({ address }: LogRequest, { hash }: Asker) => hasher.pair(hasher.of(clientAddress(address)), hash);
  /** Whether the client is seen at this place for the first time of the day. */
  const isFirst = (client: number, place: string) => seen.add(hasher.pair(client, hasher.of(place)));
  const nameOf = ({ name }: Agent) => (isKnown(name) || madeUp.take(name) ? name : OTHERS);
  const channelAt = (key: string) =>
    at(channels, key, () => ({
      reported: new Map(),
      readers: new Map(),
      browsers: 0,
      formats: new Map(),
      bytes: 0,
    }));

  function takeFeed(request: LogRequest, who: Asker, target: Target & { readonly kind: "feed" }): void {
    const agent = { ...who.agent, name: nameOf(who.agent) };
    const { channel: key, format, alias } = target;
    const channel = channelAt(key);
    channel.bytes += request.bytes;
    if (alias !== undefined && isReading(agent)) aliases.note(alias, who.agent);
    // An aggregator asks from many addresses, and is one client all the same.
    const client = agent.kind === "aggregator" ? hasher.of(agent.name) : clientOf(request, who);
    countAgent(agent, request, () => isFirst(client, `feed ${format} ${key}`));
    if (isReading(agent)) channel.formats.set(format, (channel.formats.get(format) ?? 0) + 1);
    if (agent.kind === "aggregator") countReported(channel, agent, `${format} ${alias ?? ""}`);
    if (agent.kind === "reader") {
      if (isFirst(client, `reader ${key}`)) add(channel.readers, agent.name);
      if (isFirst(client, "reader")) add(readers, agent.name);
    }
    if (agent.kind === "browser" && isFirst(client, `browser ${key}`)) channel.browsers += 1;
  }

  function countAgent(agent: Agent, { status, bytes }: LogRequest, isFirstOfPair: () => boolean): void {
    const { name, kind } = agent;
    const count = at(agents, name, () => ({ kind, requests: 0, unchanged: 0, bytes: 0, pairs: 0 }));
    if (KINDS.indexOf(kind) < KINDS.indexOf(count.kind)) count.kind = kind;
    count.requests += 1;
    if (status === 304) {
      count.unchanged += 1;
      return;
    }
    count.bytes += bytes;
    if (isFirstOfPair()) count.pairs += 1;
  }

  /** Without a feed id, what was asked for tells feeds of one channel apart: each has subscribers of its own. */
  function countReported({ reported }: Channel, { name, subscribers, feedId }: Agent, asked: string): void {
    if (subscribers === undefined) return;
    if (name !== OTHERS) at(reported, name, () => openHighest(MOST_FEEDS)).note(feedOf(feedId, asked), subscribers);
  }

  function channelCount(
    { reported, readers, browsers, formats, bytes }: Channel,
    names: ReadonlySet<string>,
    named: (counts: Tally) => Named,
  ) {
    const subscribers: Tally = new Map();
    for (const [agent, feeds] of reported) add(subscribers, agent, feeds.sum());
    const { rss, atom, json } = Object.fromEntries(formats);
    return {
      // Nobody could tell what those beyond the most usual ones reported before.
      subscribers: sorted([...subscribers].filter(([agent]) => names.has(agent))),
      readers: named(readers),
      browsers,
      formats: present({ rss, atom, json }),
      bytes,
    };
  }

  return {
    take(request, who, target) {
      if (request.id !== undefined && !seen.add(hasher.of(`id ${request.id}`))) return;
      requests += 1;
      if (request.method !== "GET") return;
      if (target.kind === "recording") recordings.take(request, who.agent, clientOf(request, who), target);
      else if (target.kind === "retired") {
        if (isReading(who.agent)) retired.note(target.address, who.agent);
      } else if (NOT_THERE.has(request.status)) {
        const address = isReading(who.agent) ? addressOf(request.path, request.query) : undefined;
        if (address !== undefined && isFeedLike(address) && isImpersonal(address)) missing.note(address, who.agent);
      } else if (!ANSWERED.has(request.status)) return;
      else if (target.kind === "feed") takeFeed(request, who, target);
      else if (target.kind === "page" && who.agent.kind === "browser") {
        const channel = channelAt(target.channel);
        if (isFirst(clientOf(request, who), `browser ${target.channel}`)) channel.browsers += 1;
      }
    },

    finish() {
      // Names that are made up do not push out those that the table knows.
      const kept = [...agents].filter(([name]) => isKnown(name) || madeUp.has(name));
      const usual = mostOf(kept, (agent, name) => agent.requests + (isKnown(name) ? 2 ** 40 : 0), MOST_AGENTS);
      const names = new Set(usual.map(([name]) => name));
      const named = (counts: Tally): Named => {
        const kept: Tally = new Map();
        for (const [name, count] of counts) add(kept, names.has(name) ? name : OTHERS, count);
        return sorted(kept);
      };
      return {
        format: 1,
        day,
        countedOn: today,
        files: 0,
        requests,
        channels: sorted([...channels].map(([key, channel]) => [key, channelCount(channel, names, named)] as const)),
        agents: sorted(usual),
        readers: named(readers),
        recordings: recordings.finish(),
        former: sorted([...formerOf("alias", aliases), ...formerOf("retired", retired)]),
        missing: sorted(missing.most(MOST_ADDRESSES)),
      };
    },
  };
}

type Named = { readonly [name: string]: number };

const formerOf = (kind: FormerCount["kind"], lost: LostAddresses): readonly (readonly [string, FormerCount])[] =>
  lost.most(MOST_ADDRESSES).map(([address, count]) => [address, { kind, ...count }]);
