/** Hubs that answer, hang, fail and redirect. */
import { afterEach, describe, expect, test } from "vitest";
import { pingHubs } from "../../lib/announce/websub.ts";
import { type Answer, type Asked, type Served, serve } from "../support/loopback.ts";

const TOPIC = "https://feeds.example.com/tags/%E6%BB%B4%E7%81%8C/rss.xml";
const servers: Served[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function hub(answer: (asked: Asked) => Answer | undefined): Promise<Served> {
  const server = await serve(answer);
  servers.push(server);
  return server;
}

async function ping(hubs: readonly string[], topics: readonly string[] = [TOPIC]) {
  const pauses: number[] = [];
  const wait = async (ms: number) => {
    pauses.push(ms);
  };
  const signal = new AbortController().signal;
  return { failures: await pingHubs({ hubs, topics, fetch, wait, signal, timeout: 200 }), pauses };
}

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

  test.each([500, 503, 429])("that answers %i is tried three times, with growing pauses", async (status) => {
    let answers = 0;
    const { origin, asked } = await hub(() => ({ status: ++answers < 3 ? status : 202 }));
    const { failures, pauses } = await ping([origin]);
    expect([failures, asked.length, pauses]).toEqual([[], 3, [1000, 3000]]);
  });

  test("that keeps failing is given up, and not notified of other feeds", async () => {
    const { origin, asked } = await hub(() => ({ status: 500 }));
    const { failures } = await ping([origin], [TOPIC, `${TOPIC}2`]);
    expect(failures).toEqual([{ hub: origin, topic: TOPIC, why: "it answered 500" }]);
    expect(asked).toHaveLength(3);
  });

  test("that refuses is not tried again", async () => {
    const { origin, asked } = await hub(() => ({ status: 404 }));
    expect((await ping([origin])).failures).toMatchObject([{ why: "it answered 404" }]);
    expect(asked).toHaveLength(1);
  });

  test("that hangs times out", async () => {
    const { origin, asked } = await hub(() => undefined);
    expect((await ping([origin])).failures).toMatchObject([{ why: "it did not answer within 0.2 seconds" }]);
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
