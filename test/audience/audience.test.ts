/** Logs → counts → what people see: the whole of it, on a published site. */
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { type CountedAudience, type CountInput, countAudience } from "../../lib/audience/audience.ts";
import { renderCsv } from "../../lib/audience/csv.ts";
import { PAGE_KEY } from "../../lib/audience/kept.ts";
import type { DayCount, LogRequest } from "../../lib/audience/types.ts";
import { loadSite } from "../../lib/publish/sitefile.ts";
import type { Site } from "../../lib/site/types.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import { type Store, StoreUnreadable } from "../../lib/stores/store.ts";
import { showAudience } from "../../lib/terminal/audience.ts";
import { plain } from "../../lib/terminal/text.ts";
import { post, WHOLE_SITE, type World, world } from "../support/world.ts";
import { combinedLine, jsonLine, syntheticDay, w3cHead, w3cLine } from "./synthetic.ts";

const DAY = "2026-11-28";
const TODAY = "2026-11-29";
const EPISODES = ["media/1.mp3", "media/2.mp3"];
const CHANNELS = new Map([
  ["site", ""],
  ["tags/water", "tags/water/"],
  ["tags/滴灌", `tags/${encodeURIComponent("滴灌")}/`],
]);

let published: World;
let site: Site;

beforeAll(async () => {
  const posts = EPISODES.map((path, i): [string, string] => [
    `posts/${i}.md`,
    post({
      title: `Episode ${i}`,
      date: `2026-05-0${i + 1}T00:00:00Z`,
      tags: "[water, 滴灌]",
      audio: `{ url: "https://feeds.example.com/${path}", length: 600000, duration: 600 }`,
    }),
  ]);
  const yaml = `${WHOLE_SITE}channels:\n  - { path: rural, tags: [water] }\naliases:\n  - feed/: rss.xml\nretired: { old.xml: rss.xml }\n`;
  published = await world(Object.fromEntries(posts), yaml);
  expect((await published.publish()).problems).toEqual([]);
  const read = await loadSite(published.content, new Date("2026-06-01T00:00:00Z"));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  site = read.site;
});

const bytesOf = (text: string) => new TextEncoder().encode(text);

async function logsOf(
  files: { readonly [key: string]: string | Uint8Array },
  store = memoryStore("logs"),
): Promise<Store> {
  for (const [key, body] of Object.entries(files)) {
    await store.put(key, typeof body === "string" ? bytesOf(body) : body, { contentType: "text/plain" });
  }
  return store;
}

/** A state store with the catalog of the site, and no counts. */
async function newState(): Promise<Store> {
  const state = memoryStore("state");
  for await (const { key } of published.state.list("")) {
    const object = await published.state.get(key);
    if (typeof object === "object") await state.put(key, object.body, { contentType: "x" });
  }
  return state;
}

interface Counting extends Partial<CountInput> {
  readonly lines?: string[];
}

async function count(
  logs: Store | readonly Store[],
  options: Counting = {},
): Promise<CountedAudience & { readonly state: Store }> {
  const state = options.state ?? (await newState());
  const given = { public: published.public, site, today: TODAY, salt: [17, 4] as const, ...options, state };
  const result = await countAudience({ ...given, logs: [logs].flat(), log: (line) => options.lines?.push(line) });
  return { ...result, state };
}

/** One request, as W3C. */
const line = (request: Partial<LogRequest>) =>
  w3cLine({
    ...{ day: DAY, method: "GET", host: "feeds.example.com", path: "/rss.xml", query: "", status: 200, bytes: 5_000 },
    ...{ agent: "Miniflux/2.2.0", address: "192.0.2.1", range: undefined, id: undefined },
    ...request,
  });

const BOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";

const feedly = (subscribers: number) =>
  `Feedly/1.0 (+http://www.feedly.com/fetcher.html; ${subscribers} subscribers; like FeedFetcher-Google)`;

const dayIn = ({ days }: CountedAudience, day = DAY): DayCount => {
  const found = days.find((each) => each.day === day);
  if (!found) throw new Error(`${day} was not counted`);
  return found;
};

