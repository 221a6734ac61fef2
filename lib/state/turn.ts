/** A turn at writing: the claim on the head, proven by compare-and-swap, renewed while work goes on. */
import type { Catalog, Instant, Outbox, Plan } from "../model.ts";
import type { Store } from "../stores/store.ts";
import { CATALOG_TYPE, catalogKey, decodeJson, encodeCatalog, intentKey, JSON_TYPE } from "./catalog.ts";
import { type CurrentHead, readHead, readNamed, swapHead } from "./head.ts";

/** How long a claim holds without being renewed. */
export const LEASE_MS = 60_000;

/** Somebody else holds the head now: stop writing and begin again. */
export class LostClaim extends Error {
  override readonly name = "LostClaim";
}

export interface Clock {
  /** The time of day, by which claims expire. */
  now(): Date;
  wait(ms: number): Promise<void>;
}

export interface Turn {
  /** Before each write: renews a claim that runs out. Throws `LostClaim` when it is gone. */
  renew(): Promise<void>;
  /** Asks the head itself. Throws `LostClaim` when it is somebody else's. */
  confirm(): Promise<void>;
  /** Names another plan's paths under the same claim. */
  replan(plan: Plan): Promise<void>;
  /** Somebody's object is at a path that was to be written: whoever takes over must not think it ours. */
  leave(path: string): void;
  /** Makes the catalog current and ends the turn. */
  commit(catalog: Catalog, outbox: Outbox): Promise<void>;
  /** Gives the head back as it was claimed: nothing was written. */
  release(): Promise<void>;
  /** Lets the next pass take over at once, instead of when the claim expires: something may be half done. */
  abandon(): Promise<void>;
}

/** Until when somebody else is writing; `undefined` when nobody is. */
export function busyUntil({ head }: CurrentHead, clock: Clock): Date | undefined {
  const until = head.claim && new Date(head.claim.until);
  return until && until > clock.now() ? until : undefined;
}

/** Paths that an expired claim may have left half done. */
export async function inheritedPaths(state: Store, { head }: CurrentHead): Promise<ReadonlySet<string>> {
  if (!head.claim) return new Set();
  const { intent } = head.claim;
  const { paths } = decodeJson(intent, await readNamed(state, intent)) as { readonly paths: readonly string[] };
  return new Set(paths);
}

/** Claims the head that was read; `undefined` when somebody else was quicker. */
export async function takeTurn(
  { state, clock, pass }: { readonly state: Store; readonly clock: Clock; readonly pass: string },
  read: CurrentHead,
  plan: Plan,
): Promise<Turn | undefined> {
  const left = new Set<string>();
  let planned = plan;
  let plans = 1;
  const first = await claim(read, plan, intentKey(pass));
  if (!first) return undefined;
  let current = first;
  /** One renewal at a time, however many writes are under way. */
  let renewal: Promise<void> | undefined;

  async function claim(
    from: CurrentHead,
    { put, remove }: Pick<Plan, "put" | "remove">,
    intent: string,
  ): Promise<CurrentHead | undefined> {
    const paths = [...put, ...remove].map(({ path }) => path).filter((path) => !left.has(path));
    const body = new TextEncoder().encode(JSON.stringify({ format: 1, pass, paths }));
    await state.put(intent, body, { contentType: JSON_TYPE });
    return swapHead(state, from, { ...from.head, claim: { pass, until: later(clock), intent } });
  }

  async function extend(): Promise<void> {
    const { head } = current;
    if (!head.claim) throw new LostClaim("the claim is gone");
    const next = await swapHead(state, current, { ...head, claim: { ...head.claim, until: later(clock) } });
    if (!next) throw new LostClaim("another pass took over");
    current = next;
  }

  return {
    async renew() {
      const remaining = Date.parse(current.head.claim?.until ?? "") - clock.now().getTime();
      if (remaining > LEASE_MS / 2) return;
      renewal ??= extend().finally(() => {
        renewal = undefined;
      });
      await renewal;
    },

    async confirm() {
      const { head } = await readHead(state);
      if (head.claim?.pass !== pass) throw new LostClaim("another pass took over");
    },

    async replan(plan) {
      const former = current.head.claim?.intent;
      plans += 1;
      const next = await claim(current, plan, intentKey(`${pass}.${plans}`));
      if (!next) throw new LostClaim("another pass took over");
      planned = plan;
      current = next;
      if (former !== undefined) await state.delete(former);
    },

    leave(path) {
      left.add(path);
    },

    async commit(catalog, outbox) {
      await renewal;
      const key = catalogKey(pass);
      await state.put(key, encodeCatalog(catalog), { contentType: CATALOG_TYPE });
      const next = await swapHead(state, current, { format: 1, catalog: key, outbox });
      if (!next) throw new LostClaim("another pass took over before the commit");
    },

    async release() {
      const { claim: former, ...rest } = read.head;
      await swapHead(state, current, former ? { ...rest, claim: former } : rest);
    },

    async abandon() {
      if (left.size > 0) {
        plans += 1;
        current = (await claim(current, planned, intentKey(`${pass}.${plans}`))) ?? current;
      }
      const { head } = current;
      if (head.claim) await swapHead(state, current, { ...head, claim: { ...head.claim, until: LONG_AGO } });
    },
  };
}

const LONG_AGO: Instant = "1970-01-01T00:00:00Z";

const later = (clock: Clock): Instant => new Date(clock.now().getTime() + LEASE_MS).toISOString();
