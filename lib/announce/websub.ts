/** Hubs, told that feeds changed (WebSub §6; in the form of PubSubHubbub 0.4, which is what hubs take). */

export interface Ping {
  readonly hubs: readonly string[];
  /** URLs of the feeds that changed, the most important first. */
  readonly topics: readonly string[];
  readonly fetch: typeof globalThis.fetch;
  readonly wait: (ms: number) => Promise<void>;
  readonly signal: AbortSignal;
  /** For how many milliseconds a hub may say nothing. */
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
const MOST_REDIRECTS = 3;
/** More would be a flood; whoever subscribes to one of the others still polls. */
const MOST_TOPICS = 100;

/** Never throws: a hub that is down delays its own subscribers alone. Each is told of one topic after the other. */
export async function pingHubs(ping: Ping): Promise<readonly HubFailure[]> {
  const told = await Promise.all(ping.hubs.map((hub) => pingHub(hub, ping)));
  return told.flat();
}

async function pingHub(hub: string, ping: Ping): Promise<readonly HubFailure[]> {
  for (const topic of ping.topics.slice(0, MOST_TOPICS)) {
    const why = await tell(hub, topic, ping);
    if (why !== undefined) return [{ hub, topic, why }]; // what it did not take of one, it takes of none
  }
  return [];
}

/** What went wrong, if something did, however often it was tried. */
async function tell(hub: string, topic: string, ping: Ping): Promise<string | undefined> {
  for (let tried = 1; ; tried++) {
    const { why, isFinal } = await tellOnce(hub, topic, ping, MOST_REDIRECTS);
    if (why === undefined || isFinal || tried === TRIES || ping.signal.aborted) return why;
    await ping.wait(FIRST_PAUSE_MS * 3 ** (tried - 1));
  }
}

interface Outcome {
  readonly why?: string;
  readonly isFinal?: boolean;
}

async function tellOnce(address: string, topic: string, ping: Ping, redirects: number): Promise<Outcome> {
  const { fetch, signal, timeout = TIMEOUT_MS } = ping;
  try {
    const response = await fetch(address, {
      method: "POST",
      // Hubs differ in which of the two they read.
      body: new URLSearchParams({ "hub.mode": "publish", "hub.url": topic, "hub.topic": topic }),
      redirect: "manual", // `fetch` itself would ask with GET after a 302
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
    });
    await response.body?.cancel();
    const { status, ok, headers } = response;
    if (ok) return {};
    const location = headers.get("location");
    if (status < 300 || status >= 400 || location === null) {
      return { why: `it answered ${status}`, isFinal: status < 500 && status !== 429 };
    }
    if (redirects === 0) return { why: "it redirects without an end", isFinal: true };
    const next = URL.parse(location, address);
    if (!next || !/^https?:$/.test(next.protocol)) return { why: `it redirects to ${location}`, isFinal: true };
    return await tellOnce(next.href, topic, ping, redirects - 1);
  } catch (error) {
    const { name, message, cause } = error as Error;
    if (name === "TimeoutError") return { why: `it did not answer within ${timeout / 1000} seconds` };
    return { why: cause instanceof Error ? cause.message || cause.name : message };
  }
}