describe("a made-up day", () => {
  const day = syntheticDay({ day: DAY, requests: 6_000, seed: 7, channels: CHANNELS, episodes: EPISODES });
  const all = [...day.requests()];
  const saidIn = ({ channels }: DayCount) =>
    new Map(
      Object.entries(channels).flatMap(([key, { subscribers }]) =>
        Object.entries(subscribers).map(([name, number]) => [`${key} ${name}`, number] as const),
      ),
    );

  test.each([
    ["W3C", w3cHead + all.map(w3cLine).join("")],
    ["JSON lines", all.map(jsonLine).join("")],
  ])("in %s is counted as it was", async (_, text) => {
    const counted = dayIn(await count(await logsOf({ "a.log": text })));
    expect(counted.requests).toBe(day.truth.requests);
    expect(saidIn(counted)).toEqual(day.truth.subscribers);
    const downloads = Object.entries(counted.recordings).map(([path, each]) => [path, each.downloads]);
    expect(new Map(downloads as [string, number][])).toEqual(day.truth.downloads);
    expect(Object.values(counted.recordings).map(({ estimated }) => estimated)).toEqual([0, 0]);
    for (const [key, people] of day.truth.people) {
      const clients = Object.values(counted.channels[key]?.readers ?? {}).reduce((sum, each) => sum + each, 0);
      expect(Math.abs(clients - people) / people).toBeLessThan(0.1);
      expect(clients).not.toBe(people); // it is an estimate: some share an address, some get another
    }
  });

  test("in the form combined, which has no ranges, adds the bytes of parts, and says how many downloads rest on that", async () => {
    const counted = dayIn(await count(await logsOf({ "a.log": all.map(combinedLine).join("") })));
    expect(saidIn(counted)).toEqual(day.truth.subscribers);
    for (const { downloads, estimated } of Object.values(counted.recordings)) {
      expect(estimated).toBeGreaterThan(0);
      expect(downloads).toBeGreaterThan(estimated);
    }
  });
});

describe("the counts are the same", () => {
  const day = syntheticDay({ day: DAY, requests: 400, seed: 3, channels: CHANNELS, episodes: EPISODES });
  const former = syntheticDay({ day: "2026-11-27", requests: 100, seed: 4, channels: CHANNELS, episodes: EPISODES });
  const old = syntheticDay({ day: "2026-11-20", requests: 100, seed: 5, channels: CHANNELS, episodes: EPISODES });
  const all = [...day.requests(), ...former.requests(), ...old.requests()];

  test("however requests are split into files, in whatever order, compressed or not, and however often each file is there", async () => {
    const expected = (await count(await logsOf({ "a.log": w3cHead + all.map(w3cLine).join("") }))).days;
    const places = fc.array(fc.nat(5), { minLength: all.length, maxLength: all.length });
    await fc.assert(
      fc.asyncProperty(places, fc.infiniteStream(fc.nat()), fc.nat(5), async (files, ranks, repeated) => {
        const ranked = all.map((each, i) => [ranks.next().value ?? 0, each, files[i] ?? 0] as const);
        const moved = ranked.toSorted(([a], [b]) => a - b);
        const texts = Array.from({ length: 6 }, (_, file) =>
          moved
            .filter(([, , at]) => at === file)
            .map(([, each]) => w3cLine(each))
            .join(""),
        );
        const logs: { [key: string]: Uint8Array } = {};
        for (const [i, text] of texts.entries()) {
          const bytes = bytesOf(w3cHead + text);
          logs[`${i}.log`] = i % 2 === 0 ? bytes : gzipSync(bytes);
          if (i === repeated) logs[`again/${i}.gz`] = gzipSync(bytes);
        }
        const sorted = (days: readonly DayCount[]) => days.toSorted((a, b) => (a.day < b.day ? -1 : 1));
        expect(sorted((await count(await logsOf(logs))).days)).toEqual(sorted(expected));
      }),
      { numRuns: 15 },
    );
  });

  test("when they are counted again, and then nothing is written", async () => {
    const logs = await logsOf({ "a.log": w3cHead + all.map(w3cLine).join("") });
    const first = await count(logs);
    const puts: string[] = [];
    const state: Store = {
      ...first.state,
      put: (key, body, options) => {
        puts.push(key);
        return first.state.put(key, body, options);
      },
    };
    const again = await count(logs, { state, salt: [5, 6] });
    expect(puts).toEqual([]);
    expect(again.report.days).toEqual([]);
    expect(again.audience).toEqual(first.audience);
  });

  test("where a file is a copy of another one, or the beginning of it, though its log has no ids", async () => {
    const text = all.map(combinedLine).join("");
    const expected = (await count(await logsOf({ "access.log": text }))).days;
    const copies = await logsOf({
      "access.log": text,
      "access.log.1.gz": gzipSync(text),
      "saved/early.log": text.slice(0, 3_000),
      "saved/later.log.gz": gzipSync(text.slice(0, 20_000)),
    });
    const counted = await count(copies);
    expect(counted.days).toEqual(expected);
    expect(counted.report.repeated).toHaveLength(3);
    expect(counted.report.files).toBe(1);
  });
});

