/** Hubs that answer, hang, fail and redirect. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { pingHubs } from "../../lib/announce/websub.ts";
import { type Answer, type Asked, type Served, serve } from "../support/loopback.ts";

const TOPIC = "https://feeds.example.com/tags/%E6%BB%B4%E7%81%8C/rss.xml";
const servers: Served[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function hub(answer: (asked: Asked) => Answer | undefined | Promise<Answer>): Promise<Served> {
  const server = await serve(answer);
  servers.push(server);
  return server;
}

const NOW = new Date("2026-06-01T12:00:00Z");

interface PingOptions {
  /** Milliseconds until the time is over. */
  readonly time?: number;
  /** Milliseconds to wait for a reply. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

/** Pauses take no time: the clock moves instead. */
async function ping(
  hubs: readonly string[],
  topics: readonly string[] = [TOPIC],
  { time = 60_000, timeout = 10_000, signal = new AbortController().signal }: PingOptions = {},
) {
  const pauses: number[] = [];
  const settled: string[] = [];
  let now = NOW.getTime();
  const failures = await pingHubs({
    topics: Object.fromEntries(hubs.map((hub) => [hub, topics])),
    settle: (_, topic) => settled.push(topic),
    fetch,
    now: () => new Date(now),
    async wait(ms) {
      pauses.push(ms);
      now += ms;
    },
    until: new Date(now + time),
    signal,
    timeout,
  });
  return { failures, pauses, settled };
}

const topics = (n: number) => Array.from({ length: n }, (_, i) => `https://feeds.example.com/tags/t${i}/rss.xml`);
const topicOf = ({ body }: Asked) => new URLSearchParams(body).get("hub.topic") ?? "";

