/** A day of requests that is made up, with what is true of it: who asked for what is known, and so what a count must say. */
import type { LogRequest } from "../../lib/audience/types.ts";

/** Numbers from 0 up to below 1 that look like chance, and are the same each time (mulberry32). */
export function chanceOf(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Truth {
  /** By channel key and name of the aggregator. */
  readonly subscribers: ReadonlyMap<string, number>;
  /** People who read by themselves, by channel key: a household or an office may look like one of them. */
  readonly people: ReadonlyMap<string, number>;
  /** Downloads of each recording, by its path; those that are found by adding bytes not among them. */
  readonly downloads: ReadonlyMap<string, number>;
  readonly requests: number;
}

export interface SyntheticDay {
  readonly truth: Truth;
  /** In no order but that of a log: by time, about. To be asked for once. */
  requests(): Iterable<LogRequest>;
}

export interface SyntheticOptions {
  readonly day: string;
  readonly requests: number;
  readonly seed: number;
  /** Folders of channels, by their keys; the site's is empty. */
  readonly channels: ReadonlyMap<string, string>;
  /** Paths of episodes of 600,000 bytes and 600 seconds. */
  readonly episodes: readonly string[];
}

/** Aggregators that say for how many, with what they call themselves for a count and a feed. */
const AGGREGATORS: readonly (readonly [name: string, agent: (count: number, id: number) => string])[] = [
  ["Feedly", (n) => `Feedly/1.0 (+http://www.feedly.com/fetcher.html; ${n} subscribers; like FeedFetcher-Google)`],
  ["Feedbin", (n, id) => `Feedbin feed-id:${id} - ${n} subscribers`],
  ["NewsBlur", (n, id) => `NewsBlur Feed Fetcher - ${n} subscribers - https://www.newsblur.com/site/${id}/notes`],
];

const READERS = [
  "Miniflux/2.2.0",
  "FreshRSS/1.24.3 (Linux; https://freshrss.org)",
  "NetNewsWire (RSS Reader; https://netnewswire.com/)",
  "newsboat/2.38.0 (Linux 6.1.0 x86_64)",
];
const PLAYERS = ["AntennaPod/3.5.0", "Podcasts/1750.10 CFNetwork/1568.100 Darwin/24.0.0"];
const BOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
const BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

const FORMATS = ["rss.xml", "atom.xml", "feed.json"];

/** Shares of all requests. */
const SHARE = { aggregators: 0.05, readers: 0.75, players: 0.1, bots: 0.07, browsers: 0.03 };
/** How often a reader asks in a day. */
const POLLS = 12;
/** Of the people, how many share an address and a reader with somebody else, and how many get another address within the day. */
const SHARING = 0.05;
const MOVING = 0.03;

/** An actor's next request; each actor makes as many as it is asked for. */
type Actor = () => Partial<LogRequest>;

export function syntheticDay(options: SyntheticOptions): SyntheticDay {
  const { day, requests, seed, channels, episodes } = options;
  const chance = chanceOf(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)] as T;
  const keys = [...channels.keys()];
  const subscribers = new Map<string, number>();
  const people = new Map<string, number>();
  const downloads = new Map<string, number>();
  const actors: (readonly [times: number, actor: Actor])[] = [];
  const raise = (map: Map<string, number>, key: string, by = 1) => map.set(key, (map.get(key) ?? 0) + by);
  const feedOf = (channel: string, format = pick(FORMATS)) => `/${channels.get(channel)}${format}`;
  let made = 0;
  const act = (times: number, actor: Actor) => {
    actors.push([times, actor]);
    made += times;
  };

  /** Addresses of this block are never given twice. */
  let given = 0;
  const newAddress = () => {
    given += 1;
    return given % 5 === 0
      ? `2001:db8:${(given >> 16).toString(16)}:${(given & 0xffff).toString(16)}::1`
      : `10.${(given >> 16) & 255}.${(given >> 8) & 255}.${given & 255}`;
  };

  // Each aggregator knows each feed by one id, asks from several addresses, and says more and more people.
  const feeds = keys.flatMap((channel) => FORMATS.map((format) => [channel, format] as const));
  const pollsEach = Math.max(2, Math.round((requests * SHARE.aggregators) / (AGGREGATORS.length * feeds.length)));
  for (const [name, agentOf] of AGGREGATORS) {
    for (const [id, [channel, format]] of feeds.entries()) {
      const most = 1 + Math.floor(chance() * 500);
      raise(subscribers, `${channel} ${name}`, most);
      let polls = 0;
      act(pollsEach, () => {
        polls += 1;
        const reported = polls === pollsEach ? most : Math.max(0, most - Math.floor(chance() * 3));
        return {
          path: feedOf(channel, format),
          agent: agentOf(reported, id),
          address: `198.51.100.${polls % 250}`,
          status: 304,
          bytes: 200,
        };
      });
    }
  }

  const readers = Math.round((requests * SHARE.readers) / POLLS);
  for (let i = 0, former: readonly [string, string, string] | undefined; i < readers; i++) {
    const isShared = former !== undefined && chance() < SHARING;
    const [channel, address, agent]: readonly [string, string, string] =
      isShared && former ? former : [pick(keys), newAddress(), pick(READERS)];
    former = [channel, address, agent];
    const moved = chance() < MOVING ? newAddress() : address;
    const path = feedOf(channel);
    let polls = 0;
    raise(people, channel);
    act(POLLS, () => {
      polls += 1;
      const isFirst = polls === 1;
      return {
        path,
        agent,
        address: polls > POLLS / 2 ? moved : address,
        status: isFirst ? 200 : 304,
        bytes: isFirst ? 9_000 : 200,
      };
    });
  }

  // One of four listens to all of it, one in two parts, one twice, and one to less than a minute.
  const listeners = Math.round((requests * SHARE.players) / 2);
  for (let i = 0; i < listeners; i++) {
    const path = pick(episodes);
    const [agent, address] = [pick(PLAYERS), newAddress()];
    const kind = i % 4;
    if (kind !== 3) raise(downloads, path);
    let parts = 0;
    act(2, (): Partial<LogRequest> => {
      parts += 1;
      const common = { path: `/${path}`, agent, address };
      if (kind === 0)
        return parts === 1
          ? { ...common, status: 200, bytes: 600_000 }
          : { ...common, status: 206, bytes: 2, range: { start: 0, end: 1 } };
      if (kind === 2) return { ...common, status: 200, bytes: 600_000 };
      const half = { start: (parts - 1) * 30_000, end: parts * 30_000 - 1 };
      return { ...common, status: 206, bytes: kind === 1 ? 30_000 : 29_000, range: half };
    });
  }

  act(Math.round(requests * SHARE.bots), () => ({
    path: chance() < 0.5 ? feedOf(pick(keys)) : `/${pick(episodes)}`,
    agent: BOT,
    address: `203.0.113.${Math.floor(chance() * 250)}`,
    bytes: 600_000,
  }));
  act(Math.max(0, requests - made), () => ({
    path: `/${channels.get(pick(keys))}index.html`,
    agent: BROWSER,
    address: `192.0.2.${Math.floor(chance() * 250)}`,
  }));

  return {
    truth: { subscribers, people, downloads, requests: made },
    *requests() {
      const order = chanceOf(seed + 1);
      const left = actors.map(([times, actor]) => ({ times, actor }));
      let id = 0;
      // One request of each actor after another, some left out for a while.
      while (left.length > 0) {
        for (let i = left.length - 1; i >= 0; i--) {
          const one = left[i];
          if (!one || order() < 0.3) continue;
          id += 1;
          yield {
            day,
            method: "GET",
            host: "feeds.example.com",
            path: "/",
            query: "",
            status: 200,
            bytes: 5_000,
            agent: "",
            address: "",
            range: undefined,
            ...one.actor(),
            id: `r${seed}-${id}`,
          };
          one.times -= 1;
          if (one.times > 0) continue;
          left[i] = left[left.length - 1] ?? one;
          left.pop();
        }
      }
    },
  };
}