describe("a day", () => {
  const two = line({ id: "1" }) + line({ id: "2", address: "192.0.2.2" });

  test("is counted again for two days, and takes what comes late", async () => {
    const logs = await logsOf({ "a.log": w3cHead + two });
    const { state } = await count(logs);
    await logsOf({ "b.log": w3cHead + line({ id: "3", address: "192.0.2.3" }) }, logs);
    const later = await count(logs, { state, today: "2026-11-30" });
    expect(dayIn(later).channels["site"]?.readers).toEqual({ Miniflux: 3 });
    await logsOf({ "c.log": w3cHead + line({ id: "4", address: "192.0.2.4" }) }, logs);
    const closed = await count(logs, { state, today: "2026-12-01" });
    expect(dayIn(closed).channels["site"]?.readers).toEqual({ Miniflux: 4 });
  });

  test("that was counted before it had ended is counted again, however much later", async () => {
    const name = (hour: string) => `E2EXAMPLE12345.2026-11-28-${hour}.abcdef12.gz`;
    const logs = await logsOf({ [name("04")]: gzipSync(w3cHead + line({ id: "1" })) });
    const { state } = await count(logs, { today: DAY });
    await logsOf({ [name("22")]: gzipSync(w3cHead + line({ id: "2", address: "192.0.2.2" })) }, logs);
    const later = await count(logs, { state, today: "2026-12-09" });
    expect(dayIn(later)).toMatchObject({ requests: 2, countedOn: "2026-12-09" });
    // And then it is closed: files of CloudFront say by their names that they have nothing else.
    expect((await count(logs, { state, today: "2026-12-10" })).report).toMatchObject({ files: 0, closed: 2 });
    // Unless there are more of them than before.
    await logsOf({ [name("23")]: gzipSync(w3cHead + line({ id: "3", address: "192.0.2.3" })) }, logs);
    const more = await count(logs, { state, today: "2026-12-10" });
    expect([dayIn(more).requests, dayIn(more).files]).toEqual([3, 3]);
    expect((await count(logs, { state, today: "2026-12-10" })).report).toMatchObject({ files: 0, closed: 3 });
  });

  test("of CloudFront is counted from all folders that are named, in one call or in several", async () => {
    const name = (hour: string, id: string) => `E2EXAMPLE12345.2026-11-20-${hour}.${id}.gz`;
    const file = (...ids: readonly string[]) =>
      gzipSync(w3cHead + ids.map((id) => line({ id, day: "2026-11-20", address: `192.0.2.${id}` })).join(""));
    const one = await logsOf({ [name("01", "a")]: file("1", "2"), [name("02", "b")]: file("3") });
    const { state } = await count(one);
    const other = await logsOf({ [name("01", "c")]: file("4"), [name("02", "d")]: file("5") });
    const both = await count([one, other], { state });
    expect([dayIn(both, "2026-11-20").requests, dayIn(both, "2026-11-20").files]).toEqual([5, 4]);
    expect((await count([one, other], { state })).report).toMatchObject({ files: 0, closed: 4 });
    const apart = await Promise.all(
      [name("01", "a"), name("02", "b"), name("03", "e")].map(async (key) => logsOf({ [key]: file(key) })),
    );
    expect(dayIn(await count(apart), "2026-11-20").requests).toBe(3);
  });

  test("of CloudFront that is opened again is counted with what files of the hours beside it have", async () => {
    const name = (hour: string) => `E2EXAMPLE12345.${hour}.abcdef12.gz`;
    const of = (ids: readonly string[]) =>
      gzipSync(w3cHead + ids.map((id) => line({ id, day: "2026-11-20", address: `192.0.2.${id}` })).join(""));
    const logs = await logsOf({ [name("2026-11-20-23")]: of(["1", "2"]), [name("2026-11-21-00")]: of(["3", "4"]) });
    const { state } = await count(logs);
    await logsOf({ [name("2026-11-20-05")]: of(["5"]) }, logs);
    expect(dayIn(await count(logs, { state }), "2026-11-20").requests).toBe(5);
  });

  test("of CloudFront stays open as long as one of its files cannot be read", async () => {
    const name = (hour: string) => `E2EXAMPLE12345.2026-11-20-${hour}.abcdef12.gz`;
    const text = (id: string) => gzipSync(w3cHead + line({ id, day: "2026-11-20" }));
    const logs = await logsOf({ [name("01")]: text("1"), [name("02")]: text("2") });
    const failing: Store = {
      ...logs,
      async getPart(key, start, length) {
        if (key === name("02")) throw new StoreUnreadable("logs", "get", key, "permission denied");
        return await logs.getPart(key, start, length);
      },
    };
    const { state } = await count(failing);
    expect(dayIn(await count(logs, { state }), "2026-11-20").requests).toBe(2);
  });

  test("keeps the numbers of a channel that ended since", async () => {
    const logs = await logsOf({ "a.log": w3cHead + line({ path: "/tags/water/rss.xml", agent: feedly(70) }) });
    const { state } = await count(logs);
    const list = JSON.parse(await published.read("feeds.json"));
    const without = memoryStore("public");
    const channels = list.channels.filter(({ key }: { readonly key: string }) => key !== "tags/water");
    await without.put("feeds.json", bytesOf(JSON.stringify({ ...list, channels })), { contentType: "x" });
    const later = await count(logs, { state, public: without, today: "2026-11-30" });
    expect(dayIn(later).channels["tags/water"]?.subscribers).toEqual({ Feedly: 70 });
  });

  test("stays as it was where logs are gone, and is history", async () => {
    const { state } = await count(await logsOf({ "a.log": w3cHead + two }));
    const fewer = await count(await logsOf({ "a.log": w3cHead + line({ id: "1" }) }), { state });
    expect(dayIn(fewer).requests).toBe(2);
    const later = await count([], { state, today: "2027-03-01" });
    expect(later.audience.day).toBe(DAY);
    expect(later.audience.subscribers.total).toBe(2);
  });

  test("that has not ended is counted so far, and is shown only where there is no other", async () => {
    const logs = await logsOf({ "a.log": w3cHead + two });
    const today = await count(logs, { today: DAY });
    expect([today.audience.day, today.audience.isPartial]).toEqual([DAY, true]);
    await logsOf({ "b.log": w3cHead + line({ id: "5", day: "2026-11-27" }) }, logs);
    expect((await count(logs, { today: DAY })).audience.day).toBe("2026-11-27");
  });

  test("that lies before today's is known, though a later file has it in the middle", async () => {
    const days = ["2026-11-28", "2026-11-20", "2026-11-28", "2026-11-27"];
    const lines = days.map((day, i) => line({ day, id: `${i}`, address: `192.0.2.${i}` }));
    const files = lines.map((text, i) => [`${i}.log`, w3cHead + text + (lines[(i + 1) % 4] ?? "")] as const);
    const counted = await count(await logsOf(Object.fromEntries(files)));
    expect(Object.fromEntries(counted.days.map(({ day, requests }) => [day, requests]))).toEqual({
      "2026-11-20": 1,
      "2026-11-27": 1,
      "2026-11-28": 2,
    });
  });
});