describe("a hub", () => {
  test("is notified of each feed, with both parameters that hubs read", async () => {
    const { origin, asked } = await hub(() => ({ status: 204 }));
    const { failures } = await ping([`${origin}/publish`], [TOPIC, "https://feeds.example.com/rss.xml"]);
    expect(failures).toEqual([]);
    expect(
      asked.map(({ method, path, body }) => [method, path, Object.fromEntries(new URLSearchParams(body))]),
    ).toEqual([
      ["POST", "/publish", { "hub.mode": "publish", "hub.url": TOPIC, "hub.topic": TOPIC }],
      [
        "POST",
        "/publish",
        {
          "hub.mode": "publish",
          "hub.url": "https://feeds.example.com/rss.xml",
          "hub.topic": "https://feeds.example.com/rss.xml",
        },
      ],
    ]);
    expect(asked[0]?.headers["content-type"]).toMatch(/^application\/x-www-form-urlencoded/);
  });

  test.each([500, 503, 429, 408, 425])("that answers %i is tried three times, with growing pauses", async (status) => {
    let answers = 0;
    const { origin, asked } = await hub(() => ({ status: ++answers < 3 ? status : 202 }));
    const { failures, pauses } = await ping([origin]);
    expect([failures, asked.length, pauses]).toEqual([[], 3, [1000, 3000]]);
  });

  test("that keeps failing is given up, and not notified of other feeds, which wait", async () => {
    const { origin, asked } = await hub(() => ({ status: 500 }));
    const { failures, settled } = await ping([origin], [TOPIC, `${TOPIC}2`]);
    expect(failures).toEqual([{ hub: origin, topic: TOPIC, why: "it answered 500", waiting: 2 }]);
    expect([asked.length, settled]).toEqual([3, []]);
  });

  test.each([400, 401, 403, 404, 410, 413, 422])(
    "that refuses a topic with %i is not asked for it again, and is told of all others",
    async (status) => {
      const [refused = "", ...others] = topics(9);
      const { origin, asked } = await hub((each) => ({ status: topicOf(each) === refused ? status : 202 }));
      const { failures, settled } = await ping([origin], [refused, ...others]);
      expect(failures).toEqual([{ hub: origin, topic: refused, why: `it answered ${status}` }]);
      expect(asked.map(topicOf).toSorted()).toEqual(topics(9).toSorted());
      expect(settled.toSorted()).toEqual(topics(9).toSorted());
    },
  );

  test("that goes down half way keeps exactly what it was not told, whatever it refused before", async () => {
    const all = topics(40);
    const { origin } = await hub((each) => {
      const i = all.indexOf(topicOf(each));
      return { status: i >= 20 ? 503 : i % 5 === 0 ? 404 : 204 };
    });
    const { failures, settled } = await ping([origin], all);
    expect(settled.toSorted()).toEqual(all.slice(0, 20).toSorted());
    const refused = failures.filter(({ why }) => why === "it answered 404").map(({ topic }) => topic);
    expect(refused.toSorted()).toEqual(all.filter((_, i) => i < 20 && i % 5 === 0).toSorted());
    const [gaveUp, ...more] = failures.filter(({ waiting }) => waiting !== undefined);
    expect([gaveUp, more]).toMatchObject([{ hub: origin, why: "it answered 503", waiting: 20 }, []]);
  });

  test("that hands topics out to many is asked for a few at once, and hubs are asked side by side", async () => {
    let open = 0;
    let most = 0;
    const slow = async (): Promise<Answer> => {
      open += 1;
      most = Math.max(most, open);
      await sleep(20);
      open -= 1;
      return { status: 202 };
    };
    const one = await hub(slow);
    await ping([one.origin], topics(20));
    expect(most).toBe(4);
    most = 0;
    const hubs = await Promise.all(Array.from({ length: 12 }, () => hub(slow)));
    const { settled } = await ping(
      hubs.map(({ origin }) => origin),
      topics(20),
    );
    expect(settled).toHaveLength(240);
    expect(most).toBeGreaterThan(4);
    expect(most).toBeLessThanOrEqual(32);
  });

  test("is told of more than a hundred topics", async () => {
    const { origin } = await hub(() => ({ status: 202 }));
    const { failures, settled } = await ping([origin], topics(250));
    expect([failures, settled.length]).toEqual([[], 250]);
  });

  test.each([
    ["seconds", "7", 7_000],
    ["a date", "Mon, 01 Jun 2026 12:00:09 GMT", 9_000],
    ["a date of the oldest form", "Mon Jun  1 12:00:09 2026", 9_000],
    ["a date that is over", "Mon, 01 Jun 2026 11:00:00 GMT", 1_000],
    ["nothing that can be read", "soon", 1_000],
  ])("that says when to come back, by %s, is asked for the same topic then", async (_, value, pause) => {
    let answers = 0;
    const { origin, asked } = await hub(() =>
      ++answers === 2 ? { status: 429, headers: { "retry-after": value } } : { status: 202 },
    );
    const { failures, pauses, settled } = await ping([origin], topics(2));
    expect([failures, pauses]).toEqual([[], [pause]]);
    expect(asked.map(topicOf)).toEqual([topics(2)[0], topics(2)[1], topics(2)[1]]);
    expect(settled).toEqual(topics(2));
  });

  test("that says to come back when the time is over is left for later", async () => {
    const { origin, asked } = await hub(() => ({ status: 503, headers: { "retry-after": "3600" } }));
    const { failures, pauses, settled } = await ping([origin], topics(3));
    expect(failures).toMatchObject([{ why: "it answered 503", waiting: 3 }]);
    expect([asked.length, pauses, settled]).toEqual([1, [], []]);
  });

  test("that asks for a pause gets it from all requests", async () => {
    let isBusy = false;
    let during = 0;
    const { origin } = await hub((each) => {
      if (isBusy) during += 1;
      if (topicOf(each) !== topics(9)[1] || isBusy) return { status: 202 };
      isBusy = true;
      return { status: 429, headers: { "retry-after": "1" } };
    });
    let now = NOW.getTime();
    const settled: string[] = [];
    await pingHubs({
      topics: { [origin]: topics(9) },
      settle: (_, topic) => settled.push(topic),
      fetch,
      now: () => new Date(now),
      async wait(ms) {
        await sleep(50); // what was under way is answered
        during = 0;
        await sleep(50);
        expect(during).toBe(0);
        now += ms;
      },
      until: new Date(now + 60_000),
      signal: new AbortController().signal,
    });
    expect(settled).toHaveLength(9);
  });

  test("that is told when the time ends keeps the rest", async () => {
    const stop = new AbortController();
    let answers = 0;
    const { origin } = await hub(() => {
      answers += 1;
      if (answers === 3) stop.abort();
      return { status: 202 };
    });
    const { failures, settled } = await ping([origin], topics(30), { signal: stop.signal });
    expect(settled.length).toBeLessThan(10);
    expect(failures).toMatchObject([{ waiting: 30 - settled.length }]);
  });

  test("that hangs times out", async () => {
    const { origin, asked } = await hub(() => undefined);
    expect((await ping([origin], [TOPIC], { timeout: 200 })).failures).toMatchObject([
      { why: "it did not answer within 0.2 seconds" },
    ]);
    expect(asked).toHaveLength(3);
  });

  test("that is unreachable does not affect the others", async () => {
    const gone = await serve(() => ({}));
    await gone.close();
    const { origin, asked } = await hub(() => ({ status: 202 }));
    const { failures } = await ping([gone.origin, origin, "https://no such hub"]);
    expect(failures.map(({ hub }) => hub)).toEqual([gone.origin, "https://no such hub"]);
    expect(asked).toHaveLength(1);
  });

  test.each([301, 302, 307, 308])("that has moved (%i) gets the same request there", async (status) => {
    const { origin, asked } = await hub(({ path }) =>
      path === "/new" ? { status: 202 } : { status, headers: { location: "/new" } },
    );
    expect((await ping([`${origin}/old`])).failures).toEqual([]);
    expect(asked.map(({ method, path }) => [method, path])).toEqual([
      ["POST", "/old"],
      ["POST", "/new"],
    ]);
    expect(asked[1]?.body).toBe(asked[0]?.body);
  });

  test("that redirects in a circle, or to something other than HTTP, is given up", async () => {
    const { origin, asked } = await hub(() => ({ status: 302, headers: { location: "/" } }));
    expect((await ping([origin])).failures).toMatchObject([{ why: "it redirects too often" }]);
    expect(asked).toHaveLength(4);
    const odd = await hub(() => ({ status: 302, headers: { location: "file:///etc/passwd" } }));
    expect((await ping([odd.origin])).failures).toMatchObject([{ why: "it redirects to file:///etc/passwd" }]);
  });
});