const FIELDS =
  "date time x-edge-request-id c-ip cs-method x-host-header cs-uri-stem cs-uri-query sc-status sc-bytes cs(User-Agent) sc-range-start sc-range-end";

/** As CloudFront's standard logs, version 2, write them in the form W3C. */
export const w3cHead = `#Version: 1.0\n#Fields: ${FIELDS}\n`;

const dash = (value: string | number | undefined) => (value === undefined || value === "" ? "-" : value);

export function w3cLine(request: LogRequest): string {
  const { day, method, host, path, query, status, bytes, agent, address, range, id } = request;
  const cells = [
    day,
    "10:20:30",
    id,
    address,
    method,
    host,
    path,
    query,
    status,
    bytes,
    encodeURI(agent),
    range?.start,
    range?.end,
  ];
  return `${cells.map(dash).join("\t")}\n`;
}

/** The same as JSON lines. */
export function jsonLine(request: LogRequest): string {
  const cells = w3cLine(request).trimEnd().split("\t");
  return `${JSON.stringify(Object.fromEntries(FIELDS.split(" ").map((name, i) => [name, cells[i] ?? "-"])))}\n`;
}

/** As nginx and Apache write them, in the form called combined. */
export function combinedLine({ day, method, path, query, status, bytes, agent, address }: LogRequest): string {
  const [year, month, date] = day.split("-");
  const name = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][Number(month) - 1];
  const target = query === "" ? path : `${path}?${query}`;
  return `${address} - - [${date}/${name}/${year}:10:20:30 +0000] "${method} ${target} HTTP/1.1" ${status} ${bytes} "-" "${agent}"\n`;
}