describe("of requests", () => {
  const countLines = async (...requests: readonly Partial<LogRequest>[]) =>
    dayIn(await count(await logsOf({ "a.log": w3cHead + requests.map(line).join("") })));

  test("an aggregator's highest number counts, the formats of a channel added, and those of its feeds", async () => {
    const { channels } = await countLines(
      { agent: feedly(40) },
      { agent: feedly(42), status: 304 },
      { agent: feedly(41), address: "192.0.2.9" },
      { agent: feedly(5), path: "/atom.xml" },
      { agent: feedly(7), path: "/tags/water/feed.json" },
      { agent: feedly(999), status: 404 },
      { agent: feedly(999), method: "HEAD" },
      { agent: feedly(999), status: 301 },
      { agent: "Feedbin feed-id:1 - 10 subscribers" },
      { agent: "Feedbin feed-id:1 - 10 subscribers", path: "/feed/" },
      { agent: "Feedbin feed-id:2 - 3 subscribers", path: "/feed/" },
    );
    expect(channels["site"]?.subscribers).toEqual({ Feedbin: 13, Feedly: 47 });
    expect(channels["tags/water"]?.subscribers).toEqual({ Feedly: 7 });
    expect(channels["site"]?.formats).toEqual({ rss: 6, atom: 1 });
  });

  test("a reader counts once for each address and User-Agent, of IPv6 for each network", async () => {
    const { channels, readers } = await countLines(
      {},
      { status: 304 },
      { path: "/atom.xml" },
      { agent: "Miniflux/2.2.1" },
      { address: "2001:db8:1:2::1" },
      { address: "2001:db8:1:2:ffff::7", path: "/tags/water/rss.xml" },
      { address: "2001:db8:1:3::1", agent: "FreshRSS/1.24.3 (Linux; https://freshrss.org)" },
    );
    expect(channels["site"]?.readers).toEqual({ FreshRSS: 1, Miniflux: 3 });
    expect(channels["tags/water"]?.readers).toEqual({ Miniflux: 1 });
    expect(readers).toEqual({ FreshRSS: 1, Miniflux: 3 });
  });

  test("those that ask without conditions are told from those that are answered 304", async () => {
    const { agents } = await countLines({}, { bytes: 6_000 }, { status: 304, bytes: 300 }, { path: "/atom.xml" });
    expect(agents).toEqual({ Miniflux: { kind: "reader", requests: 4, unchanged: 1, bytes: 16_000, pairs: 2 } });
  });

  test("former addresses are named, and those that readers miss; not those that scanners try", async () => {
    const counted = await countLines(
      { path: "/feed/" },
      { path: "/old.xml", status: 301, agent: feedly(14) },
      { path: "/old.xml", status: 301, agent: BOT },
      { path: "/feed/", agent: BOT },
      { path: "/index.rdf", status: 404, agent: BOT },
      { path: "/index.rdf", status: 404 },
      { path: "/index.rdf", status: 404, query: "user=me" },
      { path: "/index.rdf", status: 404, agent: feedly(12) },
      { path: "/index.rdf", status: 404, agent: "Feedbin feed-id:9 - 8 subscribers" },
      { path: "/favicon.ico", status: 404 },
      { path: "/me@example.com/feed", status: 404 },
      { path: "/", query: "feed=rss2", status: 404 },
      {
        path: "/wp-login.php",
        status: 404,
        agent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
      },
      { path: "/from-192.0.2.1.xml", status: 404 },
    );
    expect(counted.former).toEqual({
      "feed/": { kind: "alias", requests: 1, subscribers: 0 },
      "old.xml": { kind: "retired", requests: 1, subscribers: 14 },
    });
    expect(counted.missing).toEqual({
      "?feed=rss2": { requests: 1, subscribers: 0 },
      "index.rdf": { requests: 4, subscribers: 20 },
    });
    expect(counted.channels["site"]?.readers).toEqual({ Miniflux: 1 });
  });

  test("each document that is published counts for its channel, those of the owner's own too", async () => {
    const { channels } = JSON.parse(await published.read("feeds.json"));
    const feeds: readonly { readonly key: string; readonly feeds: { readonly [format: string]: string } }[] = channels;
    expect(feeds.map(({ key }) => key)).toContain("channels/rural");
    for (const { key, feeds: urls } of feeds) {
      const asked = Object.values(urls).map((url) => ({ path: new URL(url).pathname }));
      expect(Object.keys((await countLines(...asked)).channels)).toEqual([key]);
    }
  });

  test("a channel that is not published, and an archive, count for nothing", async () => {
    const { channels, readers } = await countLines(
      { path: "/tags/192-0-2-1/rss.xml" },
      { path: "/archive/2026-05/rss.xml" },
    );
    expect([channels, readers]).toEqual([{}, {}]);
  });

  test("no made-up name pushes one that is known out of the count, nor is anything of the rest believed", async () => {
    const made = (i: number) => String.fromCharCode(97 + (i % 26), 97 + ((i / 26) | 0), 120);
    const flood = Array.from({ length: 1_200 }, (_, i) => ({
      agent: `Fetch${made(i % 400)}/1 (${i % 400} subscribers)`,
    }));
    const { channels, agents } = await countLines({ agent: feedly(40) }, ...flood);
    expect(agents["Feedly"]?.requests).toBe(1);
    expect(channels["site"]?.subscribers["Feedly"]).toBe(40);
    expect(Object.keys(channels["site"]?.subscribers ?? {})).not.toContain("others");
  });

  test("names without end are counted in the same way, in whatever order they come", async () => {
    const name = (i: number) => [0, 1, 2].map((n) => String.fromCharCode(97 + (Math.floor(i / 26 ** n) % 26))).join("");
    const flood = Array.from({ length: 11_000 }, (_, i) => ({
      agent: `Xoo${name(i)}/1 (rss)`,
      address: `192.0.2.${i % 9}`,
    }));
    const one = await countLines({ agent: feedly(40) }, ...flood);
    const other = await countLines(...flood.toReversed(), { agent: feedly(40) });
    expect(other).toEqual(one);
    expect(Object.keys(one.agents)).toHaveLength(200);
    expect(Object.values(one.readers).reduce((sum, each) => sum + each, 0)).toBe(11_000);
  });

  test("an aggregator's true numbers stay, whatever feed ids are made up in its name or another's", async () => {
    const made = Array.from({ length: 12_000 }, (_, i) => ({ agent: `Feedbin feed-id:x${i} - 1 subscribers` }));
    const names = ["NewsBlur Feed Fetcher - 54 subscribers - https://www.newsblur.com/site/1/notes", feedly(40)];
    const real = [...names.map((agent) => ({ agent })), { agent: "Feedbin feed-id:1 - 500 subscribers" }];
    const { channels } = await countLines(...made.slice(0, 6_000), ...real, ...made.slice(6_000));
    expect(channels["site"]?.subscribers).toEqual({ Feedbin: 519, Feedly: 40, NewsBlur: 54 });
  });

  test("made-up aggregators are the same in whatever order they come, at aliases too", async () => {
    const name = (i: number) => [0, 1, 2].map((n) => String.fromCharCode(97 + (Math.floor(i / 26 ** n) % 26))).join("");
    const made = Array.from({ length: 11_000 }, (_, i) => ({
      agent: `Xoo${name(i)}/1 (${i % 50} subscribers)`,
      path: "/feed/",
    }));
    expect(await countLines(...made.toReversed())).toEqual(await countLines(...made));
  });

  test("an aggregator that makes up feed ids has a few of them", async () => {
    const ids = Array.from({ length: 500 }, (_, i) => ({ agent: `Feedbin feed-id:${i} - 9 subscribers` }));
    expect((await countLines(...ids)).channels["site"]?.subscribers).toEqual({ Feedbin: 180 });
  });

  test("long ones are counted, and not held", async () => {
    const agents = Array.from({ length: 20 }, (_, i) => ({ agent: `Miniflux/2.2.0 ${"x".repeat(5_000)}${i}` }));
    const paths = Array.from({ length: 20 }, (_, i) => ({ path: `/${"x".repeat(9_000)}${i}.xml`, status: 404 }));
    const { channels, requests, missing } = await countLines(...agents, ...paths);
    expect([requests, channels["site"]?.readers, missing]).toEqual([40, { Miniflux: 20 }, {}]);
  });

  test("those of a made-up agent without end are a few, and the rest", async () => {
    const agents = Array.from({ length: 400 }, (_, i) => ({
      agent: `Reader${String.fromCharCode(97 + (i % 26), 97 + ((i / 26) | 0))}/1 (feed)`,
    }));
    const counted = await countLines({}, {}, {}, ...agents);
    expect(Object.keys(counted.agents)).toHaveLength(200);
    expect(counted.readers["Miniflux"]).toBe(1);
    expect(counted.readers["others"]).toBe(201);
  });
});

