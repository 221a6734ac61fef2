/** Notifies WebSub hubs that feeds changed, by the request of PubSubHubbub 0.4: WebSub §6 leaves its form open. */

export interface Ping {
  readonly hubs: readonly string[];
  /** URLs of the feeds that changed, the most important first. */
  readonly topics: readonly string[];
  readonly fetch: typeof globalThis.fetch;
  readonly wait: (ms: number) => Promise<void>;
  readonly signal: AbortSignal;
  /** Milliseconds to wait for a reply. */
  readonly timeout?: number;
}

export interface HubFailure {
  readonly hub: string;
  readonly topic: string;
  readonly why: string;
}

const TIMEOUT_MS = 10_000;
const TRIES = 3;
const FIRST_PAUSE_MS = 1_000;
const MAX_REDIRECTS = 3;
/** A limit on the load on hubs; subscribers of the other feeds still poll them. */
const MAX_TOPICS = 100;

/** Never throws: a hub that is down delays only its own subscribers. Hubs are notified concurrently, each of one topic at a time. */
export async function pingHubs(ping: Ping): Promise<readonly HubFailure[]> {
  const failures = await Promise.all(ping.hubs.map((hub) => pingHub(hub, ping)));
  return failures.flat();
}

async function pingHub(hub: string, ping: Ping): Promise<readonly HubFailure[]> {
  for (const topic of ping.topics.slice(0, MAX_TOPICS)) {
    const why = await notify(hub, topic, ping);
    if (why !== undefined) return [{ hub, topic, why }]; // the other topics would fail too
  }
  return [];
}

/** Tries up to `TRIES` times, and resolves to why the last one failed, if it did. */
async function notify(hub: string, topic: string, ping: Ping): Promise<string | undefined> {
  for (let tried = 1; ; tried++) {
    const { why, isFinal } = await notifyOnce(hub, topic, ping, MAX_REDIRECTS);
    if (why === undefined || isFinal || tried === TRIES || ping.signal.aborted) return why;
    await ping.wait(FIRST_PAUSE_MS * 3 ** (tried - 1));
  }
}

interface Outcome {
  readonly why?: string;
  readonly isFinal?: boolean;
}

async function notifyOnce(address: string, topic: string, ping: Ping, redirects: number): Promise<Outcome> {
  const { fetch, signal, timeout = TIMEOUT_MS } = ping;
  try {
    const response = await fetch(address, {
      method: "POST",
      // Some hubs read `hub.url`, others `hub.topic`.
      body: new URLSearchParams({ "hub.mode": "publish", "hub.url": topic, "hub.topic": topic }),
      redirect: "manual", // `fetch` itself would follow a 302 with GET
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
    });
    await response.body?.cancel();
    const { status, ok, headers } = response;
    if (ok) return {};
    const location = headers.get("location");
    if (status < 300 || status >= 400 || location === null) {
      return { why: `it answered ${status}`, isFinal: status < 500 && status !== 429 };
    }
    if (redirects === 0) return { why: "it redirects too often", isFinal: true };
    const next = URL.parse(location, address);
    if (!next || !/^https?:$/.test(next.protocol)) return { why: `it redirects to ${location}`, isFinal: true };
    return await notifyOnce(next.href, topic, ping, redirects - 1);
  } catch (error) {
    const { name, message, cause } = error as Error;
    if (name === "TimeoutError") return { why: `it did not answer within ${timeout / 1000} seconds` };
    return { why: cause instanceof Error ? cause.message || cause.name : message };
  }
}
