/** Notifies WebSub hubs that feeds changed, by the request of PubSubHubbub 0.4: WebSub §6 leaves its form open. */
import { forEachAtOnce } from "../base/concurrency.ts";
import { type Answer, type Asking, ask } from "./hub.ts";

export interface Ping extends Asking {
  /** By hub: URLs of the feeds that changed, the most important first. */
  readonly topics: { readonly [hub: string]: readonly string[] };
  /** Is called for each topic that a hub took, or refused for good. */
  readonly settle: (hub: string, topic: string) => void;
  readonly wait: (ms: number) => Promise<void>;
  /** No pause goes beyond this moment. */
  readonly until: Date;
}

export interface HubFailure {
  readonly hub: string;
  /** The topic that the hub refused, or at which it was given up. */
  readonly topic: string;
  readonly why: string;
  /** Where the hub was given up: how many topics wait for the next time. */
  readonly waiting?: number;
}

const TRIES = 3;
const FIRST_PAUSE_MS = 1_000;
const HUBS_AT_ONCE = 8;
/** Requests to one hub at once. */
const TOPICS_AT_ONCE = 4;

/**
 * Never throws: a hub that is down delays only its own subscribers. A topic that a hub refuses is over there, and the next ones
 * are told; a hub that cannot answer now is given up, and what it was not told stays.
 */
export async function pingHubs(ping: Ping): Promise<readonly HubFailure[]> {
  const failures = new Map<string, readonly HubFailure[]>();
  const hubs = Object.entries(ping.topics);
  const tell = async ([hub, topics]: readonly [string, readonly string[]]) => {
    failures.set(hub, await pingHub(hub, topics, ping));
  };
  await forEachAtOnce(hubs, tell, HUBS_AT_ONCE);
  return hubs.flatMap(([hub]) => failures.get(hub) ?? []);
}

/** What the requests to one hub share. */
interface Line {
  /** Why the hub was given up, and at which topic. */
  stopped?: { readonly topic: string; readonly why: string };
  /** No request begins before it. */
  pause: Promise<unknown>;
}

async function pingHub(hub: string, topics: readonly string[], ping: Ping): Promise<readonly HubFailure[]> {
  const line: Line = { pause: Promise.resolve() };
  const refused: HubFailure[] = [];
  let settled = 0;
  const tell = async (topic: string) => {
    const answer = await notify(hub, topic, ping, line);
    if (!answer || answer.kind === "later") return;
    settled += 1;
    ping.settle(hub, topic);
    if (answer.kind === "refused") refused.push({ hub, topic, why: answer.why });
  };
  const [first, ...others] = topics;
  // Alone: a hub that is down gets no burst.
  if (first !== undefined) await tell(first);
  await forEachAtOnce(others, tell, TOPICS_AT_ONCE);
  if (settled === topics.length) return refused;
  const { topic = first ?? "", why = "the time was over" } = line.stopped ?? {};
  return [...refused, { hub, topic, why, waiting: topics.length - settled }];
}

/** Tries up to `TRIES` times. Nothing where the hub was given up before the topic's turn. */
async function notify(hub: string, topic: string, ping: Ping, line: Line): Promise<Answer | undefined> {
  for (let tried = 1; ; tried++) {
    await line.pause;
    if (line.stopped || ping.signal.aborted) return undefined;
    const answer = await ask(hub, topic, ping);
    if (answer.kind !== "later") return answer;
    const pause = Math.max(FIRST_PAUSE_MS * 3 ** (tried - 1), answer.after ?? 0);
    const isInTime = ping.now().getTime() + pause < ping.until.getTime();
    if (!answer.isPassing || tried === TRIES || !isInTime || ping.signal.aborted) {
      line.stopped ??= { topic, why: answer.why };
      return answer;
    }
    line.pause = Promise.all([line.pause, ping.wait(pause)]);
  }
}