describe("files", () => {
  test("that are no access logs are named, damaged lines are counted, and other hosts left out", async () => {
    const combined = `192.0.2.1 - - [28/Nov/2026:10:00:00 +0000] "GET /rss.xml HTTP/1.1" 200 5 "-" "Miniflux/2.2.0"\n`;
    const logs = await logsOf({
      "error.log": "2026/11/28 10:00:00 [error] 7#7: something\n",
      "notes.txt": "2026/11/28 10:00:00 [error] 7#7: something\n",
      "access.log": `${combined}rubbish\nother.example.org:443 ${combined}feeds.example.com:443 ${combined.replace("192.0.2.1", "192.0.2.2")}`,
      "cut.log.gz": gzipSync(
        w3cHead +
          Array.from({ length: 2_000 }, (_, i) => line({ id: `x${i}`, address: `192.0.2.${i % 250}` })).join(""),
      ).subarray(0, 3_000),
    });
    const { report, days } = await count(logs);
    expect(report).toMatchObject({ skipped: ["notes.txt"], cut: ["cut.log.gz"], otherHosts: 1, files: 2 });
    expect(report.damaged).toBeGreaterThanOrEqual(1);
    expect(days[0]?.requests).toBeGreaterThan(2);
  });

  test("that begin with what is no request, however long, are counted all the same", async () => {
    const combined = `192.0.2.1 - - [28/Nov/2026:10:00:00 +0000] "GET /rss.xml HTTP/1.1" 200 5 "-" "Miniflux/2.2.0"\n`;
    const scan = `192.0.2.9 - - [28/Nov/2026:00:00:01 +0000] "${"\\x16\\x03\\x01".repeat(40)}" 400 157 "-" "-"\n`;
    const { report, days } = await count(await logsOf({ "access.log": scan.repeat(200) + combined }));
    expect([report.files, days[0]?.requests]).toEqual([1, 1]);
  });

  test("that cannot be read, or go away meanwhile, are told, and those beside them counted", async () => {
    const logs = await logsOf({
      "a.log": w3cHead + line({ id: "1" }),
      "b.log": w3cHead + line({ id: "2" }),
      "c.log": w3cHead + line({ id: "3" }),
    });
    let asked = 0;
    const failing: Store = {
      ...logs,
      async getPart(key, start, length) {
        if (key === "b.log") throw new StoreUnreadable("logs", "get", key, "permission denied");
        if (key === "c.log" && asked++ > 0) return undefined;
        return await logs.getPart(key, start, length);
      },
    };
    const { report } = await count(failing);
    expect(report).toMatchObject({ files: 1, requests: 1 });
    expect(report.unreadable.map(([key]) => key)).toEqual(["b.log", "c.log"]);
  });

  test("with fewer requests of an open day than were counted before are told", async () => {
    const { state } = await count(await logsOf({ "a.log": w3cHead + line({ id: "1" }) + line({ id: "2" }) }));
    const again = await count(await logsOf({ "a.log": w3cHead + line({ id: "1" }) }), { state });
    expect([again.report.fewer, again.report.days]).toEqual([[DAY], []]);
  });

  test("of CloudFront whose names say other days are not opened", async () => {
    const opened: string[] = [];
    const logs = await logsOf({
      "cdn/2026/10/01/E2EXAMPLE12345.2026-10-01-10.abcdef12.gz": gzipSync(
        w3cHead + line({ day: "2026-10-01", id: "1" }),
      ),
      "cdn/2026/11/28/E2EXAMPLE12345.2026-11-28-10.abcdef12.gz": gzipSync(w3cHead + line({ id: "2" })),
    });
    const { state } = await count(logs);
    const watched: Store = {
      ...logs,
      getPart: (key, start, length) => {
        opened.push(key);
        return logs.getPart(key, start, length);
      },
    };
    await count(watched, { state });
    // And the others once.
    expect(opened).toEqual(["cdn/2026/11/28/E2EXAMPLE12345.2026-11-28-10.abcdef12.gz"]);
  });

  test("of CloudFront that are there twice count once, though their lines have no ids; those that only have such a name are told", async () => {
    const name = "E2EXAMPLE12345.2026-11-28-10.abcdef12.gz";
    const text = gzipSync(w3cHead + line({ bytes: 7 }));
    const counted = await count(
      await logsOf({ [name]: text, [`copy/${name}`]: text, [`x/${name.replace("ab", "cd")}`]: "no log" }),
    );
    expect(counted.report).toMatchObject({
      requests: 1,
      repeated: [`copy/${name}`],
      skipped: [`x/${name.replace("ab", "cd")}`],
    });
  });
});

