/** One request to a hub, with redirects, and what its answer means. */
import { present } from "../base/optional.ts";

export interface Asking {
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  /** Milliseconds to wait for a reply. */
  readonly timeout?: number;
}

export type Answer =
  | { readonly kind: "told" }
  /** The hub does not want this topic: others it may. */
  | { readonly kind: "refused"; readonly why: string }
  /** The hub cannot be told now. */
  | {
      readonly kind: "later";
      readonly why: string;
      /** It may be able to in a moment, */
      readonly isPassing: boolean;
      /** or after these milliseconds, as it says. */
      readonly after?: number;
    };

const TIMEOUT_MS = 10_000;
const MAX_REDIRECTS = 3;
/** Answers of the 4xx that are no refusal: too slow, too early, too many (RFC 9110, 8470, 6585). */
const PASSING = [408, 425, 429];

export async function ask(address: string, topic: string, asking: Asking, redirects = MAX_REDIRECTS): Promise<Answer> {
  const { fetch, signal, timeout = TIMEOUT_MS, now } = asking;
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
    if (ok) return { kind: "told" };
    const why = `it answered ${status}`;
    if (status >= 500 || PASSING.includes(status)) {
      return {
        kind: "later",
        why,
        isPassing: true,
        ...present({ after: retryAfter(headers.get("retry-after"), now()) }),
      };
    }
    if (status >= 400) return { kind: "refused", why };
    return await follow(headers.get("location"), { address, topic, asking, redirects, why });
  } catch (error) {
    const { name, message, cause } = error as Error;
    if (name === "TimeoutError") return passing(`it did not answer within ${timeout / 1000} seconds`);
    return passing(cause instanceof Error ? cause.message || cause.name : message);
  }
}

const passing = (why: string): Answer => ({ kind: "later", why, isPassing: true });
/** What is wrong with the hub's address is wrong for each topic. */
const astray = (why: string): Answer => ({ kind: "later", why, isPassing: false });

interface Redirect {
  readonly address: string;
  readonly topic: string;
  readonly asking: Asking;
  readonly redirects: number;
  readonly why: string;
}

async function follow(location: string | null, { address, topic, asking, redirects, why }: Redirect): Promise<Answer> {
  if (location === null) return astray(why);
  if (redirects === 0) return astray("it redirects too often");
  const next = URL.parse(location, address);
  if (!next || !/^https?:$/.test(next.protocol)) return astray(`it redirects to ${location}`);
  return ask(next.href, topic, asking, redirects - 1);
}

/** Milliseconds from now: seconds, or a date in any of the three forms of HTTP (RFC 9110 §10.2.3, §5.6.7). */
function retryAfter(value: string | null, now: Date): number | undefined {
  if (value === null) return undefined;
  if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1000;
  // The oldest form names no zone, and means GMT.
  const at = Date.parse(/GMT\s*$/.test(value) ? value : `${value} GMT`);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime());
}