/** Requests in vain whose addresses have that of the client in them, or what else is somebody's. */
const LOST: readonly LogRequest[] = ["192.0.2.99", "192-0-2-99", "2001:db8::99", "me@example.org", "c0000263"].map(
  (part, i) => ({
    ...{ day: DAY, method: "GET", host: undefined, path: `/${part}/feed.xml`, query: "", status: 404, bytes: 9 },
    ...{ agent: "Miniflux/2.2.0", address: i === 2 ? "2001:db8::99" : "192.0.2.99", range: undefined, id: `lost ${i}` },
  }),
);

test("no address, no hash of one and no User-Agent is in anything that is kept, shown, told or written", async () => {
  const day = syntheticDay({ day: DAY, requests: 1_500, seed: 11, channels: CHANNELS, episodes: EPISODES });
  const all = [...day.requests(), ...LOST];
  const lines: string[] = [];
  const { state, audience, days } = await count(
    await logsOf({ "a.log": w3cHead + all.map(w3cLine).join(""), "b.log": "nothing\n" }),
    { lines },
  );
  const kept: string[] = [];
  for await (const { key } of state.list("audience/")) {
    const object = await state.get(key);
    if (typeof object === "object") kept.push(new TextDecoder().decode(object.body));
  }
  expect(kept).toHaveLength(2);
  const shown = [
    ...kept,
    JSON.stringify(audience),
    renderCsv(days),
    await showAudience(audience, { paint: plain }),
    ...lines,
  ];
  const text = shown.join("\n");
  expect(text).toContain("Feedly");
  const addresses = new Set(all.map(({ address }) => address));
  expect(addresses.size).toBeGreaterThan(100);
  const forms = (value: string) => [
    value,
    ...["md5", "sha1", "sha256"].flatMap((name) => {
      const hash = createHash(name).update(value);
      return [hash.copy().digest("hex").slice(0, 12), hash.digest("base64").slice(0, 12)];
    }),
  ];
  expect(["192-0-2-99", "me@example.org", "c0000263"].filter((form) => text.includes(form))).toEqual([]);
  expect([...addresses].flatMap(forms).filter((form) => text.includes(form))).toEqual([]);
  const agents = new Set(all.map(({ agent }) => agent));
  expect([...agents].filter((agent) => agent.length > 12 && text.includes(agent))).toEqual([]);
  // Nor a salted hash: no number is as large as all but a few of them.
  expect(text.match(/\d{13,}/g) ?? []).toEqual([]);
});

test("nothing is put where there is no request, not even the page", async () => {
  for (const text of ["x".repeat(70_000), ""]) {
    const { state, report } = await count(await logsOf({ "notes.txt": text }));
    expect(report.hasPage).toBe(false);
    expect(await state.get(PAGE_KEY)).toBeUndefined();
  }
});

test("a dry run shows the same and keeps nothing", async () => {
  const logs = await logsOf({ "a.log": w3cHead + line({}) });
  const dry = await count(logs, { dryRun: true });
  const real = await count(logs);
  expect(dry.audience).toEqual(real.audience);
  const keys: string[] = [];
  for await (const { key } of dry.state.list("audience/")) keys.push(key);
  expect(keys).toEqual([]);
  expect(await real.state.get(PAGE_KEY)).toBeTypeOf("object");
});
